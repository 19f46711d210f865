package io.undertone.window;

/**
 * IEEE 754 half precision (binary16): 1 sign bit, 5 exponent bits, 10 fraction bits; largest finite value 65,504, three decimal
 * digits. Rounds to nearest, ties to even; what is too large becomes infinite. Stateless, thread-safe.
 */
public final class Half {
    private static final int FLOAT_INFINITY = 0x7f80_0000;

    /** Bits of 65,520, the lowest magnitude that rounds to infinity. */
    private static final int OVERFLOW = 0x477f_f000;

    /** Bits of 2^-14, the lowest normal half. */
    private static final int LOWEST_NORMAL = 0x3880_0000;

    private static final float DENORMAL_UNIT = 0x1p-24f;

    private Half() {}

    /** The nearest half. */
    public static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fff_ffff;
        if (magnitude >= OVERFLOW) {
            return (short) (sign | (magnitude > FLOAT_INFINITY ? 0x7e00 : 0x7c00));
        }
        if (magnitude < LOWEST_NORMAL) {
            return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) / DENORMAL_UNIT));
        }
        int lowestKept = magnitude >>> 13 & 1;
        return (short) (sign | (magnitude - (112 << 23) + 0x0fff + lowestKept) >>> 13);
    }

    /** The value of a half; exact. */
    public static float toFloat(short half) {
        int magnitude = half & 0x7fff;
        int sign = (half & 0x8000) << 16;
        if (magnitude >= 0x7c00) {
            return Float.intBitsToFloat(sign | FLOAT_INFINITY | (magnitude & 0x03ff) << 13);
        }
        if (magnitude < 0x0400) {
            float value = magnitude * DENORMAL_UNIT;
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | (magnitude << 13) + (112 << 23));
    }

    /** The value that survives a stay in half precision. */
    public static float round(float value) {
        return toFloat(toHalf(value));
    }
}
