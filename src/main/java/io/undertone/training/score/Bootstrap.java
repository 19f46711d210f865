package io.undertone.training.score;

import io.undertone.training.network.Seeds;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How far a figure would have come out otherwise with other people: the spread of the figure over draws of as many speakers with
 * replacement (Efron 1979), 200 of them, with a fixed seed.
 */
public final class Bootstrap {
    private static final int DRAWS = 200;
    private static final int LEAST_UNITS = 2;
    private static final long SEED = Seeds.derive(1, "bootstrap");

    private Bootstrap() {}

    /**
     * The standard error of a figure.
     *
     * @param units speakers, or files where nobody speaks
     * @param figure of a draw: {@code units} numbers from 0 to {@code units - 1}; draws that it has no number for are left out
     * @return not a number where there are fewer than two units
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
