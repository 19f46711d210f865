package io.undertone.training.network;

/** Told as training goes on. Called from the threads that train, one call at a time. */
public interface TrainingProgress {
    /** Tells nobody. */
    TrainingProgress SILENT = (member, score, epochs) -> {};

    /**
     * A member finished an epoch.
     *
     * @param member number of the member, from 0
     * @param score how it stands
     * @param epochs most epochs it has
     */
    void epoch(int member, EpochScore score, int epochs);

    /**
     * A member goes on from the checkpoint of a run that was stopped.
     *
     * @param member number of the member, from 0
     * @param epoch the last that it had finished
     * @param epochs most epochs it has
     */
    default void resumed(int member, int epoch, int epochs) {}
}
