package io.undertone.features;

/**
 * {@code 10 log10} of a power, to within 1e-5 dB, several times faster than {@link Math#log10} and the same on every
 * machine: the exponent, a table over the 128 leading fractions of the mantissa, and three terms of the series of
 * {@code ln(1 + r)} for the rest, {@code |r| < 1/256}.
 */
final class Decibel {
    private static final int TABLE_BITS = 7;
    private static final int TABLE_SHIFT = 23 - TABLE_BITS;
    private static final float DB_PER_OCTAVE = (float) (10 * StrictMath.log10(2));
    private static final float DB_PER_NEPER = (float) (10 / StrictMath.log(10));
    private static final float[] INVERSE = new float[1 << TABLE_BITS];
    private static final float[] DB = new float[1 << TABLE_BITS];

    static {
        for (int i = 0; i < INVERSE.length; i++) {
            double middle = 1 + (i + 0.5) / INVERSE.length;
            INVERSE[i] = (float) (1 / middle);
            // Of the rounded inverse, so that the product below is what the table is for.
            DB[i] = (float) (-10 * StrictMath.log10(INVERSE[i]));
        }
    }

    private Decibel() {}

    /** {@code 10 log10(power)}; {@code power} must be a normal positive number (from 1.2e-38). */
    static float of(float power) {
        int bits = Float.floatToRawIntBits(power);
        int exponent = (bits >> 23) - 127;
        int index = bits >> TABLE_SHIFT & (1 << TABLE_BITS) - 1;
        float mantissa = Float.intBitsToFloat((bits & 0x007f_ffff) | 0x3f80_0000);
        float r = mantissa * INVERSE[index] - 1;
        float ln = r * (1 + r * (-0.5f + r * (1f / 3)));
        return exponent * DB_PER_OCTAVE + (DB[index] + ln * DB_PER_NEPER);
    }
}
