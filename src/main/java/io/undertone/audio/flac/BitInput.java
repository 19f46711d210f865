package io.undertone.audio.flac;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a stream, most significant first, with the CRC-16 of the bits read since {@link #beginFrame}. Not thread-safe.
 */
final class BitInput {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int limit;

    /** The next byte of the buffer to be taken into the window. */
    private int at;

    /** Unread bits, from the top down; below the first {@code bits} there may be some of the next byte. */
    private long window;

    private int bits;

    private int crc;
    private int crcFrom;
    private long frameBytesBefore;

    BitInput(InputStream in) {
        this.in = in;
    }

    /** Whether the stream has ended; to be called at a byte boundary. */
    boolean atEnd() throws IOException {
        return bits == 0 && at == limit && !load();
    }

    /** Begins a frame; to be called at a byte boundary. */
    void beginFrame() {
        crc = 0;
        crcFrom = at - bits / 8;
        frameBytesBefore = 0;
    }

    /** CRC-16 of the frame so far; to be called at a byte boundary. */
    int frameCrc() {
        return Crc.next16(crc, buffer, crcFrom, at - bits / 8);
    }

    /** Bytes of the frame so far; to be called at a byte boundary. */
    long frameBytes() {
        return frameBytesBefore + (at - bits / 8 - crcFrom);
    }

    /** The next {@code count} bits, 0 to 32 of them, as an unsigned number. */
    long read(int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (bits < count) {
            fill(count);
        }
        long value = window >>> (64 - count);
        window <<= count;
        bits -= count;
        return value;
    }

    /** The next {@code count} bits, 1 to 33 of them, as a number in two's complement. */
    long readSigned(int count) throws IOException {
        if (bits < count) {
            fill(count);
        }
        long value = window >> (64 - count);
        window <<= count;
        bits -= count;
        return value;
    }

    /** The number of zeros before the next one bit, which is read as well. */
    long readUnary() throws IOException {
        long zeros = 0;
        while (true) {
            if (bits == 0) {
                fill(1);
            }
            int leading = Long.numberOfLeadingZeros(window);
            if (leading < bits) {
                window = leading == 63 ? 0 : window << (leading + 1);
                bits -= leading + 1;
                return zeros + leading;
            }
            zeros += bits;
            window = 0;
            bits = 0;
        }
    }

    /** Skips the rest of a byte; returns whether all of it was zero. */
    boolean alignedByZeros() throws IOException {
        return read(bits % 8) == 0;
    }

    void read(byte[] target) throws IOException {
        for (int i = 0; i < target.length; i++) {
            target[i] = (byte) read(8);
        }
    }

    void skip(long bytes) throws IOException {
        for (long left = bytes; left > 0; left--) {
            read(8);
        }
    }

    private void fill(int count) throws IOException {
        do {
            if (limit - at >= 8) {
                window |= (long) LONGS.get(buffer, at) >>> bits;
                int taken = (64 - bits) >> 3;
                at += taken;
                bits += taken * 8;
            } else if (at < limit || load()) {
                if (limit - at < 8) {
                    // The window may already hold bits of the next byte; they are the same.
                    window |= (buffer[at] & 0xffL) << 56 >>> bits;
                    at++;
                    bits += 8;
                }
            } else {
                throw new EOFException("the stream ends within a frame or a block of metadata");
            }
        } while (bits < count);
    }

    /** Refills the buffer, after the bytes before the window were added to the CRC. */
    private boolean load() throws IOException {
        int kept = Math.min(8, at);
        int from = at - kept;
        if (from > crcFrom) {
            crc = Crc.next16(crc, buffer, crcFrom, from);
            frameBytesBefore += from - crcFrom;
            crcFrom = from;
        }
        System.arraycopy(buffer, from, buffer, 0, limit - from);
        limit -= from;
        at -= from;
        crcFrom -= from;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
