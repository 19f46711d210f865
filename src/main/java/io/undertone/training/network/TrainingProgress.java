package io.undertone.training.network;

import java.util.List;

/** Told as training goes on. Called from the threads that run and train, one call at a time. */
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

    /**
     * How many trainings of an ensemble the run has, those of earlier runs that are read back included. Not told: one.
     *
     * @param count at least 1
     */
    default void trainings(int count) {}

    /**
     * The members of a training begin.
     *
     * @param costs what an epoch of each member costs beside the others, in order
     * @param epochs most epochs that each has
     * @param threads members side by side
     */
    default void begins(List<Long> costs, int epochs, int threads) {}

    /** A training is over and its voters were asked what they were to be asked, or it was read back. */
    default void ends() {}
}
