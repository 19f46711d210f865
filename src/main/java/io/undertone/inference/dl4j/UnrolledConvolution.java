package io.undertone.inference.dl4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A convolution without bias and its gradients as products of unrolled inputs, by OpenBLAS, a few examples at a time so that what is
 * unrolled stays in the processor's cache. Weights are {@code [taps][out]}. Deterministic for a given number of threads of
 * OpenBLAS. Not thread-safe. Its native memory is freed with it by the collector.
 */
final class UnrolledConvolution {
    /** Unrolled values at a time: 256 KB. */
    private static final int BLOCK = 1 << 16;

    private final Unrolling unrolling;
    private final int out;
    private final int examplesAtOnce;
    private final float[] rows;
    private final FloatPointer unrolled;
    private final FloatPointer unrolledGradient;
    private final FloatPointer outputs;
    private final FloatPointer weights;
    private final FloatPointer weightGradient;

    UnrolledConvolution(Unrolling unrolling, int out) {
        this.unrolling = unrolling;
        this.out = out;
        int values = unrolling.rows() * unrolling.taps();
        examplesAtOnce = Math.max(1, BLOCK / values);
        rows = new float[examplesAtOnce * values];
        unrolled = new FloatPointer(rows.length);
        unrolledGradient = new FloatPointer(rows.length);
        outputs = new FloatPointer((long) examplesAtOnce * unrolling.rows() * out);
        weights = new FloatPointer((long) unrolling.taps() * out);
        weightGradient = new FloatPointer((long) unrolling.taps() * out);
    }

    Unrolling unrolling() {
        return unrolling;
    }

    /** Values of an example's output. */
    int outputSize() {
        return unrolling.rows() * out;
    }

    /** Takes the weights that hold from now on, {@code [taps][out]}. */
    void setWeights(float[] values) {
        weights.put(values, 0, unrolling.taps() * out);
    }

    /** Fills {@code z} with {@code [n][outTime][outBand][out]}. */
    void forward(float[] x, int n, float[] z) {
        for (int first = 0; first < n; first += examplesAtOnce) {
            int count = Math.min(examplesAtOnce, n - first);
            int height = count * unrolling.rows();
            unroll(x, first, count);
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasNoTrans,
                    height,
                    out,
                    unrolling.taps(),
                    1,
                    unrolled,
                    unrolling.taps(),
                    weights,
                    out,
                    0,
                    outputs,
                    out);
            outputs.get(z, first * outputSize(), count * outputSize());
        }
    }

    /** Fills {@code dw}, {@code [taps][out]}, with the gradient that {@code dz} gives it. */
    void weightGradient(float[] x, int n, float[] dz, float[] dw) {
        backward(x, n, dz, dw, null);
    }

    /** The same, and fills {@code dx} with the input's gradient. */
    void gradients(float[] x, int n, float[] dz, float[] dw, float[] dx) {
        backward(x, n, dz, dw, dx);
    }

    private void backward(float[] x, int n, float[] dz, float[] dw, float @org.jspecify.annotations.Nullable [] dx) {
        int taps = unrolling.taps();
        for (int first = 0; first < n; first += examplesAtOnce) {
            int count = Math.min(examplesAtOnce, n - first);
            int height = count * unrolling.rows();
            outputs.put(dz, first * outputSize(), count * outputSize());
            unroll(x, first, count);
            cblas_sgemm(
                    CblasRowMajor,
                    CblasTrans,
                    CblasNoTrans,
                    taps,
                    out,
                    height,
                    1,
                    unrolled,
                    taps,
                    outputs,
                    out,
                    first == 0 ? 0 : 1,
                    weightGradient,
                    out);
            if (dx == null) {
                continue;
            }
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    height,
                    taps,
                    out,
                    1,
                    outputs,
                    out,
                    weights,
                    out,
                    0,
                    unrolledGradient,
                    taps);
            unrolledGradient.get(rows, 0, height * taps);
            for (int i = 0; i < count; i++) {
                unrolling.foldBack(rows, i * unrolling.rows() * taps, dx, (first + i) * unrolling.inputSize());
            }
        }
        weightGradient.get(dw, 0, taps * out);
    }

    private void unroll(float[] x, int first, int count) {
        int values = unrolling.rows() * unrolling.taps();
        for (int i = 0; i < count; i++) {
            unrolling.unroll(x, (first + i) * unrolling.inputSize(), rows, i * values);
        }
        unrolled.put(rows, 0, count * values);
    }
}
