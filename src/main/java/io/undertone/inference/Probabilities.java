package io.undertone.inference;

/**
 * What each voter says of each window: {@code [window][voter][label]}, every row of labels summing to 1. Grows as asked and
 * is meant to be used again for the next batch. Not thread-safe.
 */
public final class Probabilities {
    private final int voters;
    private final int labels;
    private int windows;
    private float[] values = new float[0];

    public Probabilities(int voters, int labels) {
        this.voters = voters;
        this.labels = labels;
    }

    /** Makes room for {@code windows} windows; what stood here is undefined until it is set. */
    public void reset(int windows) {
        this.windows = windows;
        int needed = windows * voters * labels;
        if (values.length < needed) {
            values = new float[needed];
        }
    }

    public int windows() {
        return windows;
    }

    public int voters() {
        return voters;
    }

    public int labels() {
        return labels;
    }

    public float get(int window, int voter, int label) {
        return values[index(window, voter, label)];
    }

    public void set(int window, int voter, int label, float probability) {
        values[index(window, voter, label)] = probability;
    }

    private int index(int window, int voter, int label) {
        return (window * voters + voter) * labels + label;
    }
}
