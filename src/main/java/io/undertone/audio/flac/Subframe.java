package io.undertone.audio.flac;

import static io.undertone.audio.flac.FlacException.require;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes subframes, a channel's samples of one frame (RFC 9639, 9.2). Computed in 64 bits: sums of 32 products of a 33-bit sample and
 * a 15-bit coefficient need 53.
 */
final class Subframe {
    private static final int MAX_ORDER = 32;

    /** Coefficients of the fixed predictors, the latest sample's first, of orders 0 to 4. */
    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private final BitInput in;
    private final int[] coefficients = new int[MAX_ORDER];

    Subframe(BitInput in) {
        this.in = in;
    }

    /**
     * Decodes the next subframe.
     *
     * @param bits of a sample, 4 to 33
     * @param target gets the samples, integers
     * @param count how many
     */
    void read(int bits, long[] target, int count) throws IOException {
        require(in.read(1) == 0, "a subframe must begin with a zero bit: it does not; the file is damaged");
        int type = (int) in.read(6);
        long wasted = in.read(1) == 0 ? 0 : in.readUnary() + 1;
        require(
                wasted < bits,
                "a subframe must waste fewer bits than a sample has: wasted=" + wasted + ", bits=" + bits
                        + "; the file is damaged");
        int width = bits - (int) wasted;
        if (type == 0) {
            Arrays.fill(target, 0, count, in.readSigned(width));
        } else if (type == 1) {
            readWarmUp(width, target, count);
        } else if (type >= 8 && type <= 12) {
            readFixed(type - 8, width, target, count);
        } else if (type >= 32) {
            readLinear(type - 31, width, target, count);
        } else {
            throw new FlacException(
                    "a subframe must be of a kind that RFC 9639 knows: type=" + type + "; the file is damaged");
        }
        if (wasted > 0) {
            for (int i = 0; i < count; i++) {
                target[i] <<= wasted;
            }
        }
    }

    private void readWarmUp(int width, long[] target, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            target[i] = in.readSigned(width);
        }
    }

    private void readFixed(int order, int width, long[] target, int count) throws IOException {
        requireOrder(order, count);
        readWarmUp(width, target, order);
        readResidual(order, target, count);
        System.arraycopy(FIXED[order], 0, coefficients, 0, order);
        predict(order, 0, target, count);
    }

    private void readLinear(int order, int width, long[] target, int count) throws IOException {
        requireOrder(order, count);
        readWarmUp(width, target, order);
        int precision = (int) in.read(4) + 1;
        require(precision < 16, "a predictor's coefficients must have 1 to 15 bits: bits=16; the file is damaged");
        int shift = (int) in.readSigned(5);
        require(shift >= 0, "a predictor's shift must be 0 to 15 bits: shift=" + shift + "; the file is damaged");
        for (int i = 0; i < order; i++) {
            coefficients[i] = (int) in.readSigned(precision);
        }
        readResidual(order, target, count);
        predict(order, shift, target, count);
    }

    private static void requireOrder(int order, int count) throws FlacException {
        require(
                order <= count,
                "a predictor's order must be no more than the block's samples: order=" + order + ", samples=" + count
                        + "; the file is damaged");
    }

    /** Adds the prediction to each residual. */
    private void predict(int order, int shift, long[] target, int count) {
        for (int i = order; i < count; i++) {
            long sum = 0;
            for (int j = 0; j < order; j++) {
                sum += coefficients[j] * target[i - 1 - j];
            }
            target[i] += sum >> shift;
        }
    }

    /** Reads residuals into {@code [order; count)} (9.2.7): partitions, each of Rice codes or of plain numbers. */
    private void readResidual(int order, long[] target, int count) throws IOException {
        int method = (int) in.read(2);
        require(method <= 1, "residuals must be coded by method 0 or 1: method=" + method + "; the file is damaged");
        int parameterBits = method == 0 ? 4 : 5;
        int escape = (1 << parameterBits) - 1;
        int partitionOrder = (int) in.read(4);
        int size = count >> partitionOrder;
        require(
                size << partitionOrder == count && size >= order,
                "a block must be cut into equal partitions, the first no shorter than the predictor's order: samples="
                        + count + ", partitions=2^" + partitionOrder + ", order=" + order + "; the file is damaged");
        int from = order;
        for (int partition = 1; partition <= 1 << partitionOrder; partition++) {
            int to = partition * size;
            int parameter = (int) in.read(parameterBits);
            if (parameter == escape) {
                readPlain(target, from, to);
            } else {
                readRice(parameter, target, from, to);
            }
            from = to;
        }
    }

    private void readPlain(long[] target, int from, int to) throws IOException {
        int width = (int) in.read(5);
        for (int i = from; i < to; i++) {
            target[i] = width == 0 ? 0 : in.readSigned(width);
        }
    }

    private void readRice(int parameter, long[] target, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            long quotient = in.readUnary();
            long folded = quotient << parameter | in.read(parameter);
            require(
                    quotient <= 0xffff_ffffL >> parameter,
                    "a residual must fit in 32 bits: it does not; the file is damaged");
            target[i] = folded >>> 1 ^ -(folded & 1);
        }
    }
}
