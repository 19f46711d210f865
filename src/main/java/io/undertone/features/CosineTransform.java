package io.undertone.features;

import java.util.Arrays;

/**
 * The orthonormal DCT-II ({@code scipy.fft.dct(type=2, norm='ortho')}), its first {@code coefficients} rows:
 * {@code c[k] = s(k) * sum over n of x[n] * cos(pi * k * (2n + 1) / (2N))}, {@code s(0) = sqrt(1/N)}, else
 * {@code sqrt(2/N)}. Row k is even or odd about the middle as k is, so that only half of each row is kept. Immutable.
 */
final class CosineTransform {
    private final int bands;
    private final int coefficients;
    private final int evens;

    /** {@code [(bands + 1) / 2][coefficients]}: for each band of the lower half, even coefficients, then odd ones. */
    private final float[] matrix;

    CosineTransform(int bands, int coefficients) {
        this.bands = bands;
        this.coefficients = coefficients;
        this.evens = (coefficients + 1) / 2;
        int half = (bands + 1) / 2;
        matrix = new float[half * coefficients];
        for (int n = 0; n < half; n++) {
            for (int k = 0; k < coefficients; k++) {
                double scale = StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / bands);
                int column = k % 2 == 0 ? k / 2 : evens + k / 2;
                matrix[n * coefficients + column] =
                        (float) (scale * StrictMath.cos(StrictMath.PI * k * (2 * n + 1) / (2.0 * bands)));
            }
        }
    }

    /**
     * Transforms one vector.
     *
     * @param bandValues {@code [bands]} from {@code from} on
     * @param scratch at least {@code coefficients}
     * @param result filled with {@code [coefficients]} from {@code to} on, c0 first
     */
    void apply(float[] bandValues, int from, float[] scratch, float[] result, int to) {
        Arrays.fill(scratch, 0, coefficients, 0f);
        int last = from + bands - 1;
        for (int n = 0; n < bands / 2; n++) {
            float low = bandValues[from + n];
            float high = bandValues[last - n];
            addRow(n * coefficients, low + high, low - high, scratch);
        }
        if (bands % 2 == 1) {
            addRow(bands / 2 * coefficients, bandValues[from + bands / 2], 0, scratch);
        }
        for (int i = 0; i < evens; i++) {
            result[to + 2 * i] = scratch[i];
        }
        for (int i = evens; i < coefficients; i++) {
            result[to + 2 * (i - evens) + 1] = scratch[i];
        }
    }

    private void addRow(int row, float sum, float difference, float[] target) {
        for (int i = 0; i < evens; i++) {
            target[i] += matrix[row + i] * sum;
        }
        for (int i = evens; i < coefficients; i++) {
            target[i] += matrix[row + i] * difference;
        }
    }
}
