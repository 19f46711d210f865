package io.undertone.audio;

/**
 * ITU-T G.711 (11/1988): mu-law (tables 2a, 2b) and A-law (tables 1a, 1b), between codes and 16-bit linear values. Mu-law's
 * 14-bit values are scaled by 4 and A-law's 13-bit values by 8 (the standard's decision value 4,096 becomes 32,768).
 */
public final class G711 {
    private static final int MULAW_BIAS = 132;
    private static final int MULAW_CLIP = 32_635;

    /** By code: the value over 32,768. */
    static final float[] MULAW_VALUES = new float[256];

    /** By code: the value over 32,768. */
    static final float[] ALAW_VALUES = new float[256];

    static {
        for (int code = 0; code < 256; code++) {
            MULAW_VALUES[code] = fromMulaw((byte) code) / 32_768f;
            ALAW_VALUES[code] = fromAlaw((byte) code) / 32_768f;
        }
    }

    private G711() {}

    /** The 16-bit value of a mu-law code: 0xFF is 0, 0x80 is 32,124, 0x00 is -32,124. */
    public static int fromMulaw(byte code) {
        int bits = ~code & 0xff;
        int segment = bits >> 4 & 7;
        int magnitude = (((bits & 0x0f) << 3) + MULAW_BIAS) << segment;
        return (bits & 0x80) == 0 ? magnitude - MULAW_BIAS : MULAW_BIAS - magnitude;
    }

    /** The mu-law code of a 16-bit value. */
    public static byte toMulaw(int value) {
        int sign = value < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(value), MULAW_CLIP) + MULAW_BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int step = (magnitude >> (segment + 3)) & 0x0f;
        return (byte) ~(sign | segment << 4 | step);
    }

    /** The 16-bit value of an A-law code: 0xD5 is 8, 0x55 is -8, 0xAA is 32,256. */
    public static int fromAlaw(byte code) {
        int bits = code ^ 0x55;
        int segment = bits >> 4 & 7;
        int magnitude = (bits & 0x0f) << 4 | 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    /** The A-law code of a 16-bit value. */
    public static byte toAlaw(int value) {
        int sign = value >= 0 ? 0x80 : 0;
        // The standard's negative decision values mirror the positive ones, so -1 belongs to the first negative step.
        int magnitude = Math.min(value >= 0 ? value : -value - 1, 32_767) >> 4;
        int bits;
        if (magnitude < 32) {
            bits = magnitude;
        } else {
            int segment = 28 - Integer.numberOfLeadingZeros(magnitude);
            bits = (segment << 4) | ((magnitude >> (segment - 1)) & 0x0f);
        }
        return (byte) ((sign | bits) ^ 0x55);
    }
}
