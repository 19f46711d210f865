package io.undertone.training.score;

import java.util.ArrayList;
import java.util.List;

/**
 * A reliability diagram with 15 bins of equal width: compares, for example, the accuracy of verdicts with confidence 0.80 to 0.87 with
 * their mean confidence. The expected calibration error is the mean gap, weighted by verdicts (Naeini et al. 2015; Guo et al. 2017). Not
 * thread-safe.
 */
public final class Reliability {
    /** Bins of equal width over (0, 1]. */
    public static final int BINS = 15;

    private final double[] confidence = new double[BINS];
    private final int[] right = new int[BINS];
    private final int[] count = new int[BINS];

    /** Adds a verdict of confidence in [0, 1]. */
    public void add(double confidenceOfVerdict, boolean isRight) {
        int bin = (int) Math.min(BINS - 1, Math.max(0, Math.ceil(confidenceOfVerdict * BINS) - 1));
        confidence[bin] += confidenceOfVerdict;
        count[bin]++;
        right[bin] += isRight ? 1 : 0;
    }

    /** Adds all verdicts of another. */
    public void add(Reliability other) {
        for (int i = 0; i < BINS; i++) {
            confidence[i] += other.confidence[i];
            right[i] += other.right[i];
            count[i] += other.count[i];
        }
    }

    /** Mean gap between confidence and accuracy, weighted by verdicts; NaN without verdicts. */
    public double expectedCalibrationError() {
        int total = 0;
        double gap = 0;
        for (int i = 0; i < BINS; i++) {
            total += count[i];
            gap += Math.abs(confidence[i] - right[i]);
        }
        return total == 0 ? Double.NaN : gap / total;
    }

    /** The bins that hold verdicts, from low to high confidence. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (count[i] > 0) {
                bins.add(new Bin(confidence[i] / count[i], (double) right[i] / count[i], count[i]));
            }
        }
        return bins;
    }

    /**
     * Verdicts of similar confidence.
     *
     * @param confidence their mean confidence
     * @param accuracy share of correct ones
     * @param count number of verdicts
     */
    public record Bin(double confidence, double accuracy, int count) {}
}
