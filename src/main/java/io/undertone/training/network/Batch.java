package io.undertone.training.network;

/**
 * Examples of one step, as plain arrays that a learner copies from: it may be filled again for the next step. Not
 * thread-safe.
 */
public final class Batch {
    /** The target of a label that an example's corpus does not have: the network is neither rewarded nor blamed for it. */
    public static final float UNKNOWN = -1;

    private final int inputSize;
    private final int labels;
    private final float[] inputs;
    private final int[] frames;
    private final float[] targets;
    private int size;

    /**
     * @param capacity most examples
     * @param inputSize values of one input
     * @param labels number of labels
     */
    public Batch(int capacity, int inputSize, int labels) {
        this.inputSize = inputSize;
        this.labels = labels;
        this.inputs = new float[capacity * inputSize];
        this.frames = new int[capacity];
        this.targets = new float[capacity * labels];
    }

    /** Says how many examples it holds from now on. */
    public void resize(int examples) {
        size = examples;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return frames.length;
    }

    public int inputSize() {
        return inputSize;
    }

    public int labels() {
        return labels;
    }

    /** {@code [capacity][inputSize]}, itself. */
    public float[] inputs() {
        return inputs;
    }

    /** Steps of time of each input that are the window's own, not padding, {@code [capacity]}, itself. */
    public int[] frames() {
        return frames;
    }

    /** {@code [capacity][labels]}, itself: shares summing to 1 over the known labels, {@link #UNKNOWN} elsewhere. */
    public float[] targets() {
        return targets;
    }
}
