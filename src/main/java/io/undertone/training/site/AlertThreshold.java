package io.undertone.training.site;

import java.util.List;
import java.util.Optional;

/**
 * From which confidence on a label is to be believed: the lowest, from 0.30 to 0.95 in steps of 0.05, from which on at least 8 of 10 windows
 * that are given the label bear it, there and at every higher one that is seen in at least {@value #LEAST_WINDOWS} windows.
 *
 * @param confidence the threshold
 * @param windows given the label with at least that
 * @param right those of them that bear it
 * @param borne windows that bear the label
 */
public record AlertThreshold(double confidence, int windows, int right, int borne) {
    /** Share of the windows at and above a threshold that must be right. */
    public static final double PRECISION = 0.8;

    /** Of no windows. */
    static final AlertThreshold NONE = new AlertThreshold(0, 0, 0, 0);

    private static final int LEAST_WINDOWS = 5;
    private static final int FIRST = 6;
    private static final int LAST = 19;
    private static final double STEPS = 20;

    /** The one of a label; empty where these windows show none. */
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

    /** What comes of some threshold. */
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

    /** Share of the windows given the label that bear it; NaN of none. */
    public double precision() {
        return (double) right / windows;
    }

    /** Share of the windows that bear the label which are given it; NaN of none. */
    public double recall() {
        return (double) right / borne;
    }
}
