package io.undertone.training.site;

import java.util.Map;

/**
 * What is said of one window, and what should be.
 *
 * @param truth the label that a person gave; empty where none did
 * @param said the label that the vote gives
 * @param probabilities by label, of a sum of 1
 */
record SiteWindow(String truth, String said, Map<String, Double> probabilities) {
    static final String UNKNOWN = "";

    boolean isKnown() {
        return !truth.isEmpty();
    }

    double probability(String label) {
        return probabilities.getOrDefault(label, 0.0);
    }

    /** The probability of the label that was given. */
    double confidence() {
        return probability(said);
    }
}
