package io.undertone.training.precision;

import io.undertone.vote.Verdict;
import java.util.Arrays;

/**
 * The difference of two votes on the same windows, by label: verdicts of [0.80, 0.15, 0.05] and [0.79, 0.15, 0.06] differ by 0.01, 0 and
 * 0.01. Not thread-safe.
 */
final class VoteDifference {
    /** The largest difference at which a window counts as close. */
    static final double CLOSE = 0.01;

    private static final double HUNDREDTH = 0.99;

    private double[] differences = new double[1024];
    private int probabilities;
    private int windows;
    private int close;
    private int sameLabel;

    void add(Verdict one, Verdict other) {
        double largest = 0;
        for (String label : one.probabilities().keySet()) {
            double difference = Math.abs(probability(one, label) - probability(other, label));
            largest = Math.max(largest, difference);
            if (probabilities == differences.length) {
                differences = Arrays.copyOf(differences, 2 * probabilities);
            }
            differences[probabilities++] = difference;
        }
        windows++;
        close += largest <= CLOSE ? 1 : 0;
        sameLabel += one.label().equals(other.label()) ? 1 : 0;
    }

    private static double probability(Verdict verdict, String label) {
        return verdict.probabilities().getOrDefault(label, 0.0);
    }

    /** The figures so far; NaN without windows. */
    Figures figures() {
        double[] sorted = Arrays.copyOf(differences, probabilities);
        Arrays.sort(sorted);
        boolean none = probabilities == 0;
        return new Figures(
                windows,
                Arrays.stream(sorted).average().orElse(Double.NaN),
                none ? Double.NaN : sorted[(int) Math.ceil(HUNDREDTH * probabilities) - 1],
                none ? Double.NaN : sorted[probabilities - 1],
                (double) close / windows,
                (double) sameLabel / windows);
    }

    /**
     * The differences over all windows.
     *
     * @param windows number of windows
     * @param mean mean difference of a probability
     * @param ofHundred the 99th percentile of differences, by nearest rank
     * @param max largest difference
     * @param close share of windows in which no label's probability differs by more than {@link #CLOSE}
     * @param sameLabel share of windows that get the same label
     */
    record Figures(int windows, double mean, double ofHundred, double max, double close, double sameLabel) {}
}
