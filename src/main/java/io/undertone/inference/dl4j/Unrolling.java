package io.undertone.inference.dl4j;

/**
 * Where a convolution over {@code [time][band][channel]} takes its inputs from, as a matrix ("im2col", Chellapilla et al. 2006): row
 * {@code (outTime, outBand)} holds the {@code kernelTime * kernelBand * channels} inputs of that output, zeros where the kernel
 * reaches over an edge. The convolution is then one matrix product. Not thread-safe: it keeps a padded example between calls.
 */
final class Unrolling {
    private final ConvNormRelu conf;
    private final int times;
    private final int bands;
    private final int channels;
    private final int paddedWidth;
    private final float[] padded;

    /**
     * @param times steps of time of an example
     * @param bands bands of an example
     * @param channels values of a band
     */
    Unrolling(ConvNormRelu conf, int times, int bands, int channels) {
        this.conf = conf;
        this.times = times;
        this.bands = bands;
        this.channels = channels;
        paddedWidth = (bands + conf.kernelBand()) * channels;
        padded = new float[(times + conf.kernelTime()) * paddedWidth];
    }

    int times() {
        return times;
    }

    int bands() {
        return bands;
    }

    int outTimes() {
        return (times + conf.strideTime() - 1) / conf.strideTime();
    }

    int outBands() {
        return (bands + conf.strideBand() - 1) / conf.strideBand();
    }

    /** Rows of an example. */
    int rows() {
        return outTimes() * outBands();
    }

    /** Values of a row. */
    int taps() {
        return conf.kernelTime() * conf.kernelBand() * channels;
    }

    /** Values of an example's input. */
    int inputSize() {
        return times * bands * channels;
    }

    /** Unrolls the example at {@code x[from]} into {@code matrix[to]}, {@code [rows][taps]}. */
    void unroll(float[] x, int from, float[] matrix, int to) {
        int width = bands * channels;
        for (int t = 0; t < times; t++) {
            System.arraycopy(x, from + t * width, padded, inPadded(t), width);
        }
        int run = conf.kernelBand() * channels;
        int at = to;
        for (int t = 0; t < outTimes(); t++) {
            for (int b = 0; b < outBands(); b++) {
                int corner = corner(t, b);
                for (int k = 0; k < conf.kernelTime(); k++, at += run) {
                    System.arraycopy(padded, corner + k * paddedWidth, matrix, at, run);
                }
            }
        }
    }

    /** The reverse of {@link #unroll} for gradients: what came of one input in several rows is summed into {@code dx[to]}. */
    void foldBack(float[] matrix, int from, float[] dx, int to) {
        java.util.Arrays.fill(padded, 0);
        int run = conf.kernelBand() * channels;
        int at = from;
        for (int t = 0; t < outTimes(); t++) {
            for (int b = 0; b < outBands(); b++) {
                int corner = corner(t, b);
                for (int k = 0; k < conf.kernelTime(); k++, at += run) {
                    add(matrix, at, corner + k * paddedWidth, run);
                }
            }
        }
        int width = bands * channels;
        for (int t = 0; t < times; t++) {
            System.arraycopy(padded, inPadded(t), dx, to + t * width, width);
        }
        java.util.Arrays.fill(padded, 0);
    }

    private void add(float[] from, int at, int to, int length) {
        for (int i = 0; i < length; i++) {
            padded[to + i] += from[at + i];
        }
    }

    private int inPadded(int time) {
        return (time + conf.kernelTime() / 2) * paddedWidth + conf.kernelBand() / 2 * channels;
    }

    private int corner(int outTime, int outBand) {
        return outTime * conf.strideTime() * paddedWidth + outBand * conf.strideBand() * channels;
    }
}
