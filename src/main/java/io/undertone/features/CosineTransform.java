package io.undertone.features;

import java.util.Arrays;

/**
 * The orthonormal DCT-II ({@code scipy.fft.dct(type=2, norm='ortho')}), its first {@code coefficients} rows:
 * {@code c[k] = s(k) * sum over n of x[n] * cos(pi * k * (2n + 1) / (2N))}, {@code s(0) = sqrt(1/N)}, else
 * {@code sqrt(2/N)}. Row k is even or odd about the middle as k is, so that only half of each row is kept. Immutable.
 */
final class CosineTransform {
    /** Coefficients computed together: enough independent sums that no addition waits for the one before. */
    private static final int GROUP = 4;

    private final int bands;
    private final int coefficients;
    private final int half;

    /** {@code [even groups, then odd groups][half][GROUP]}: weights of the lower half of the bands. */
    private final float[] matrix;

    CosineTransform(int bands, int coefficients) {
        this.bands = bands;
        this.coefficients = coefficients;
        this.half = (bands + 1) / 2;
        matrix = new float[2 * groups() * half * GROUP];
        for (int k = 0; k < coefficients; k++) {
            double scale = StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / bands);
            int group = k % 2 * groups() + k / 2 / GROUP;
            for (int n = 0; n < half; n++) {
                matrix[(group * half + n) * GROUP + k / 2 % GROUP] =
                        (float) (scale * StrictMath.cos(StrictMath.PI * k * (2 * n + 1) / (2.0 * bands)));
            }
        }
    }

    /** Groups of even coefficients; as many of odd ones. */
    private int groups() {
        return ((coefficients + 1) / 2 + GROUP - 1) / GROUP;
    }

    /** Length of the scratch space of {@link #apply}. */
    int scratchLength() {
        return 2 * half;
    }

    /**
     * Transforms one vector.
     *
     * @param bandValues {@code [bands]} from {@code from} on
     * @param scratch {@code [scratchLength()]}
     * @param result filled with {@code [coefficients]} from {@code to} on, c0 first
     */
    void apply(float[] bandValues, int from, float[] scratch, float[] result, int to) {
        int last = from + bands - 1;
        for (int n = 0; n < half; n++) {
            float low = bandValues[from + n];
            float high = bandValues[last - n];
            scratch[n] = low + high;
            scratch[half + n] = low - high;
        }
        if (bands % 2 == 1) {
            // The middle band is its own mirror image: it counts once.
            scratch[half - 1] = bandValues[from + half - 1];
        }
        for (int group = 0; group < groups(); group++) {
            applyGroup(group, scratch, 0, result, to, 2 * GROUP * group);
            applyGroup(groups() + group, scratch, half, result, to, 2 * GROUP * group + 1);
        }
    }

    /**
     * Transforms many vectors at once, several times as fast as one by one and with the same results: loops over frames become
     * vector instructions.
     *
     * @param logMel {@code [bands][frames]}; left as it is
     * @param scratch {@code [2 half][frames]}, see {@link #scratchLength}
     * @param result filled with {@code [coefficients][frames]}, c0 first
     */
    void apply(float[][] logMel, int frames, float[][] scratch, float[][] result) {
        for (int n = 0; n < half; n++) {
            fold(logMel[n], logMel[bands - 1 - n], scratch[n], scratch[half + n], frames);
        }
        if (bands % 2 == 1) {
            System.arraycopy(logMel[half - 1], 0, scratch[half - 1], 0, frames);
        }
        for (int k = 0; k < coefficients; k++) {
            Arrays.fill(result[k], 0, frames, 0);
            int row = (k % 2 * groups() + k / 2 / GROUP) * half * GROUP + k / 2 % GROUP;
            int from = k % 2 * half;
            int n = 0;
            for (; n + 3 < half; n += 4) {
                int at = row + n * GROUP;
                add(
                        result[k],
                        frames,
                        matrix[at],
                        scratch[from + n],
                        matrix[at + GROUP],
                        scratch[from + n + 1],
                        matrix[at + 2 * GROUP],
                        scratch[from + n + 2],
                        matrix[at + 3 * GROUP],
                        scratch[from + n + 3]);
            }
            for (; n < half; n++) {
                add(result[k], frames, matrix[row + n * GROUP], scratch[from + n]);
            }
        }
    }

    private static void fold(float[] low, float[] high, float[] sums, float[] differences, int frames) {
        for (int i = 0; i < frames; i++) {
            sums[i] = low[i] + high[i];
            differences[i] = low[i] - high[i];
        }
    }

    private static void add(
            float[] sums, int frames, float w, float[] a, float x, float[] b, float y, float[] c, float z, float[] d) {
        for (int i = 0; i < frames; i++) {
            sums[i] = sums[i] + w * a[i] + x * b[i] + y * c[i] + z * d[i];
        }
    }

    private static void add(float[] sums, int frames, float weight, float[] values) {
        for (int i = 0; i < frames; i++) {
            sums[i] += weight * values[i];
        }
    }

    /** Computes coefficients {@code k, k + 2, k + 4, k + 6}, as far as they are wanted. */
    private void applyGroup(int group, float[] folded, int from, float[] result, int to, int k) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int row = group * half * GROUP;
        for (int n = 0; n < half; n++, row += GROUP) {
            float value = folded[from + n];
            a += matrix[row] * value;
            b += matrix[row + 1] * value;
            c += matrix[row + 2] * value;
            d += matrix[row + 3] * value;
        }
        put(a, result, to, k);
        put(b, result, to, k + 2);
        put(c, result, to, k + 4);
        put(d, result, to, k + 6);
    }

    private void put(float value, float[] result, int to, int k) {
        if (k < coefficients) {
            result[to + k] = value;
        }
    }
}
