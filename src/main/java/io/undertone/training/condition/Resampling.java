package io.undertone.training.condition;

/**
 * Sample-rate conversion of a whole recording by any ratio, for lines and for faster or slower speech: band-limited
 * interpolation with a sinc of 32 zero crossings a side under a Hann window (Smith, Digital Audio Resampling), read from a
 * table between whose points it interpolates. Pass band to 0.92 of the lower rate's half. The stream itself resamples in
 * {@code audio}.
 */
final class Resampling {
    private static final int CROSSINGS = 32;
    private static final int TABLE_STEPS = 512;
    private static final double ROLL_OFF = 0.95;
    private static final float[] KERNEL = kernel();

    private Resampling() {}

    /**
     * Converts and plays {@code speed} times as fast: {@code round(n x toHz / fromHz / speed)} samples come out.
     *
     * @param samples mono
     */
    static float[] convert(float[] samples, int fromHz, int toHz, double speed) {
        if (fromHz == toHz && speed == 1) {
            return samples.clone();
        }
        double step = (double) fromHz / toHz * speed; // samples in for one out
        double cut = ROLL_OFF * Math.min(1, 1 / step);
        float[] out = new float[(int) Math.round(samples.length / step)];
        double reach = CROSSINGS / cut;
        for (int i = 0; i < out.length; i++) {
            double centre = i * step;
            int first = Math.max(0, (int) Math.ceil(centre - reach));
            int last = Math.min(samples.length - 1, (int) Math.floor(centre + reach));
            double sum = 0;
            for (int j = first; j <= last; j++) {
                sum += samples[j] * at(Math.abs(j - centre) * cut);
            }
            out[i] = (float) (sum * cut);
        }
        return out;
    }

    private static double at(double crossings) {
        double place = crossings * TABLE_STEPS;
        int below = (int) place;
        if (below >= KERNEL.length - 1) {
            return 0;
        }
        double share = place - below;
        return KERNEL[below] * (1 - share) + KERNEL[below + 1] * share;
    }

    private static float[] kernel() {
        float[] kernel = new float[CROSSINGS * TABLE_STEPS + 1];
        for (int i = 0; i < kernel.length; i++) {
            double x = Math.PI * i / TABLE_STEPS;
            double window = (1 + Math.cos(x / CROSSINGS)) / 2;
            kernel[i] = (float) (i == 0 ? 1 : Math.sin(x) / x * window);
        }
        return kernel;
    }
}
