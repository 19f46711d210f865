package io.undertone.training.network;

/**
 * The examples of one step, as plain arrays that a learner copies, so that it can be reused for the next step. Not
 * thread-safe.
 */
public final class Batch {
    /** The target of a label that is not annotated in an example's corpus: it does not enter the loss. */
    public static final float UNKNOWN = -1;

    private final int inputSize;
    private final int labels;
    private final float[] inputs;
    private final int[] frames;
    private final float[] targets;
    private int size;

    /**
     * @param capacity maximum number of examples
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

    /** Sets the number of examples. */
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

    /** The number of time steps of each input that are not padding, {@code [capacity]}, itself. */
    public int[] frames() {
        return frames;
    }

    /** {@code [capacity][labels]}, itself: shares summing to 1 over the known labels, {@link #UNKNOWN} elsewhere. */
    public float[] targets() {
        return targets;
    }
}
