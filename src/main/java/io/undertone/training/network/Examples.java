package io.undertone.training.network;

/**
 * Examples that a network is trained or measured on. A pass is determined by its number, so that a run resumed at epoch 7 sees the same
 * examples as an uninterrupted run.
 */
public interface Examples {
    /** The number of examples in a pass. */
    int size();

    /** The number of values of one input. */
    int inputSize();

    /** Number of labels. */
    int labels();

    /**
     * Starts a pass.
     *
     * @param seed for all randomness in this pass
     */
    Pass pass(long seed);

    /** One pass over the examples, in batches. */
    interface Pass {
        /** Fills the batch with the next examples, up to its capacity; returns false, without filling it, after the last. */
        boolean next(Batch batch);
    }
}
