package io.undertone.audio;

import java.util.Arrays;

/**
 * GSM full rate (ETSI EN 300 961, GSM 06.10): frames of 260 bits to 160 samples at 8 kHz, in the standard's 16-bit arithmetic, so the samples
 * are bit-exact. Not thread-safe.
 */
final class GsmDecoder {
    static final int FRAME_SAMPLES = 160;
    static final int FRAME_BITS = 260;

    private static final int SUBFRAMES = 4;
    private static final int SUBFRAME_SAMPLES = 40;
    private static final int PULSES = 13;
    private static final int ORDER = 8;
    private static final int MIN_LAG = 40;
    private static final int MAX_LAG = 120;

    /** Bits of each log-area ratio. */
    private static final int[] RATIO_BITS = {6, 6, 5, 5, 4, 4, 3, 3};

    /** Tables 4.1 (B, MIC) and 4.2 (INVA). */
    private static final int[] RATIO_OFFSET = {0, 0, 2048, -2560, 94, -1792, -341, -1144};

    private static final int[] RATIO_LEAST = {-32, -32, -16, -16, -8, -8, -4, -4};
    private static final int[] RATIO_INVERSE = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};

    /** Table 4.3b: gains of the long-term predictor. */
    private static final int[] GAIN = {3277, 11469, 21299, 32767};

    /** Table 4.6: mantissas of a block's maximum. */
    private static final int[] MANTISSA = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};

    /** Samples of a frame at which the interpolation between the last and this frame's log-area ratios changes. */
    private static final int[] RAMP = {0, 13, 27, 40, FRAME_SAMPLES};

    private static final int DEEMPHASIS = 28180;

    /** The frame's bits, taken one after the other. */
    interface Bits {
        /** The next {@code count} bits as a number. */
        int next(int count);
    }

    private final int[] residual = new int[MAX_LAG + SUBFRAME_SAMPLES];
    private final int[] excitation = new int[FRAME_SAMPLES];
    private final int[] pulses = new int[SUBFRAME_SAMPLES];
    private final int[] filter = new int[ORDER + 1];
    private final int[] reflection = new int[ORDER];
    private int[] ratios = new int[ORDER];
    private int[] formerRatios = new int[ORDER];
    private int lag = MIN_LAG;
    private int emphasised;

    /**
     * Decodes a frame.
     *
     * @param bits at its first of 260
     * @param target gets 160 samples from {@code offset} on, [-1, 1)
     */
    void decode(Bits bits, float[] target, int offset) {
        int[] next = formerRatios;
        formerRatios = ratios;
        ratios = next;
        for (int i = 0; i < ORDER; i++) {
            int coded = bits.next(RATIO_BITS[i]);
            int scaled = subtract((short) (add(coded, RATIO_LEAST[i]) << 10), RATIO_OFFSET[i] << 1);
            int half = multiply(RATIO_INVERSE[i], scaled);
            ratios[i] = add(half, half);
        }
        for (int subframe = 0; subframe < SUBFRAMES; subframe++) {
            excite(bits, subframe * SUBFRAME_SAMPLES);
        }
        for (int part = 0; part < RAMP.length - 1; part++) {
            interpolate(part);
            filter(RAMP[part], RAMP[part + 1]);
        }
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            emphasised = add(excitation[i], multiply(emphasised, DEEMPHASIS));
            target[offset + i] = (short) (add(emphasised, emphasised) & 0xfff8) / 32_768f;
        }
    }

    /** The excitation: pulses plus long-term prediction (4.3.2, 4.3.3). */
    private void excite(Bits bits, int at) {
        int coded = bits.next(7);
        int gain = GAIN[bits.next(2)];
        int grid = bits.next(2);
        readPulses(bits, grid);
        lag = coded < MIN_LAG || coded > MAX_LAG ? lag : coded;
        for (int i = 0; i < SUBFRAME_SAMPLES; i++) {
            residual[MAX_LAG + i] = add(pulses[i], multiply(gain, residual[MAX_LAG + i - lag]));
        }
        System.arraycopy(residual, MAX_LAG, excitation, at, SUBFRAME_SAMPLES);
        System.arraycopy(residual, SUBFRAME_SAMPLES, residual, 0, MAX_LAG);
    }

    private void readPulses(Bits bits, int grid) {
        int loudest = bits.next(6);
        int exponent = loudest > 15 ? (loudest >> 3) - 1 : 0;
        int mantissa = loudest - (exponent << 3);
        if (mantissa == 0) {
            exponent = -4;
            mantissa = 7;
        } else {
            while (mantissa <= 7) {
                mantissa = mantissa << 1 | 1;
                exponent--;
            }
            mantissa -= 8;
        }
        int shift = 6 - exponent;
        int rounding = shift == 0 ? 0 : 1 << (shift - 1);
        Arrays.fill(pulses, 0);
        for (int i = 0; i < PULSES; i++) {
            int pulse = ((bits.next(3) << 1) - 7) << 12;
            pulses[grid + 3 * i] = add(multiply(MANTISSA[mantissa], pulse), rounding) >> shift;
        }
    }

    /** Reflection coefficients of one section of the frame (4.2.9). */
    private void interpolate(int part) {
        for (int i = 0; i < ORDER; i++) {
            int former = formerRatios[i];
            int now = ratios[i];
            int ratio = switch (part) {
                case 0 -> add(add(former >> 2, now >> 2), former >> 1);
                case 1 -> add(former >> 1, now >> 1);
                case 2 -> add(add(former >> 2, now >> 2), now >> 1);
                default -> now;
            };
            int size = Math.min(Short.MAX_VALUE, Math.abs(ratio));
            int coefficient = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : add(size >> 2, 26112);
            reflection[i] = ratio < 0 ? -coefficient : coefficient;
        }
    }

    /** The short-term synthesis filter, in place (4.3.4). */
    private void filter(int from, int to) {
        for (int i = from; i < to; i++) {
            int sample = excitation[i];
            for (int j = ORDER - 1; j >= 0; j--) {
                sample = subtract(sample, multiply(reflection[j], filter[j]));
                filter[j + 1] = add(filter[j], multiply(reflection[j], sample));
            }
            filter[0] = sample;
            excitation[i] = sample;
        }
    }

    private static int saturate(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    private static int add(int a, int b) {
        return saturate(a + b);
    }

    private static int subtract(int a, int b) {
        return saturate(a - b);
    }

    /** The rounded product of two Q15 numbers in [-1, 1). */
    private static int multiply(int a, int b) {
        return saturate((a * b + 16_384) >> 15);
    }
}
