package io.undertone.bundle;

/** The orthonormal DCT-III, the inverse of the orthonormal DCT-II that makes MFCCs of log-mel bands. */
public final class InverseCosine {
    private InverseCosine() {}

    /**
     * {@code [bands][coefficients]}: band {@code b} of a frame is {@code Σ matrix[b][k] c[k]}, with {@code matrix[b][k] =
     * s(k) cos(π k (2b + 1) / 2B)}, {@code s(0) = sqrt(1 / B)} and {@code s(k) = sqrt(2 / B)}.
     */
    public static float[][] matrix(int coefficients, int bands) {
        float[][] matrix = new float[bands][coefficients];
        for (int b = 0; b < bands; b++) {
            for (int k = 0; k < coefficients; k++) {
                double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / bands);
                matrix[b][k] = (float) (scale * Math.cos(Math.PI * k * (2 * b + 1) / (2.0 * bands)));
            }
        }
        return matrix;
    }
}
