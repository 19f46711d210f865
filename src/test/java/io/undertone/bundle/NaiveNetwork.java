package io.undertone.bundle;

import java.util.Arrays;

/** A network computed by the definitions of its layers, in double precision and loops: what engines are held against. */
public final class NaiveNetwork {
    private final NetworkSpec spec;
    private final Weights weights;

    public NaiveNetwork(Weights weights) {
        this.spec = weights.spec();
        this.weights = weights;
    }

    /** @param input one window, shaped as the spec's input; @param rows its own frames, of the last axis */
    public double[] predict(float[] input, int rows) {
        double[] values = new double[input.length];
        Arrays.setAll(values, i -> input[i]);
        Shape shape = spec.input();
        for (int i = 0; i < spec.layers().size(); i++) {
            Layer layer = spec.layers().get(i);
            Shape out = layer.output(shape);
            int stride = spec.timeStride(i);
            values = apply(i, layer, values, shape, out, Math.min(shape.steps(), (rows + stride - 1) / stride));
            shape = out;
        }
        return values;
    }

    private double[] apply(int i, Layer layer, double[] x, Shape in, Shape out, int valid) {
        if (layer instanceof Layer.Conv1d conv) {
            return conv2d(
                    x,
                    in.channels(),
                    1,
                    in.steps(),
                    conv.out(),
                    1,
                    conv.kernel(),
                    1,
                    conv.stride(),
                    weights.get(i, "weight"),
                    conv.bias() ? weights.get(i, "bias") : new float[conv.out()]);
        } else if (layer instanceof Layer.Conv2d conv) {
            return conv2d(
                    x,
                    in.channels(),
                    in.axes().get(1),
                    in.steps(),
                    conv.out(),
                    conv.kernelHeight(),
                    conv.kernelWidth(),
                    conv.strideHeight(),
                    conv.strideWidth(),
                    weights.get(i, "weight"),
                    conv.bias() ? weights.get(i, "bias") : new float[conv.out()]);
        } else if (layer instanceof Layer.BatchNorm norm) {
            float[] scale = weights.get(i, "scale");
            float[] shift = weights.get(i, "shift");
            float[] mean = weights.get(i, "mean");
            float[] variance = weights.get(i, "variance");
            int each = x.length / in.channels();
            double[] y = new double[x.length];
            for (int j = 0; j < x.length; j++) {
                int c = j / each;
                y[j] = (x[j] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon()) * scale[c] + shift[c];
            }
            return y;
        } else if (layer instanceof Layer.Relu) {
            return Arrays.stream(x).map(v -> Math.max(v, 0)).toArray();
        } else if (layer instanceof Layer.MaxPool1d pool) {
            return maxPool(x, in.channels(), 1, in.steps(), 1, pool.size());
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return maxPool(x, in.channels(), in.axes().get(1), in.steps(), pool.height(), pool.width());
        } else if (layer instanceof Layer.Mask) {
            double[] y = x.clone();
            for (int j = 0; j < y.length; j++) {
                if (j % in.steps() >= valid) {
                    y[j] = 0;
                }
            }
            return y;
        } else if (layer instanceof Layer.MeanSpreadPool pool) {
            double[] a = new double[in.steps()];
            Arrays.fill(a, 0, valid, 1.0 / valid);
            return meanSpread(x, in.channels(), a, pool.epsilon());
        } else if (layer instanceof Layer.AttentionPool pool) {
            return meanSpread(x, in.channels(), attention(i, x, in, valid), pool.epsilon());
        } else if (layer instanceof Layer.Dense dense) {
            float[] w = weights.get(i, "weight");
            float[] b = weights.get(i, "bias");
            double[] y = new double[dense.out()];
            for (int o = 0; o < y.length; o++) {
                y[o] = b[o];
                for (int j = 0; j < x.length; j++) {
                    y[o] += x[j] * w[j * dense.out() + o];
                }
            }
            return y;
        } else if (layer instanceof Layer.Softmax) {
            return softmax(x);
        }
        assert out.size() == x.length;
        return x;
    }

    private double[] attention(int i, double[] x, Shape in, int valid) {
        float[] w = weights.get(i, "weight");
        double[] scores = new double[valid];
        Arrays.fill(scores, weights.get(i, "bias")[0]);
        for (int t = 0; t < valid; t++) {
            for (int c = 0; c < in.channels(); c++) {
                scores[t] += w[c] * x[c * in.steps() + t];
            }
        }
        return Arrays.copyOf(softmax(scores), in.steps());
    }

    private static double[] meanSpread(double[] x, int channels, double[] a, double epsilon) {
        double[] y = new double[2 * channels];
        for (int c = 0; c < channels; c++) {
            double mean = 0;
            double square = 0;
            for (int t = 0; t < a.length; t++) {
                mean += a[t] * x[c * a.length + t];
            }
            for (int t = 0; t < a.length; t++) {
                double off = x[c * a.length + t] - mean;
                square += a[t] * off * off;
            }
            y[c] = mean;
            y[channels + c] = Math.sqrt(square + epsilon);
        }
        return y;
    }

    private static double[] softmax(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double[] exp = Arrays.stream(x).map(v -> Math.exp(v - max)).toArray();
        double sum = Arrays.stream(exp).sum();
        return Arrays.stream(exp).map(v -> v / sum).toArray();
    }

    private static double[] conv2d(
            double[] x, int in, int height, int width, int out, int kh, int kw, int sh, int sw, float[] w, float[] b) {
        int outHeight = (height + sh - 1) / sh;
        int outWidth = (width + sw - 1) / sw;
        double[] y = new double[out * outHeight * outWidth];
        for (int o = 0; o < out; o++) {
            for (int r = 0; r < outHeight; r++) {
                for (int t = 0; t < outWidth; t++) {
                    double sum = b[o];
                    for (int i = 0; i < in; i++) {
                        for (int p = 0; p < kh; p++) {
                            for (int q = 0; q < kw; q++) {
                                int row = r * sh + p - kh / 2;
                                int step = t * sw + q - kw / 2;
                                if (row >= 0 && row < height && step >= 0 && step < width) {
                                    sum += w[((o * in + i) * kh + p) * kw + q] * x[(i * height + row) * width + step];
                                }
                            }
                        }
                    }
                    y[(o * outHeight + r) * outWidth + t] = sum;
                }
            }
        }
        return y;
    }

    private static double[] maxPool(double[] x, int channels, int height, int width, int ph, int pw) {
        double[] y = new double[channels * (height / ph) * (width / pw)];
        Arrays.fill(y, Double.NEGATIVE_INFINITY);
        for (int c = 0; c < channels; c++) {
            for (int r = 0; r < height / ph * ph; r++) {
                for (int t = 0; t < width / pw * pw; t++) {
                    int to = (c * (height / ph) + r / ph) * (width / pw) + t / pw;
                    y[to] = Math.max(y[to], x[(c * height + r) * width + t]);
                }
            }
        }
        return y;
    }
}
