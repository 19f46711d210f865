package io.undertone.training.network;

import io.undertone.bundle.Weights;

/**
 * A network while it learns. Owns native memory: its creator closes it. Not thread-safe; used by the thread that made it.
 */
public interface Learner extends AutoCloseable {
    /** Fixes what dropout draws from here on. */
    void reseed(long seed);

    /**
     * One step of the optimiser.
     *
     * @return mean loss of the batch before the step
     */
    double step(Batch batch, double learningRate);

    /**
     * What the network says, without dropout.
     *
     * @param probabilities filled with {@code [batch][labels]}
     */
    void predict(Batch batch, float[] probabilities);

    /** The weights as they are. */
    Weights weights();

    /** All that the next step depends on: weights, running statistics, the optimiser's moments and step count. */
    byte[] state();

    /** Goes on from {@link #state()}. */
    void restore(byte[] state);

    @Override
    void close();
}
