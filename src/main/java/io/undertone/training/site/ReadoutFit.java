package io.undertone.training.site;

import io.undertone.training.score.TemperatureFit;
import io.undertone.vote.Temperature;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Fits a readout to calls. With labels: shares on the way from the bundle's to those counted, in quarters, as far as calls that they were not counted
 * on are judged the better for it; then the temperatures by which what should be said is least surprising (Guo et al. 2017), if calls that they were
 * not fitted to are judged the better for them. Shares stay where the bundle does not say what it learned. Without labels: shares alone ({@link LabelShares#unlabelled}), part of the way, since voters are not as
 * rightly sure as that method takes them to be.
 */
final class ReadoutFit {
    private static final int PARTS = 4;

    /** By how many standard errors held-out calls must gain by shares, which are many numbers, and by temperatures, which are two. */
    private static final int SHARES_ERRORS = 2;

    private static final int TEMPERATURE_ERRORS = 1;

    /** Of the search for the temperature within calls: to a thousandth. */
    private static final int STEPS = 18;

    private ReadoutFit() {}

    /** The readout for these calls, some windows of which are labelled. */
    static Readout labelled(List<SiteCall> calls, Readout before) {
        Readout shared = before.priors().absent() ? before : counted(calls, before, part(calls, before));
        Folds folds = new Folds(calls);
        double[] gains = gains(folds, surprises(folds, shared), some -> tempered(some, shared));
        return exceeds(gains, TEMPERATURE_ERRORS) ? tempered(calls, shared) : shared;
    }

    /**
     * The readout for these calls, of whose windows nothing is known.
     *
     * @param part of the way from the bundle's shares to those found, 0 to 1
     */
    static Readout unlabelled(List<SiteCall> calls, Readout before, double part) {
        Map<String, Double> read = before.priors().read();
        Map<String, Double> found = LabelShares.unlabelled(windows(calls, call -> call.judgedAlone(before)), read);
        return before.withShares(LabelShares.between(read, found, part));
    }

    /**
     * How far shares should go towards those counted: as far as labels of calls that were not counted are least surprising, if that is better than
     * the bundle's shares by more than two standard errors over the folds.
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

    /** By how much less surprising the labels of each fold are than before, by a readout that is fitted to the other folds. */
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

    /** Whether there is a gain, by more than so many standard errors over the folds. */
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

    /** The temperature of windows that are judged with a temperature of 1. */
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
