package io.undertone.inference;

/** Observes the batcher, for metrics. Called by the batcher's threads. */
public interface BatchObserver {
    /** Ignores all calls. */
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
     * @param voters evaluated together: {@code networks}, or the name of a single voter
     * @param computedNanos how long they took
     */
    default void computedBy(String voters, long computedNanos) {}

    /** The ensemble failed on a batch of this size. */
    default void failed(int windows) {}
}
