package io.undertone.audio;

import org.jspecify.annotations.Nullable;

/**
 * Resamples a stream in pieces with TarsosDSP's filter (see {@link ResamplingFilter}):
 * the outputs are the same, bit for bit, however the input was cut into pieces. Output k is at the time of input
 * {@code k * fromHz / toHz} and is returned once its last input was given (17 inputs after it, at the lower of both rates);
 * silence precedes the first input. Equal rates pass through unchanged.
 *
 * <p>It keeps the inputs of outputs that may be needed again, see {@link #keepFrom}: those and the number of the
 * first output are its whole state. Not thread-safe.
 */
public final class StreamingResampler {
    private final ResamplingFilter filter;
    private final @Nullable UpsamplingWeights upsampling;
    private final float[] scratch;
    private long nextOutput;
    private long inputs;
    private long keptOutput;

    /** Inputs from number {@code historyStart} on. */
    private float[] history;

    private long historyStart;
    private int historyLength;

    /** A stream that begins with input and output 0. */
    public StreamingResampler(int fromHz, int toHz) {
        this(fromHz, toHz, 0);
    }

    /** A stream whose first output is number {@code firstOutput} and whose first input is {@link #firstInputOf} of that. */
    public StreamingResampler(int fromHz, int toHz, long firstOutput) {
        filter = ResamplingFilter.between(fromHz, toHz);
        upsampling = filter.upsampling();
        scratch = new float[upsampling == null ? filter.taps() : 0];
        history = new float[256];
        nextOutput = firstOutput;
        keptOutput = firstOutput;
        inputs = firstInputOf(firstOutput);
        historyStart = inputs;
    }

    /** Number of the first input that output number {@code output} depends on. */
    public long firstInputOf(long output) {
        return Math.max(0, timeOf(output) - Math.max(0, filter.reach() - 1));
    }

    /** Number of inputs taken so far, from the stream's beginning. */
    public long inputs() {
        return inputs;
    }

    /** Number of the next output. */
    public long nextOutput() {
        return nextOutput;
    }

    /** Most outputs that {@link #process} or {@link #finish} gives for {@code count} inputs. */
    public int maxOutputs(int count) {
        return (int) (((long) count + filter.reach() + 1) * filter.up() / filter.down()) + 2;
    }

    /** Declares that outputs before number {@code output} are no longer needed. */
    public void keepFrom(long output) {
        keptOutput = output;
    }

    /**
     * Takes {@code count} inputs.
     *
     * @param input mono, from {@code from} on
     * @param output filled from {@code offset} on with what can be computed now, {@link #maxOutputs} at most
     * @return how many
     */
    public int process(float[] input, int from, int count, float[] output, int offset) {
        append(input, from, count);
        return compute(inputs, output, offset);
    }

    /**
     * Returns the outputs before the end of the input, as if silence followed.
     *
     * @return how many
     */
    public int finish(float[] output, int offset) {
        long end = inputs;
        append(new float[filter.reach()], 0, filter.reach());
        // Outputs before the end only: k * down < end * up.
        int made = compute(inputs, output, offset);
        // The silence must not be counted as input.
        inputs = end;
        return made;
    }

    private int compute(long end, float[] output, int offset) {
        if (filter.reach() == 0) {
            int count = (int) (end - nextOutput);
            System.arraycopy(history, (int) (nextOutput - historyStart), output, offset, count);
            nextOutput = end;
            return count;
        }
        return upsampling == null
                ? computeEach(end, output, offset)
                : computeRuns(upsampling, end - filter.reach(), output, offset);
    }

    private int computeEach(long end, float[] output, int offset) {
        int made = 0;
        while (timeOf(nextOutput) + filter.reach() < end) {
            output[offset + made++] = one();
        }
        return made;
    }

    /** All outputs of bases before {@code endBase}, a block's worth at a time. */
    private int computeRuns(UpsamplingWeights weights, long endBase, float[] output, int offset) {
        int made = 0;
        long base = timeOf(nextOutput);
        while (base < endBase) {
            long first = base - filter.reach() + 1;
            long end = Math.min(endBase, base - base % weights.bases() + weights.bases());
            float[] samples = history;
            if (first < historyStart) {
                // Bases whose inputs begin before the stream, where silence is assumed.
                end = Math.min(end, historyStart + filter.reach() - 1);
                samples = new float[(int) (end - base) + filter.taps()];
                int missing = (int) (historyStart - first);
                System.arraycopy(history, 0, samples, missing, Math.min(historyLength, samples.length - missing));
                first = historyStart;
            }
            int count = (int) (end - base);
            int outputs = weights.apply(
                    base, count, nextOutput, samples, (int) (first - historyStart), output, offset + made);
            nextOutput += outputs;
            made += outputs;
            base = end;
        }
        return made;
    }

    private float one() {
        long time = timeOf(nextOutput);
        int phase = (int) (nextOutput * filter.down() - time * filter.up());
        nextOutput++;
        if (filter.reach() == 0) {
            return history[(int) (time - historyStart)];
        }
        long first = time - filter.reach() + 1;
        int missing = (int) Math.max(0, historyStart - first);
        if (missing == 0) {
            return filter.apply(phase, history, (int) (first - historyStart), scratch);
        }
        float[] padded = new float[filter.taps()];
        System.arraycopy(history, 0, padded, missing, padded.length - missing);
        return filter.apply(phase, padded, 0, scratch);
    }

    private long timeOf(long output) {
        return Math.floorDiv(output * filter.down(), (long) filter.up());
    }

    private void append(float[] input, int from, int count) {
        if (historyLength + count > history.length) {
            drop();
            if (historyLength + count > history.length) {
                float[] larger = new float[Math.max(historyLength + count, history.length * 2)];
                System.arraycopy(history, 0, larger, 0, historyLength);
                history = larger;
            }
        }
        System.arraycopy(input, from, history, historyLength, count);
        historyLength += count;
        inputs += count;
    }

    private void drop() {
        int unwanted = (int) (firstInputOf(Math.min(keptOutput, nextOutput)) - historyStart);
        if (unwanted > 0) {
            historyLength -= unwanted;
            historyStart += unwanted;
            System.arraycopy(history, unwanted, history, 0, historyLength);
        }
    }

    /** Inputs kept: those from {@link #firstInputOf} the output given to {@link #keepFrom} on. */
    public int historyLength() {
        drop();
        return historyLength;
    }

    /** Copies the inputs kept to {@code target} from {@code offset} on. */
    public void copyHistory(float[] target, int offset) {
        drop();
        System.arraycopy(history, 0, target, offset, historyLength);
    }
}
