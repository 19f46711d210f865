package io.undertone.training.network;

import io.undertone.bundle.Weights;

/**
 * A network in training. Owns native memory: its creator closes it. Not thread-safe; used by the thread that created it.
 */
public interface Learner extends AutoCloseable {
    /** Seeds dropout for the following steps. */
    void reseed(long seed);

    /**
     * One step of the optimiser.
     *
     * @return mean loss of the batch before the step
     */
    double step(Batch batch, double learningRate);

    /**
     * Predicts without dropout.
     *
     * @param probabilities filled with {@code [batch][labels]}
     */
    void predict(Batch batch, float[] probabilities);

    /** The current weights. */
    Weights weights();

    /** Everything that the next step depends on: weights, running statistics, the optimiser's moments and step count. */
    byte[] state();

    /** Restores {@link #state()}. */
    void restore(byte[] state);

    @Override
    void close();
}
