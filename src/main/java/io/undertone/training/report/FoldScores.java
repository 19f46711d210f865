package io.undertone.training.report;

import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import java.util.List;
import java.util.function.Function;

/**
 * Scores of the folds of one corpus under one condition, at least one.
 *
 * @param folds in order
 */
public record FoldScores(List<VoteScores> folds) {
    public FoldScores {
        folds = List.copyOf(folds);
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("must have at least one fold");
        }
    }

    /** All folds' clips together. */
    public VoteScores pooled() {
        VoteScores pooled = folds.get(0).empty();
        folds.forEach(pooled::add);
        return pooled;
    }

    /** UAR of each fold that holds clips: half of a single speaker's corpus holds none. */
    public List<Double> uars(Function<VoteScores, Tally> of) {
        return folds.stream()
                .map(fold -> of.apply(fold).confusion().uar())
                .filter(uar -> !uar.isNaN())
                .toList();
    }

    /** Mean over folds. */
    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Standard deviation over folds (of the sample). */
    public static double spread(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / Math.max(1, values.size() - 1));
    }
}
