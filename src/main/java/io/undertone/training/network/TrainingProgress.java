package io.undertone.training.network;

import java.util.List;

/** Receives training progress. Called from the running and training threads, one call at a time. */
public interface TrainingProgress {
    /** Ignores progress. */
    TrainingProgress SILENT = (member, score, epochs) -> {};

    /**
     * A member finished an epoch.
     *
     * @param member number of the member, from 0
     * @param score its scores
     * @param epochs its maximum number of epochs
     */
    void epoch(int member, EpochScore score, int epochs);

    /**
     * A member resumes from a checkpoint.
     *
     * @param member number of the member, from 0
     * @param epoch the last finished one
     * @param epochs its maximum number of epochs
     */
    default void resumed(int member, int epoch, int epochs) {}

    /**
     * The number of ensemble trainings in the run, including those read back from earlier runs. One if not called.
     *
     * @param count at least 1
     */
    default void trainings(int count) {}

    /**
     * The members of a training start.
     *
     * @param costs relative cost of an epoch of each member, in order
     * @param epochs maximum number of epochs of each
     * @param threads members trained in parallel
     */
    default void begins(List<Long> costs, int epochs, int threads) {}

    /** A training is finished and its voters were scored, or it was read back. */
    default void ends() {}
}
