package io.undertone.inference.dl4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A convolution without bias and its gradients as matrix products of unrolled inputs, by OpenBLAS, a few examples at a time so that the unrolled values stay in the processor's cache. Weights are {@code [taps][out]}. Deterministic for a given number of threads of
 * OpenBLAS. Not thread-safe. Its native memory is freed with it by the garbage collector.
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

    /** One of the products that make the sum: where in each matrix its part begins. */
    private record Product(
            FloatPointer unrolled, FloatPointer unrolledGradient, FloatPointer weights, FloatPointer weightGradient) {}

    private final Product[] products;

    UnrolledConvolution(Unrolling unrolling, int out) {
        this.unrolling = unrolling;
        this.out = out;
        // Several products have gaps between the rows of one example and those of the next: one example at a time then.
        examplesAtOnce = unrolling.products() > 1 ? 1 : Math.max(1, BLOCK / matrixSize());
        rows = new float[examplesAtOnce * matrixSize()];
        unrolled = new FloatPointer(rows.length);
        unrolledGradient = new FloatPointer(rows.length);
        outputs = new FloatPointer((long) examplesAtOnce * outputSize());
        weights = new FloatPointer((long) unrolling.taps() * out);
        weightGradient = new FloatPointer((long) unrolling.taps() * out);
        products = new Product[unrolling.products()];
        for (int i = 0; i < products.length; i++) {
            long row = (long) unrolling.firstRow(i) * unrolling.rowLength();
            long weight = (long) i * unrolling.rowLength() * out;
            products[i] = new Product(
                    unrolled.getPointer(row),
                    unrolledGradient.getPointer(row),
                    weights.getPointer(weight),
                    weightGradient.getPointer(weight));
        }
    }

    Unrolling unrolling() {
        return unrolling;
    }

    /** Values of an example's output. */
    int outputSize() {
        return unrolling.rows() * out;
    }

    /** Sets the weights, {@code [taps][out]}. */
    void setWeights(float[] values) {
        weights.put(values, 0, unrolling.taps() * out);
    }

    /** Fills {@code z} with {@code [n][outTime][outBand][out]}. */
    void forward(float[] x, int n, float[] z) {
        int length = unrolling.rowLength();
        for (int first = 0; first < n; first += examplesAtOnce) {
            int count = Math.min(examplesAtOnce, n - first);
            int height = count * unrolling.rows();
            unroll(x, first, count);
            for (int i = 0; i < products.length; i++) {
                Product p = products[i];
                float kept = i == 0 ? 0 : 1;
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        height,
                        out,
                        length,
                        1,
                        p.unrolled,
                        length,
                        p.weights,
                        out,
                        kept,
                        outputs,
                        out);
            }
            outputs.get(z, first * outputSize(), count * outputSize());
        }
    }

    /**
     * Fills {@code dw}, {@code [taps][out]}, and {@code dx}, shaped as {@code x}, with their gradients, given {@code dz}.
     *
     * @param dx null if it is not needed
     */
    void gradients(float[] x, int n, float[] dz, float[] dw, float @Nullable [] dx) {
        for (int first = 0; first < n; first += examplesAtOnce) {
            int count = Math.min(examplesAtOnce, n - first);
            outputs.put(dz, first * outputSize(), count * outputSize());
            unroll(x, first, count);
            addWeightGradient(count * unrolling.rows(), first == 0 ? 0 : 1);
            if (dx != null) {
                inputGradient(count, first, dx);
            }
        }
        weightGradient.get(dw, 0, unrolling.taps() * out);
    }

    private void addWeightGradient(int height, float kept) {
        int length = unrolling.rowLength();
        for (Product p : products) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasTrans,
                    CblasNoTrans,
                    length,
                    out,
                    height,
                    1,
                    p.unrolled,
                    length,
                    outputs,
                    out,
                    kept,
                    p.weightGradient,
                    out);
        }
    }

    private void inputGradient(int count, int first, float[] dx) {
        int length = unrolling.rowLength();
        int height = count * unrolling.rows();
        boolean sum = products.length > 1;
        if (sum) {
            Pointer.memset(unrolledGradient, 0, (long) matrixSize() * Float.BYTES);
        }
        for (Product p : products) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    height,
                    length,
                    out,
                    1,
                    outputs,
                    out,
                    p.weights,
                    out,
                    sum ? 1 : 0,
                    p.unrolledGradient,
                    length);
        }
        unrolledGradient.get(rows, 0, count * matrixSize());
        for (int i = 0; i < count; i++) {
            unrolling.foldBack(rows, i * matrixSize(), dx, (first + i) * unrolling.inputSize());
        }
    }

    private void unroll(float[] x, int first, int count) {
        for (int i = 0; i < count; i++) {
            unrolling.unroll(x, (first + i) * unrolling.inputSize(), rows, i * matrixSize());
        }
        unrolled.put(rows, 0, count * matrixSize());
    }

    /** Values of an example's matrix. */
    private int matrixSize() {
        return unrolling.matrixRows() * unrolling.rowLength();
    }
}
