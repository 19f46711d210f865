package io.undertone.affect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whole numbers in as many bytes as they need: seven bits a byte, the lowest first, the sign in the lowest bit, as Avro and Protocol Buffers
 * write them. Stateless.
 */
final class Varint {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    static void write(DataOutput out, long value) throws IOException {
        long left = value << 1 ^ value >> Long.SIZE - 1;
        while ((left & -MORE) != 0) {
            out.writeByte((int) (left | MORE));
            left >>>= BITS;
        }
        out.writeByte((int) left);
    }

    /**
     * What was written.
     *
     * @throws IOException where it is cut off or longer than a number is
     */
    static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte next = in.readByte();
            value |= (long) (next & MORE - 1) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new IOException("a number must have at most ten bytes");
    }
}
