package io.undertone.inference;

/** Sees what the batcher does, for metrics. Called by the batcher's threads. */
public interface BatchObserver {
    /** Sees nothing. */
    BatchObserver NONE = new BatchObserver() {};

    /**
     * A batch was computed.
     *
     * @param windows its size
     * @param waitedNanos how long its oldest window had waited
     * @param computedNanos how long the ensemble took
     */
    default void computed(int windows, long waitedNanos, long computedNanos) {}

    /**
     * Some voters computed a batch.
     *
     * @param voters who were asked together: {@code networks}, or a voter by its name
     * @param computedNanos how long they took
     */
    default void computedBy(String voters, long computedNanos) {}

    /** The ensemble failed on a batch of this size. */
    default void failed(int windows) {}
}
