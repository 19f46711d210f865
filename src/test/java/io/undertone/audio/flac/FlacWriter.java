package io.undertone.audio.flac;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes FLAC streams bit by bit, so that tests can say things in each of the ways that RFC 9639 knows, and wrongly. */
final class FlacWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int used;

    /** The lowest {@code count} bits of a number, the highest first. */
    FlacWriter bits(long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            current = current << 1 | (int) (value >> i & 1);
            if (++used == 8) {
                bytes.write(current);
                current = 0;
                used = 0;
            }
        }
        return this;
    }

    FlacWriter unary(long zeros) {
        for (long i = 0; i < zeros; i++) {
            bits(0, 1);
        }
        return bits(1, 1);
    }

    FlacWriter rice(long value, int parameter) {
        long folded = value << 1 ^ value >> 63;
        return unary(folded >>> parameter).bits(folded, parameter);
    }

    FlacWriter align() {
        return used == 0 ? this : bits(0, 8 - used);
    }

    FlacWriter raw(byte[] more) {
        for (byte one : more) {
            bits(one, 8);
        }
        return this;
    }

    byte[] bytes() {
        if (used != 0) {
            throw new IllegalStateException("must stand between bytes: used=" + used);
        }
        return bytes.toByteArray();
    }

    /** {@code fLaC} and STREAMINFO; {@code last}: no metadata follows. */
    static byte[] head(int bits, int channels, long samples, byte[] md5, boolean last) {
        return new FlacWriter()
                .bits(0x664c_6143, 32)
                .bits(last ? 0x80 : 0, 8)
                .bits(34, 24)
                .bits(16, 16)
                .bits(4_096, 16)
                .bits(0, 48)
                .bits(8_000, 20)
                .bits(channels - 1, 3)
                .bits(bits - 1, 5)
                .bits(samples, 36)
                .raw(md5)
                .bytes();
    }

    /** A frame of up to 256 samples around subframes. */
    static byte[] frame(int samples, int assignment, FlacWriter subframes) {
        FlacWriter header = new FlacWriter()
                .bits(0b1111_1111_1111_1000, 16)
                .bits(6, 4)
                .bits(4, 4)
                .bits(assignment, 4)
                .bits(0, 4)
                .bits(0, 8)
                .bits(samples - 1, 8);
        byte[] begun = header.bytes();
        int crc = 0;
        for (byte one : begun) {
            crc = Crc.next8(crc, one & 0xff);
        }
        byte[] body = new FlacWriter()
                .raw(begun)
                .bits(crc, 8)
                .raw(subframes.align().bytes())
                .bytes();
        return new FlacWriter()
                .raw(body)
                .bits(Crc.next16(0, body, 0, body.length), 16)
                .bytes();
    }

    /** Of samples {@code [channel][sample]}, interleaved. */
    static byte[] md5(int bits, long[]... channels) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (int i = 0; i < channels[0].length; i++) {
                for (long[] channel : channels) {
                    for (int shift = 0; shift < (bits + 7) / 8 * 8; shift += 8) {
                        md5.update((byte) (channel[i] >> shift));
                    }
                }
            }
            return md5.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
