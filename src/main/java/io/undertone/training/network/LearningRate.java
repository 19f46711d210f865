package io.undertone.training.network;

/** A learning rate schedule. */
public sealed interface LearningRate {
    /**
     * The rate of one step.
     *
     * @param step number of the step, from 0
     * @param steps total number of steps
     */
    double at(int step, int steps);

    /**
     * The same rate throughout.
     *
     * @param rate the rate
     */
    record Constant(double rate) implements LearningRate {
        public Constant {
            positive(rate);
        }

        @Override
        public double at(int step, int steps) {
            return rate;
        }
    }

    /**
     * One cycle (Smith and Topin 2018), both legs a half cosine as in PyTorch's {@code OneCycleLR}: from {@code peak / 25} up
     * to {@code peak} over the first quarter of the steps, then down to {@code peak / 250000}.
     *
     * @param peak the highest rate
     */
    record OneCycle(double peak) implements LearningRate {
        private static final double RISE = 0.25;
        private static final double START_DIVISOR = 25;
        private static final double END_DIVISOR = START_DIVISOR * 1e4;

        public OneCycle {
            positive(peak);
        }

        @Override
        public double at(int step, int steps) {
            double top = Math.max(1, RISE * steps - 1);
            double last = Math.max(top + 1, steps - 1.0);
            return step <= top
                    ? between(peak / START_DIVISOR, peak, step / top)
                    : between(peak, peak / END_DIVISOR, Math.min(1, (step - top) / (last - top)));
        }

        private static double between(double from, double to, double share) {
            return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
        }
    }

    private static void positive(double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("a learning rate must be > 0: rate=" + rate);
        }
    }
}
