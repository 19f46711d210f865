package io.undertone.training.network;

import java.util.function.DoubleSupplier;

/**
 * Fine-tunes a trained network: Adam with a rate that rises over the first tenth and then falls to 0 along half a cosine, scaled to the
 * time budget, so that the schedule always completes.
 *
 * @param epochs maximum number of passes over the examples
 * @param peak the highest rate
 * @param spent share of the time budget that is spent, from 0; training ends at 1
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
     * Trains.
     *
     * @param learner with the initial weights
     * @param batchSize examples per step
     * @return number of passes that were started
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

    /** The rate at this share of the schedule, [0, 1): of a peak of 1, 0.5 at 0.05, 1 at 0.1 and 0.5 at 0.55. */
    double rate(double done) {
        return done < RISE ? peak * done / RISE : peak * (1 + Math.cos(Math.PI * (done - RISE) / (1 - RISE))) / 2;
    }
}
