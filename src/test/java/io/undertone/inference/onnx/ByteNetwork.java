package io.undertone.inference.onnx;

import io.undertone.bundle.Weights;
import io.undertone.window.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The network of {@link EightBitsTest} by the definition of its 8 bits, in loops: the first convolution in floats, two in whole numbers. A
 * weight is a whole number of 1/127 of its channel's largest; a value one of 1/255 of its convolution's largest range, 0 where it is below, 255
 * where it is above; halves go to the even neighbour. What a channel gives is multiplied before, and divided by whoever reads it, by the root
 * of the largest range over its own.
 */
final class ByteNetwork {
    private final Weights weights;
    private final List<List<Float>> ranges;
    private final float[] units;
    private int cutOff;

    ByteNetwork(Weights weights, List<List<Float>> ranges) {
        this.weights = weights;
        this.ranges = ranges;
        this.units = new float[ranges.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = Collections.max(ranges.get(i)) / 255;
        }
    }

    private float louder(int convolution, int channel) {
        return convolution == 2
                ? 1 // nobody reads it in whole numbers
                : (float) Math.sqrt(Collections.max(ranges.get(convolution))
                        / ranges.get(convolution).get(channel));
    }

    /** How many values were above their range so far. */
    int cutOff() {
        return cutOff;
    }

    double[] predict(Window window) {
        double[][] first = first(window);
        int[][] bytes = new int[first.length][first[0].length];
        for (int c = 0; c < first.length; c++) {
            for (int t = 0; t < bytes[c].length; t++) {
                bytes[c][t] = cut(Math.rint(first[c][t] * louder(0, c) / units[0]));
            }
        }
        int[][] second = pooled(convolved(bytes, 1, 2, weights.get(2, "bias"), 1));
        int[][] third = convolved(second, 2, 5, new float[5], 2);
        double[] pooled = new double[10];
        for (int c = 0; c < third.length; c++) {
            double[] values = Arrays.stream(third[c])
                    .mapToDouble(v -> (double) v * units[2])
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            pooled[c] = mean;
            pooled[5 + c] = Math.sqrt(Arrays.stream(values)
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow()
                    + 1e-5);
        }
        return softmax(dense(pooled));
    }

    /** The largest value that the first convolution gives. */
    double largestOfFirst(Window window) {
        return Arrays.stream(first(window))
                .flatMapToDouble(Arrays::stream)
                .max()
                .orElseThrow();
    }

    private double[][] first(Window window) {
        float[] x = new float[window.length()];
        window.copyTo(x, 0);
        int steps = window.rows();
        int channels = x.length / steps;
        float[] w = weights.get(0, "weight");
        float[] b = weights.get(0, "bias");
        double[][] y = new double[b.length][steps];
        for (int o = 0; o < b.length; o++) {
            for (int t = 0; t < steps; t++) {
                y[o][t] = b[o];
                for (int c = 0; c < channels; c++) {
                    for (int k = -1; k <= 1; k++) {
                        boolean there = t + k >= 0 && t + k < steps;
                        y[o][t] += there ? w[(o * channels + c) * 3 + k + 1] * x[(t + k) * channels + c] : 0;
                    }
                }
            }
        }
        return y;
    }

    private int[][] convolved(int[][] x, int number, int layer, float[] bias, int stride) {
        float[] w = weights.get(layer, "weight");
        float in = units[number - 1];
        int steps = x[0].length;
        int each = x.length * 3;
        int[][] y = new int[bias.length][(steps + stride - 1) / stride];
        for (int o = 0; o < bias.length; o++) {
            float largest = 0;
            for (int i = 0; i < each; i++) {
                w[o * each + i] *= louder(number, o) / louder(number - 1, i / 3);
                largest = Math.max(largest, Math.abs(w[o * each + i]));
            }
            float unit = largest / 127;
            for (int t = 0; t < y[o].length; t++) {
                int sum = Math.round(bias[o] * louder(number, o) / (in * unit));
                for (int c = 0; c < x.length; c++) {
                    for (int k = -1; k <= 1; k++) {
                        int at = t * stride + k;
                        int weight = Math.round(w[o * each + c * 3 + k + 1] / unit);
                        sum += at >= 0 && at < steps ? weight * x[c][at] : 0;
                    }
                }
                y[o][t] = cut(Math.rint(sum * (in * unit / units[number])));
            }
        }
        return y;
    }

    private int cut(double value) {
        cutOff += value > 255 ? 1 : 0;
        return (int) Math.max(0, Math.min(255, value));
    }

    private static int[][] pooled(int[][] x) {
        int[][] y = new int[x.length][x[0].length / 2];
        for (int c = 0; c < y.length; c++) {
            for (int t = 0; t < y[c].length; t++) {
                y[c][t] = Math.max(x[c][2 * t], x[c][2 * t + 1]);
            }
        }
        return y;
    }

    private double[] dense(double[] x) {
        float[] w = weights.get(8, "weight");
        float[] b = weights.get(8, "bias");
        double[] y = new double[b.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = b[o];
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * w[i * y.length + o];
            }
        }
        return y;
    }

    private static double[] softmax(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double[] exp = Arrays.stream(x).map(v -> Math.exp(v - max)).toArray();
        double sum = Arrays.stream(exp).sum();
        return Arrays.stream(exp).map(v -> v / sum).toArray();
    }
}
