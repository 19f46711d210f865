package io.undertone.training.network;

import java.util.function.DoubleSupplier;

/**
 * Goes on with a network that has learned before: Adam at a rate that rises over the first tenth and then falls to nothing as half a cosine, so that it
 * ends well wherever its time ends.
 *
 * @param epochs most passes over the examples
 * @param peak the highest rate
 * @param spent share of its time that is over, from 0; it ends at 1
 */
public record FineTuner(int epochs, double peak, DoubleSupplier spent) {
    private static final double RISE = 0.1;

    public FineTuner {
        if (epochs < 1) {
            throw new IllegalArgumentException("must be >= 1: epochs=" + epochs);
        }
        if (!(peak > 0)) {
            throw new IllegalArgumentException("a learning rate must be > 0: peak=" + peak);
        }
    }

    /**
     * Goes on.
     *
     * @param learner with the weights to begin with
     * @param batchSize examples a step
     * @return passes that were begun
     */
    public int tune(Learner learner, Examples examples, int batchSize, long seed) {
        Batch batch = new Batch(batchSize, examples.inputSize(), examples.labels());
        int perEpoch = Math.max(1, examples.size() / batchSize);
        int step = 0;
        int epoch = 0;
        while (epoch < epochs && spent.getAsDouble() < 1) {
            epoch++;
            learner.reseed(Seeds.derive(seed, epoch, 1));
            Examples.Pass pass = examples.pass(Seeds.derive(seed, epoch, 2));
            while (pass.next(batch)) {
                double done = Math.max(step++ / (double) (perEpoch * epochs), spent.getAsDouble());
                if (done >= 1) {
                    return epoch;
                }
                double loss = learner.step(batch, rate(done));
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("training must stay finite: loss=" + loss + " in epoch " + epoch);
                }
            }
        }
        return epoch;
    }

    /** The rate when so much of all is done, [0, 1): of a peak of 1, 0.5 at 0.05, 1 at 0.1 and 0.5 at 0.55. */
    double rate(double done) {
        return done < RISE ? peak * done / RISE : peak * (1 + Math.cos(Math.PI * (done - RISE) / (1 - RISE))) / 2;
    }
}
