package io.undertone.inference.dl4j;

import java.util.Arrays;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) and ReLU over {@code [n][width]} rows, {@code width} = bands times channels, as
 * plain loops that the compiler turns into vector instructions: row by row, with each channel's parameters repeated over the width. Sums
 * run in single precision within an example and in double over examples. Not thread-safe: it keeps values for the backward pass.
 */
final class NormRelu {
    private final int channels;
    private final int width;
    private final int rowsPerExample;
    private final float[] zRow;
    private final float[] outputRow;
    private final float[] gradientRow;
    private final float[] firstSum;
    private final float[] secondSum;
    private final float[] scale;
    private final float[] shift;
    private final double[] mean;
    private final double[] variance;
    private final double[] gradGamma;
    private final double[] gradBeta;
    private float[] output = new float[0];

    /**
     * @param channels channels of a band
     * @param bands bands of a row
     * @param rowsPerExample steps of time of an example
     */
    NormRelu(int channels, int bands, int rowsPerExample) {
        this.channels = channels;
        this.width = bands * channels;
        this.rowsPerExample = rowsPerExample;
        zRow = new float[width];
        outputRow = new float[width];
        gradientRow = new float[width];
        firstSum = new float[width];
        secondSum = new float[width];
        scale = new float[width];
        shift = new float[width];
        mean = new double[channels];
        variance = new double[channels];
        gradGamma = new double[channels];
        gradBeta = new double[channels];
    }

    /** Of the last batch, or what was set, {@code [channels]}, itself. */
    double[] mean() {
        return mean;
    }

    /** Of the last batch, or what was set, {@code [channels]}, itself. */
    double[] variance() {
        return variance;
    }

    double[] gradGamma() {
        return gradGamma;
    }

    double[] gradBeta() {
        return gradBeta;
    }

    /** Computes mean and variance from {@code n} examples. */
    void takeStatistics(float[] z, int n) {
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
        int size = rowsPerExample * width;
        for (int i = 0; i < n; i++) {
            Arrays.fill(firstSum, 0);
            Arrays.fill(secondSum, 0);
            for (int at = i * size; at < (i + 1) * size; at += width) {
                System.arraycopy(z, at, zRow, 0, width);
                addSquares();
            }
            addByChannel(firstSum, mean);
            addByChannel(secondSum, variance);
        }
        double count = (double) n * size / channels;
        for (int c = 0; c < channels; c++) {
            mean[c] /= count;
            variance[c] = Math.max(0, variance[c] / count - mean[c] * mean[c]);
        }
    }

    /** Sets mean and variance. */
    void setStatistics(float[] means, float[] variances) {
        for (int c = 0; c < channels; c++) {
            mean[c] = means[c];
            variance[c] = variances[c];
        }
    }

    /** {@code z} becomes (z - mean) / spread; returns max(0, gamma * that + beta), valid until the next call. */
    float[] forward(float[] z, int n, float[] gamma, float[] beta, double epsilon) {
        int length = n * rowsPerExample * width;
        output = HostFloats.atLeast(output, length);
        float[] gammas = firstSum; // free until the backward pass
        float[] betas = secondSum;
        for (int i = 0; i < width; i++) {
            int c = i % channels;
            double inverse = 1 / Math.sqrt(variance[c] + epsilon);
            scale[i] = (float) inverse;
            shift[i] = (float) (-mean[c] * inverse);
            gammas[i] = gamma[c];
            betas[i] = beta[c];
        }
        for (int at = 0; at < length; at += width) {
            System.arraycopy(z, at, zRow, 0, width);
            normalise(gammas, betas);
            System.arraycopy(zRow, 0, z, at, width);
            System.arraycopy(outputRow, 0, output, at, width);
        }
        return output;
    }

    /**
     * Turns the output's gradient into that of the convolution's result, in place, after {@link #forward}.
     *
     * @param normalised {@code z} after {@link #forward}
     */
    void backward(float[] gradient, float[] normalised, int n, float[] gamma) {
        int size = rowsPerExample * width;
        Arrays.fill(gradBeta, 0);
        Arrays.fill(gradGamma, 0);
        for (int i = 0; i < n; i++) {
            Arrays.fill(firstSum, 0);
            Arrays.fill(secondSum, 0);
            for (int at = i * size; at < (i + 1) * size; at += width) {
                System.arraycopy(normalised, at, zRow, 0, width);
                System.arraycopy(output, at, outputRow, 0, width);
                System.arraycopy(gradient, at, gradientRow, 0, width);
                throughRelu();
                System.arraycopy(gradientRow, 0, gradient, at, width);
            }
            addByChannel(firstSum, gradBeta);
            addByChannel(secondSum, gradGamma);
        }
        double count = (double) n * size / channels;
        for (int i = 0; i < width; i++) {
            int c = i % channels;
            shift[i] = scale[i] * gamma[c];
            firstSum[i] = (float) (gradBeta[c] / count);
            secondSum[i] = (float) (gradGamma[c] / count);
        }
        for (int at = 0; at < n * size; at += width) {
            System.arraycopy(normalised, at, zRow, 0, width);
            System.arraycopy(gradient, at, gradientRow, 0, width);
            throughNorm();
            System.arraycopy(gradientRow, 0, gradient, at, width);
        }
    }

    // Each loop runs over whole arrays with a single index: the compiler vectorises no others.

    private void addSquares() {
        for (int i = 0; i < width; i++) {
            float v = zRow[i];
            firstSum[i] += v;
            secondSum[i] += v * v;
        }
    }

    private void normalise(float[] gammas, float[] betas) {
        for (int i = 0; i < width; i++) {
            float v = zRow[i] * scale[i] + shift[i];
            zRow[i] = v;
            outputRow[i] = Math.max(0, gammas[i] * v + betas[i]);
        }
    }

    private void throughRelu() {
        for (int i = 0; i < width; i++) {
            // 1 where the output is above 0, else 0, without a branch.
            float open = Math.min(1, outputRow[i] * Float.MAX_VALUE);
            float d = gradientRow[i] * open;
            gradientRow[i] = d;
            firstSum[i] += d;
            secondSum[i] += d * zRow[i];
        }
    }

    private void throughNorm() {
        for (int i = 0; i < width; i++) {
            gradientRow[i] = shift[i] * (gradientRow[i] - firstSum[i] - zRow[i] * secondSum[i]);
        }
    }

    private void addByChannel(float[] sums, double[] to) {
        for (int i = 0; i < width; i++) {
            to[i % channels] += sums[i];
        }
    }
}
