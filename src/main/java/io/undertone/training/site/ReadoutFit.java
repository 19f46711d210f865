package io.undertone.training.site;

import io.undertone.training.score.TemperatureFit;
import io.undertone.vote.Temperature;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Fits a readout to calls. With labels: moves the shares from the bundle's towards the counted ones, in quarters, as far as that improves
 * held-out calls; then fits the temperatures with the lowest loss (Guo et al. 2017), if that improves held-out calls. Shares stay if the
 * bundle does not state its shares in training. Without labels: fits shares only ({@link LabelShares#unlabelled}), and moves only part of
 * the way, since voters are less well calibrated than that method assumes.
 */
final class ReadoutFit {
    private static final int PARTS = 4;

    /**
     * The gain on held-out calls, in standard errors, that is required to change the shares, which are many numbers, and the temperatures,
     * which are two.
     */
    private static final int SHARES_ERRORS = 2;

    private static final int TEMPERATURE_ERRORS = 1;

    /** Steps of the search for the temperature within calls, for a precision of a thousandth. */
    private static final int STEPS = 18;

    private ReadoutFit() {}

    /** Fits a readout to these calls, some windows of which are labelled. */
    static Readout labelled(List<SiteCall> calls, Readout before) {
        Readout shared = before.priors().absent() ? before : counted(calls, before, part(calls, before));
        Folds folds = new Folds(calls);
        double[] gains = gains(folds, surprises(folds, shared), some -> tempered(some, shared));
        return exceeds(gains, TEMPERATURE_ERRORS) ? tempered(calls, shared) : shared;
    }

    /**
     * Fits a readout to these calls without labels.
     *
     * @param part how far to move from the bundle's shares to the estimated ones, 0 to 1
     */
    static Readout unlabelled(List<SiteCall> calls, Readout before, double part) {
        Map<String, Double> read = before.priors().read();
        Map<String, Double> found = LabelShares.unlabelled(windows(calls, call -> call.judgedAlone(before)), read);
        return before.withShares(LabelShares.between(read, found, part));
    }

    /**
     * How far shares should move towards the counted ones: to the lowest loss on held-out calls, if that improves on the bundle's shares by
     * more than two standard errors over the folds.
     */
    private static double part(List<SiteCall> calls, Readout before) {
        Folds folds = new Folds(calls);
        double[] surprises = surprises(folds, before);
        double best = 0;
        double most = 0;
        for (int step = 1; step <= PARTS; step++) {
            double part = (double) step / PARTS;
            double[] gains = gains(folds, surprises, some -> counted(some, before, part));
            double gain = DoubleStream.of(gains).sum();
            if (gain > most && exceeds(gains, SHARES_ERRORS)) {
                most = gain;
                best = part;
            }
        }
        return best;
    }

    /** The reduction of each fold's loss by a readout that is fitted to the other folds. */
    private static double[] gains(Folds folds, double[] before, Function<List<SiteCall>, Readout> fit) {
        double[] gains = new double[folds.count()];
        for (int fold = 0; fold < gains.length; fold++) {
            gains[fold] = before[fold] - surprise(folds, fold, fit.apply(folds.others(fold)));
        }
        return gains;
    }

    private static double[] surprises(Folds folds, Readout readout) {
        double[] surprises = new double[folds.count()];
        for (int fold = 0; fold < surprises.length; fold++) {
            surprises[fold] = surprise(folds, fold, readout);
        }
        return surprises;
    }

    private static double surprise(Folds folds, int fold, Readout readout) {
        return surprise(windows(folds.heldOut(fold), call -> call.judged(readout)));
    }

    /** Whether the gain exceeds this many standard errors over the folds. */
    private static boolean exceeds(double[] gains, int errors) {
        return gains.length > 1 && DoubleStream.of(gains).sum() > errors * errorOfSum(gains);
    }

    private static double errorOfSum(double[] values) {
        double mean = DoubleStream.of(values).average().orElse(0);
        double squares = DoubleStream.of(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares * values.length / (values.length - 1));
    }

    private static Readout counted(List<SiteCall> calls, Readout before, double part) {
        if (part == 0) {
            return before;
        }
        Map<String, Double> read = before.priors().read();
        Map<String, Double> own = LabelShares.counted(windows(calls, call -> call.judgedAlone(before)), read);
        return before.withShares(LabelShares.between(read, own, part));
    }

    static List<SiteWindow> windows(List<SiteCall> calls, Function<SiteCall, List<SiteWindow>> judge) {
        return calls.stream().flatMap(call -> judge.apply(call).stream()).toList();
    }

    private static Readout tempered(List<SiteCall> calls, Readout readout) {
        double alone = alone(windows(calls, call -> call.judgedAlone(readout.withTemperatures(1, 1))));
        if (!readout.persistence().usesEarlierWindows()) {
            return readout.withTemperatures(alone, readout.persistence().temperature());
        }
        double inCall = TemperatureFit.fit(
                temperature ->
                        surprise(windows(calls, call -> call.judged(readout.withTemperatures(alone, temperature)))),
                STEPS);
        return readout.withTemperatures(alone, inCall);
    }

    /** Fits the temperature of windows that were judged with a temperature of 1. */
    private static double alone(List<SiteWindow> windows) {
        List<SiteWindow> known = windows.stream().filter(SiteWindow::isKnown).toList();
        double[][] probabilities = known.stream()
                .map(window -> window.probabilities().values().stream()
                        .mapToDouble(probability -> probability)
                        .toArray())
                .toArray(double[][]::new);
        int[] truths = known.stream()
                .mapToInt(window -> List.copyOf(window.probabilities().keySet()).indexOf(window.truth()))
                .toArray();
        return TemperatureFit.fit(temperature -> {
            double surprise = 0;
            for (int i = 0; i < truths.length; i++) {
                surprise += TemperatureFit.surprise(Temperature.apply(probabilities[i], temperature)[truths[i]]);
            }
            return surprise;
        });
    }

    private static double surprise(List<SiteWindow> windows) {
        return windows.stream()
                .filter(SiteWindow::isKnown)
                .mapToDouble(window -> TemperatureFit.surprise(window.probability(window.truth())))
                .sum();
    }
}
