package io.undertone.inference.dl4j;

/**
 * Where a convolution over {@code [time][band][channel]} takes its inputs from, as a matrix ("im2col", Chellapilla et al. 2006): row
 * {@code (outTime, outBand)} holds the inputs of that output, zeros where the kernel reaches over an edge. The convolution is then
 * one matrix product.
 *
 * <p>Where a kernel's bands alone make rows long enough, time is left rolled up: a row holds one step of time, each input stands
 * there once for {@code kernelTime} times less to copy, and the convolution is a sum of products, one a step of the kernel, over rows
 * that begin {@link #firstRow} apart. With a stride of 2, even steps stand before odd ones, so that the rows of one product are
 * neighbours. Not thread-safe: it keeps a padded example between calls.
 */
final class Unrolling {
    /** Values of a row from which on a product pays for itself. */
    private static final int LONG_ENOUGH = 32;

    private final ConvNormRelu conf;
    private final boolean byStep;
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
        byStep = conf.kernelBand() > 1 && conf.kernelBand() * channels >= LONG_ENOUGH;
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

    /** Rows of one product: outputs of an example. */
    int rows() {
        return outTimes() * outBands();
    }

    /** Products that are summed. */
    int products() {
        return byStep ? conf.kernelTime() : 1;
    }

    /** Rows of an example's matrix; those of a product are {@link #rows} of them. */
    int matrixRows() {
        return byStep ? conf.strideTime() * stepsAPhase() * outBands() : rows();
    }

    /** Where the rows of a product begin. */
    int firstRow(int product) {
        return byStep ? row(product) : 0;
    }

    /** Values of a row. */
    int rowLength() {
        return taps() / products();
    }

    /** Inputs of one output. */
    int taps() {
        return conf.kernelTime() * conf.kernelBand() * channels;
    }

    /** Values of an example's input. */
    int inputSize() {
        return times * bands * channels;
    }

    /** Unrolls the example at {@code x[from]} into {@code matrix[to]}, {@code [matrixRows][rowLength]}. */
    void unroll(float[] x, int from, float[] matrix, int to) {
        int width = bands * channels;
        for (int t = 0; t < times; t++) {
            System.arraycopy(x, from + t * width, padded, inPadded(t), width);
        }
        int run = conf.kernelBand() * channels;
        for (int step = 0; step < steps(); step++) {
            int at = to + row(step) * rowLength();
            for (int b = 0; b < outBands(); b++) {
                int corner = corner(step, b);
                for (int k = 0; k < stepsARow(); k++, at += run) {
                    System.arraycopy(padded, corner + k * paddedWidth, matrix, at, run);
                }
            }
        }
    }

    /** The reverse of {@link #unroll} for gradients: what came of one input in several rows is summed into {@code dx[to]}. */
    void foldBack(float[] matrix, int from, float[] dx, int to) {
        java.util.Arrays.fill(padded, 0);
        int run = conf.kernelBand() * channels;
        for (int step = 0; step < steps(); step++) {
            int at = from + row(step) * rowLength();
            for (int b = 0; b < outBands(); b++) {
                int corner = corner(step, b);
                for (int k = 0; k < stepsARow(); k++, at += run) {
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

    private int corner(int step, int outBand) {
        return step * (byStep ? 1 : conf.strideTime()) * paddedWidth + outBand * conf.strideBand() * channels;
    }

    /** Steps of time that begin a row: all that a kernel touches, or those that it begins at. */
    private int steps() {
        return byStep ? (outTimes() - 1) * conf.strideTime() + conf.kernelTime() : outTimes();
    }

    private int stepsARow() {
        return byStep ? 1 : conf.kernelTime();
    }

    private int stepsAPhase() {
        return (steps() + conf.strideTime() - 1) / conf.strideTime();
    }

    /** The first row of a step. */
    private int row(int step) {
        int place = byStep ? step % conf.strideTime() * stepsAPhase() + step / conf.strideTime() : step;
        return place * outBands();
    }
}
