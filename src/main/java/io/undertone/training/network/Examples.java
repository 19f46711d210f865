package io.undertone.training.network;

/**
 * What a network is fitted to or measured on. A pass over it is fixed by its number, so that a run resumed at epoch 7 sees
 * what an unbroken run saw.
 */
public interface Examples {
    /** Examples in one pass. */
    int size();

    /** Values of one input. */
    int inputSize();

    /** Number of labels. */
    int labels();

    /**
     * Begins a pass.
     *
     * @param seed what all that is random in this pass derives from
     */
    Pass pass(long seed);

    /** One pass over the examples, in batches. */
    interface Pass {
        /** Fills the batch with the next examples, at most its capacity; false, with nothing filled, after the last. */
        boolean next(Batch batch);
    }
}
