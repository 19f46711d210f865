package io.undertone.training.site;

import java.util.List;
import java.util.Optional;

/**
 * The confidence at which a label can be trusted: the lowest threshold, from 0.30 to 0.95 in steps of 0.05, at which at least 8 of 10
 * windows given the label are correct, there and at every higher threshold with at least {@value #LEAST_WINDOWS} windows.
 *
 * @param confidence the threshold
 * @param windows given the label with at least that confidence
 * @param right those of them that are correct
 * @param borne windows whose true label it is
 */
public record AlertThreshold(double confidence, int windows, int right, int borne) {
    /** Required precision at and above a threshold. */
    public static final double PRECISION = 0.8;

    /** The result without windows. */
    static final AlertThreshold NONE = new AlertThreshold(0, 0, 0, 0);

    private static final int LEAST_WINDOWS = 5;
    private static final int FIRST = 6;
    private static final int LAST = 19;
    private static final double STEPS = 20;

    /** The threshold of a label; empty if none satisfies the rule on these windows. */
    static Optional<AlertThreshold> fit(List<SiteWindow> windows, String label) {
        Optional<AlertThreshold> best = Optional.empty();
        for (int step = LAST; step >= FIRST; step--) {
            AlertThreshold at = at(windows, label, step / STEPS);
            if (at.windows >= LEAST_WINDOWS) {
                if (at.precision() < PRECISION) {
                    break;
                }
                best = Optional.of(at);
            }
        }
        return best;
    }

    /** The counts at a given threshold. */
    static AlertThreshold at(List<SiteWindow> windows, String label, double confidence) {
        int given = 0;
        int right = 0;
        int borne = 0;
        for (SiteWindow window : windows) {
            if (!window.isKnown()) {
                continue;
            }
            boolean bears = window.truth().equals(label);
            boolean says = window.said().equals(label) && window.confidence() >= confidence;
            given += says ? 1 : 0;
            right += says && bears ? 1 : 0;
            borne += bears ? 1 : 0;
        }
        return new AlertThreshold(confidence, given, right, borne);
    }

    /** Both together, of different windows. */
    AlertThreshold and(AlertThreshold other) {
        return new AlertThreshold(confidence, windows + other.windows, right + other.right, borne + other.borne);
    }

    /** Precision: the share of windows given the label that are correct; NaN without windows. */
    public double precision() {
        return (double) right / windows;
    }

    /** Recall: the share of windows with that true label which are given it; NaN without windows. */
    public double recall() {
        return (double) right / borne;
    }
}
