package io.undertone.training.network;

import org.nd4j.linalg.schedule.ISchedule;

/** The learning rate of the current step, shared by all layers: its {@code clone} returns itself. Not thread-safe. */
final class RateHolder implements ISchedule {
    private static final long serialVersionUID = 1L;

    private double rate = 1e-3;

    void set(double newRate) {
        rate = newRate;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate;
    }

    @Override
    @SuppressWarnings({"MissingSuperCall", "SuperCallToObjectMethod"}) // shared on purpose
    public ISchedule clone() {
        return this;
    }
}
