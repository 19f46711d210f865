package io.undertone.audio;

import java.util.Arrays;

/**
 * The weights of an upsampling filter, laid out for vector instructions. Every input is the <em>base</em>
 * of the outputs between it and the next, two or three from 8,000 to 22,050 Hz. Outputs of neighbouring bases depend on neighbouring
 * inputs, so for consecutive bases tap t is one loop over three rows: sums, weights, inputs. Java's compiler vectorises
 * that loop, but not the sum over one output's 34 taps, whose order it must keep.
 *
 * <p>The order of an output's sum does not depend on the number of bases. Immutable, shared.
 */
final class UpsamplingWeights {
    /** Fewest bases in a block: in shorter loops the overhead dominates. */
    private static final int MIN_BASES = 128;

    private final int up;
    private final int down;
    private final int taps;
    private final int bases;
    private final int lanes;

    /** {@code [lane][tap][base]}: lane 0 holds each base's first output, lane 1 its second. */
    private final float[][][] weights;

    /** Outputs of bases before each base of the block. */
    private final int[] outputsBefore;

    private final ThreadLocal<Scratch> scratch;

    /** Scratch rows of one thread, indexed by base within the block. */
    private static final class Scratch {
        /** {@code [tap][base]}: the input of each base at that tap. */
        private final float[][] inputs;

        /** {@code [lane][base]}. */
        private final float[][] sums;

        Scratch(int lanes, int taps, int bases) {
            inputs = new float[taps][bases];
            sums = new float[lanes][bases];
        }
    }

    /** @param rows {@code [up][taps]}: weights of the output at each fraction of time, in 1 / up */
    UpsamplingWeights(int up, int down, int taps, float[] rows) {
        this.up = up;
        this.down = down;
        this.taps = taps;
        bases = bases(down);
        lanes = lanes(up, down);
        scratch = ThreadLocal.withInitial(() -> new Scratch(lanes, taps, bases));
        weights = new float[lanes][taps][bases];
        outputsBefore = new int[bases + 1];
        for (int base = 0; base < bases; base++) {
            int output = outputsBefore[base];
            int lane = 0;
            for (int phase = output * down - base * up; phase < up; phase += down, lane++) {
                for (int tap = 0; tap < taps; tap++) {
                    weights[lane][tap][base] = rows[phase * taps + tap];
                }
            }
            outputsBefore[base + 1] = output + lane;
        }
    }

    private static int bases(int down) {
        return (MIN_BASES + down - 1) / down * down;
    }

    private static int lanes(int up, int down) {
        return (up + down - 1) / down;
    }

    /** Number of weights of such a table. */
    static long size(int up, int down, int taps) {
        return (long) lanes(up, down) * taps * bases(down);
    }

    /** Bases in a block, the period of the weights: 160 from 8,000 to 22,050 Hz. */
    int bases() {
        return bases;
    }

    /**
     * The outputs of some bases.
     *
     * @param base the first of them, from the stream's beginning
     * @param count how many, all in the same block
     * @param firstOutput outputs before this number are left out
     * @param samples the inputs, those of the first base from {@code from} on, those of the next from {@code from + 1} on
     * @param target filled from {@code offset} on
     * @return how many outputs
     */
    int apply(long base, int count, long firstOutput, float[] samples, int from, float[] target, int offset) {
        int first = (int) (base % bases);
        float[][] sums = sum(first, count, samples, from);
        long blockOutput = (base - first) / down * up;
        int skipped = (int) Math.max(0, firstOutput - (blockOutput + outputsBefore[first]));
        int end = offset;
        for (int i = first; i < first + count; i++) {
            int outputs = outputsBefore[i + 1] - outputsBefore[i];
            int lane = Math.min(skipped, outputs);
            skipped -= lane;
            for (; lane < outputs; lane++) {
                target[end++] = sums[lane][i];
            }
        }
        return end - offset;
    }

    private float[][] sum(int first, int count, float[] samples, int from) {
        Scratch rows = scratch.get();
        int end = first + count;
        for (int tap = 0; tap < taps; tap++) {
            System.arraycopy(samples, from + tap, rows.inputs[tap], first, count);
        }
        for (int lane = 0; lane < lanes; lane++) {
            float[] sums = rows.sums[lane];
            Arrays.fill(sums, first, end, 0);
            int tap = 0;
            for (; tap + 2 < taps; tap += 3) {
                addThree(sums, weights[lane], rows.inputs, tap, first, end);
            }
            for (; tap < taps; tap++) {
                addOne(sums, weights[lane][tap], rows.inputs[tap], first, end);
            }
        }
        return rows.sums;
    }

    /** Three taps at a time, to load and store sums less often; with four, or with differing row offsets, Java 17 does not vectorise it. */
    private static void addThree(float[] sums, float[][] weights, float[][] inputs, int tap, int first, int end) {
        float[] weightsA = weights[tap];
        float[] weightsB = weights[tap + 1];
        float[] weightsC = weights[tap + 2];
        float[] inputsA = inputs[tap];
        float[] inputsB = inputs[tap + 1];
        float[] inputsC = inputs[tap + 2];
        for (int i = first; i < end; i++) {
            sums[i] = sums[i] + weightsA[i] * inputsA[i] + weightsB[i] * inputsB[i] + weightsC[i] * inputsC[i];
        }
    }

    private static void addOne(float[] sums, float[] weights, float[] inputs, int first, int end) {
        for (int i = first; i < end; i++) {
            sums[i] += weights[i] * inputs[i];
        }
    }
}
