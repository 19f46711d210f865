package io.undertone.training.site;

import io.undertone.training.corpus.CorpusException;
import io.undertone.training.ordinary.OrdinaryFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A readout fitted to a site's own calls, and its effect on held-out calls: the calls are divided into at most 10 folds, and each fold is
 * judged with the original readout and with one fitted to the other folds.
 *
 * @param calls number of calls
 * @param windows number of their windows, labelled or not
 * @param usedLabels false if only priors were fitted, without labels
 * @param labelled labelled windows by label
 * @param before the bundle's readout
 * @param after fitted to all calls
 * @param heldOut its effect on held-out calls, by labels; null without labels
 * @param shareRange lowest and highest share of each label over the folds' fits
 * @param thresholds alert thresholds by label, after fitting
 */
public record SiteCalibration(
        int calls,
        int windows,
        boolean usedLabels,
        Map<String, Integer> labelled,
        Readout before,
        Readout after,
        @Nullable HeldOut heldOut,
        Map<String, Range> shareRange,
        Map<String, Threshold> thresholds) {
    /** Below this many labelled windows nothing is fitted. */
    public static final int LEAST_LABELLED = 40;

    /** Below this many unlabelled windows nothing is fitted. */
    public static final int LEAST_UNLABELLED = 100;

    /** The alert threshold before fitting. */
    static final double DEFAULT_THRESHOLD = OrdinaryFigures.SURE;

    /** Scores on labelled windows of held-out calls: judged as in serving, and each independently. */
    public record HeldOut(SiteScores before, SiteScores after, SiteScores aloneBefore, SiteScores aloneAfter) {}

    /** The lowest and the highest value. */
    public record Range(double least, double greatest) {
        Range and(double value) {
            return new Range(Math.min(least, value), Math.max(greatest, value));
        }
    }

    /**
     * A threshold of alerts.
     *
     * @param fitted to all calls
     * @param heldOutBefore counts at 0.6 on held-out calls, with the original readout
     * @param heldOutAfter counts at thresholds fitted to the other calls
     */
    public record Threshold(AlertThreshold fitted, AlertThreshold heldOutBefore, AlertThreshold heldOutAfter) {}

    public SiteCalibration {
        labelled = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labelled));
        shareRange = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shareRange));
        thresholds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    }

    /**
     * Fits and measures.
     *
     * @param calls of one bundle, whose readout is {@code before}
     * @param labels the bundle's
     * @param usesLabels false to fit only priors; labels then only serve to measure the effect
     * @param part how far to move towards priors estimated without labels, 0 to 1; unused otherwise
     * @throws CorpusException if there are too few windows or calls
     */
    public static SiteCalibration of(
            List<SiteCall> calls, Readout before, List<String> labels, boolean usesLabels, double part) {
        List<SiteCall> useful = calls.stream()
                .filter(call -> call.judgedAlone(before).stream().anyMatch(window -> window.isKnown() || !usesLabels))
                .toList();
        Map<String, Integer> counts = counts(useful, before, labels);
        if (usesLabels) {
            int labelled = counts.values().stream().mapToInt(count -> count).sum();
            require(labelled, LEAST_LABELLED, "labelled windows", useful.size());
        } else {
            requirePriors(before);
            int windows =
                    ReadoutFit.windows(useful, call -> call.judgedAlone(before)).size();
            require(windows, LEAST_UNLABELLED, "windows with speech", useful.size());
        }
        Fit fit = usesLabels ? ReadoutFit::labelled : (some, as) -> ReadoutFit.unlabelled(some, as, part);
        return measured(useful, before, labels, counts, fit, usesLabels);
    }

    /** How a readout is fitted to calls. */
    private interface Fit {
        Readout to(List<SiteCall> calls, Readout before);
    }

    private static SiteCalibration measured(
            List<SiteCall> calls,
            Readout before,
            List<String> labels,
            Map<String, Integer> counts,
            Fit fit,
            boolean usesLabels) {
        Readout after = fit.to(calls, before);
        List<SiteWindow> all = ReadoutFit.windows(calls, call -> call.judged(after));
        Map<String, Threshold> thresholds = new LinkedHashMap<>();
        labels.forEach(label -> AlertThreshold.fit(all, label)
                .ifPresent(fitted ->
                        thresholds.put(label, new Threshold(fitted, AlertThreshold.NONE, AlertThreshold.NONE))));
        HeldOut heldOut = new HeldOut(
                new SiteScores(labels), new SiteScores(labels), new SiteScores(labels), new SiteScores(labels));
        Map<String, Range> ranges = new LinkedHashMap<>();
        Folds folds = new Folds(calls);
        for (int fold = 0; fold < folds.count(); fold++) {
            List<SiteCall> out = folds.heldOut(fold);
            Readout fitted = fit.to(folds.others(fold), before);
            fitted.priors()
                    .read()
                    .forEach((label, share) -> ranges.merge(label, new Range(share, share), (a, b) -> a.and(share)));
            List<SiteWindow> as = ReadoutFit.windows(out, call -> call.judged(before));
            List<SiteWindow> will = ReadoutFit.windows(out, call -> call.judged(fitted));
            heldOut.before.add(as);
            heldOut.after.add(will);
            heldOut.aloneBefore.add(ReadoutFit.windows(out, call -> call.judgedAlone(before)));
            heldOut.aloneAfter.add(ReadoutFit.windows(out, call -> call.judgedAlone(fitted)));
            List<SiteWindow> others = ReadoutFit.windows(folds.others(fold), call -> call.judged(fitted));
            thresholds.replaceAll((label, threshold) -> threshold(threshold, label, others, as, will));
        }
        return new SiteCalibration(
                calls.size(),
                all.size(),
                usesLabels,
                counts,
                before,
                after,
                counts.isEmpty() ? null : heldOut,
                ranges,
                thresholds);
    }

    private static Threshold threshold(
            Threshold sofar, String label, List<SiteWindow> others, List<SiteWindow> as, List<SiteWindow> will) {
        Optional<AlertThreshold> fitted = AlertThreshold.fit(others, label);
        double confidence = fitted.map(AlertThreshold::confidence).orElse(DEFAULT_THRESHOLD);
        return new Threshold(
                sofar.fitted,
                AlertThreshold.at(as, label, DEFAULT_THRESHOLD).and(sofar.heldOutBefore),
                AlertThreshold.at(will, label, confidence).and(sofar.heldOutAfter));
    }

    private static void requirePriors(Readout before) {
        if (before.priors().absent()) {
            throw new CorpusException("Priors can be fitted only where the bundle says what it learned: this one has no"
                    + " priors; calibrate it with labelled windows, or train it anew");
        }
    }

    private static Map<String, Integer> counts(List<SiteCall> calls, Readout before, List<String> labels) {
        Map<String, Integer> counts = new TreeMap<>(java.util.Comparator.comparingInt(labels::indexOf));
        ReadoutFit.windows(calls, call -> call.judgedAlone(before)).stream()
                .filter(SiteWindow::isKnown)
                .forEach(window -> counts.merge(window.truth(), 1, Integer::sum));
        return counts;
    }

    private static void require(int windows, int least, String what, int calls) {
        if (windows < least) {
            throw new CorpusException("Calibration needs at least " + least + " " + what + ", better some hundreds: "
                    + what + "=" + windows + "; add calls");
        }
        if (calls < 2) {
            throw new CorpusException("Calibration needs at least 2 calls, so that one can be held out: calls with "
                    + what + "=" + calls + "; add calls");
        }
    }

    /** Whether the loss on held-out calls is lower than before; true if unknown. */
    public boolean helps() {
        return heldOut == null || heldOut.after.logLoss() < heldOut.before.logLoss();
    }
}
