package io.undertone.training.site;

import java.util.Map;

/**
 * The verdict on one window, and its true label.
 *
 * @param truth the label that a person gave; empty if unlabelled
 * @param said the vote's label
 * @param probabilities by label, summing to 1
 */
record SiteWindow(String truth, String said, Map<String, Double> probabilities) {
    static final String UNKNOWN = "";

    boolean isKnown() {
        return !truth.isEmpty();
    }

    double probability(String label) {
        return probabilities.getOrDefault(label, 0.0);
    }

    /** The probability of the vote's label. */
    double confidence() {
        return probability(said);
    }
}
