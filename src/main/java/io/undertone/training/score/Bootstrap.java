package io.undertone.training.score;

import io.undertone.training.network.Seeds;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The bootstrap standard error of a figure over speakers (Efron 1979): its standard deviation over 200 resamples of the speakers with
 * replacement, with a fixed seed.
 */
public final class Bootstrap {
    private static final int DRAWS = 200;
    private static final int LEAST_UNITS = 2;
    private static final long SEED = Seeds.derive(1, "bootstrap");

    private Bootstrap() {}

    /**
     * The standard error of a figure.
     *
     * @param units number of speakers, or of files without speech
     * @param figure computes the figure for a resample of {@code units} indices from 0 to {@code units - 1}; resamples without a value are
     *     left out
     * @return NaN with fewer than two units
     */
    public static double standardError(int units, ToDoubleFunction<int[]> figure) {
        if (units < LEAST_UNITS) {
            return Double.NaN;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double sum = 0;
        double squares = 0;
        int counted = 0;
        int[] draw = new int[units];
        for (int i = 0; i < DRAWS; i++) {
            for (int unit = 0; unit < units; unit++) {
                draw[unit] = random.nextInt(units);
            }
            double value = figure.applyAsDouble(draw);
            if (Double.isFinite(value)) {
                sum += value;
                squares += value * value;
                counted++;
            }
        }
        if (counted < LEAST_UNITS) {
            return Double.NaN;
        }
        double mean = sum / counted;
        return Math.sqrt(Math.max(0, squares / counted - mean * mean) * counted / (counted - 1));
    }
}
