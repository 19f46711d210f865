package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;

/** Two dense layers in a row as one: {@code (x A + a) B + b = x (A B) + (a B + b)}. */
final class DenseJoin {
    private DenseJoin() {}

    /** Joins layers {@code i} and {@code i + 1} where one matrix needs fewer multiplications than two. */
    static void join(LayerList layers, int i, Layer.Dense first, Layer.Dense second) {
        float[] a = layers.array(i, "weight");
        float[] b = layers.array(i + 1, "weight");
        int in = a.length / first.out();
        int middle = first.out();
        int out = second.out();
        if ((long) in * out > (long) in * middle + (long) middle * out) {
            return;
        }
        float[] joined = new float[in * out];
        for (int row = 0; row < in; row++) {
            multiply(a, row * middle, b, middle, out, joined, row * out);
        }
        float[] bias = new float[out];
        multiply(layers.bias(i, middle), 0, b, middle, out, bias, 0);
        float[] secondBias = layers.bias(i + 1, out);
        for (int o = 0; o < out; o++) {
            bias[o] += secondBias[o];
        }
        layers.remove(i + 1);
        layers.set(i, second, joined, bias);
    }

    private static void multiply(float[] row, int from, float[] b, int middle, int out, float[] target, int to) {
        for (int o = 0; o < out; o++) {
            double sum = 0;
            for (int m = 0; m < middle; m++) {
                sum += (double) row[from + m] * b[m * out + o];
            }
            target[to + o] = (float) sum;
        }
    }
}
