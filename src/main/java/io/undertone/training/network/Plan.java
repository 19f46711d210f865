package io.undertone.training.network;

/**
 * Training hyperparameters, independent of the network's shape and the data.
 *
 * @param epochs maximum number of passes over the examples
 * @param batchSize examples per step
 * @param learningRate of Adam (Kingma and Ba 2015), by step
 * @param weightDecay share of each weight subtracted per step, times the learning rate, independent of Adam's moments (AdamW,
 *     Loshchilov and Hutter 2019); 0 for none
 * @param patience epochs without a better validation loss after which a member stops, its best epoch kept; 0 to run all
 *     epochs and keep the last
 */
public record Plan(int epochs, int batchSize, LearningRate learningRate, double weightDecay, int patience) {
    public Plan {
        atLeast(1, epochs, "epochs");
        atLeast(1, batchSize, "batchSize");
        atLeast(0, patience, "patience");
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("must be >= 0: weightDecay=" + weightDecay);
        }
    }

    /** Whether the best epoch on held-out examples is kept, rather than the last. */
    public boolean stopsEarly() {
        return patience > 0;
    }

    /** The same without early stopping: all epochs, the last kept. */
    public Plan runToTheEnd() {
        return new Plan(epochs, batchSize, learningRate, weightDecay, 0);
    }

    private static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException("must be >= " + least + ": " + name + "=" + value);
        }
    }
}
