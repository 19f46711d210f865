package io.undertone.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a file encodes a sample, where each has a fixed number of bytes. */
enum PcmCoding {
    /** Unsigned, 128 is silence. */
    UNSIGNED_8(1),
    SIGNED_8(1),
    SIGNED_16(2),
    SIGNED_24(3),
    SIGNED_32(4),
    FLOAT_32(4),
    FLOAT_64(8),
    ALAW(1),
    MULAW(1);

    /** Bytes of a sample. */
    final int bytes;

    PcmCoding(int bytes) {
        this.bytes = bytes;
    }

    /** Signed integers of 2 to 4 bytes. */
    static PcmCoding signed(int bytes) {
        return switch (bytes) {
            case 1 -> SIGNED_8;
            case 2 -> SIGNED_16;
            case 3 -> SIGNED_24;
            case 4 -> SIGNED_32;
            default -> throw new IllegalArgumentException("bytes must be 1 to 4: bytes=" + bytes);
        };
    }

    /** Decodes the next sample in the buffer's byte order: [-1, 1]; floats as in the file. */
    float next(ByteBuffer source) {
        return switch (this) {
            case UNSIGNED_8 -> ((source.get() & 0xff) - 128) / 128f;
            case SIGNED_8 -> source.get() / 128f;
            case SIGNED_16 -> source.getShort() / 32_768f;
            case SIGNED_24 -> next24(source) / 0x1p31f;
            case SIGNED_32 -> source.getInt() / 0x1p31f;
            case FLOAT_32 -> source.getFloat();
            case FLOAT_64 -> (float) source.getDouble();
            case ALAW -> G711.ALAW_VALUES[source.get() & 0xff];
            case MULAW -> G711.MULAW_VALUES[source.get() & 0xff];
        };
    }

    /** 24 bits at the top of 32. */
    private static int next24(ByteBuffer source) {
        int first = source.get();
        int second = source.get();
        int third = source.get();
        return source.order() == ByteOrder.LITTLE_ENDIAN
                ? (first & 0xff) << 8 | (second & 0xff) << 16 | third << 24
                : first << 24 | (second & 0xff) << 16 | (third & 0xff) << 8;
    }
}
