package io.undertone.audio.flac;

import static io.undertone.audio.flac.FlacException.require;

import java.io.IOException;

/**
 * The header of a frame (RFC 9639, 9.1).
 *
 * @param blockSamples samples of each channel, 1 to 65,535
 * @param sampleRateHz samples a second; 0: as in STREAMINFO
 * @param assignment what the subframes hold: 0 to 7, one to eight channels; {@link #LEFT_SIDE}, {@link #SIDE_RIGHT}, {@link #MID_SIDE}
 * @param bits per sample; 0: as in STREAMINFO
 */
record FrameHeader(int blockSamples, int sampleRateHz, int assignment, int bits) {
    static final int MAX_BLOCK_SAMPLES = 65_535;
    static final int LEFT_SIDE = 8;
    static final int SIDE_RIGHT = 9;
    static final int MID_SIDE = 10;

    /** The first 14 bits of each frame and a reserved one, which is 0; the next bit is 0 where all blocks have the same size. */
    private static final int SYNC = 0b111_1111_1111_1100;

    private static final int[] RATES_HZ = {
        0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
    };
    private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};
    private static final int RESERVED = -1;

    /** Reads a header and checks its CRC-8. */
    static FrameHeader read(BitInput in) throws IOException {
        Bytes bytes = new Bytes(in);
        int first = bytes.next() << 8 | bytes.next();
        require(
                first >> 1 == SYNC,
                "each frame must begin with the bits 11111111 1111100: found " + Integer.toHexString(first)
                        + "; the file is damaged");
        int sizes = bytes.next();
        int samples = bytes.next();
        int assignment = samples >> 4;
        int bits = BITS[samples >> 1 & 7];
        require(
                (samples & 1) == 0 && assignment <= MID_SIDE && bits != RESERVED,
                "a frame's header must hold no reserved value: channels=" + assignment + ", bits=" + (samples >> 1 & 7)
                        + "; the file is damaged");
        readNumber(bytes);
        int blockSamples = blockSamples(sizes >> 4, bytes);
        int sampleRateHz = sampleRateHz(sizes & 15, bytes);
        int crc = bytes.crc;
        require(
                bytes.next() == crc,
                "the header of a frame must agree with its CRC-8: it does not; the file is damaged");
        return new FrameHeader(blockSamples, sampleRateHz, assignment, bits);
    }

    /** The frame's or first sample's number, up to 36 bits in extended UTF-8: validated and skipped. */
    private static void readNumber(Bytes bytes) throws IOException {
        int lead = bytes.next();
        int length = Integer.numberOfLeadingZeros(~(lead << 24));
        require(
                length != 1 && length <= 7,
                "a frame's number must be coded as UTF-8 codes: first byte=" + lead + "; the file is damaged");
        for (int i = 1; i < length; i++) {
            int next = bytes.next();
            require(
                    (next & 0xc0) == 0x80,
                    "a frame's number must be coded as UTF-8 codes: further byte=" + next + "; the file is damaged");
        }
    }

    private static int blockSamples(int code, Bytes bytes) throws IOException {
        int samples = switch (code) {
            case 0 -> 0;
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (code - 2);
            case 6 -> bytes.next() + 1;
            case 7 -> (bytes.next() << 8 | bytes.next()) + 1;
            default -> 256 << (code - 8);
        };
        require(
                samples >= 1 && samples <= MAX_BLOCK_SAMPLES,
                "a block must hold 1 to 65535 samples: samples=" + samples + "; the file is damaged");
        return samples;
    }

    private static int sampleRateHz(int code, Bytes bytes) throws IOException {
        if (code < RATES_HZ.length) {
            return RATES_HZ[code];
        }
        int rate = switch (code) {
            case 12 -> bytes.next() * 1_000;
            case 13 -> bytes.next() << 8 | bytes.next();
            case 14 -> (bytes.next() << 8 | bytes.next()) * 10;
            default -> 0;
        };
        require(rate >= 1, "a frame's sample rate must be >= 1 Hz: code=" + code + "; the file is damaged");
        return rate;
    }

    int channels() {
        return assignment < LEFT_SIDE ? assignment + 1 : 2;
    }

    /** Whether a subframe holds the difference of two channels, which takes a bit more. */
    boolean isSide(int channel) {
        return channel == (assignment == SIDE_RIGHT ? 0 : 1) && assignment >= LEFT_SIDE;
    }

    /** Bytes one by one, and the CRC-8 over them. */
    private static final class Bytes {
        private final BitInput in;
        private int crc;

        private Bytes(BitInput in) {
            this.in = in;
        }

        private int next() throws IOException {
            int value = (int) in.read(8);
            crc = Crc.next8(crc, value);
            return value;
        }
    }
}
