package io.undertone.bundle;

import java.util.Arrays;

/** One number about one coefficient over the frames of a window. */
public enum FrameStatistic {
    /** Their mean. */
    MEAN,
    /** Their standard deviation, sqrt(mean((x - mean)²)). */
    SPREAD,
    /** How far the least-squares line through them climbs from the first frame to the last; 0 for one frame. */
    SLOPE,
    /** The root mean square of the steps from each frame to the next; 0 for one frame. */
    STEP,
    /** The least of them. */
    MIN,
    /** The 10th percentile, interpolated between the two nearest frames: of 0, 1, …, 10 it is 1. */
    P10,
    /** The 25th percentile. */
    P25,
    /** The median. */
    P50,
    /** The 75th percentile. */
    P75,
    /** The 90th percentile. */
    P90,
    /** The largest of them. */
    MAX;

    /**
     * Computes it.
     *
     * @param values one coefficient, frame after frame
     * @param sorted the same values in ascending order
     * @param n how many of them, at least 1
     */
    float of(float[] values, float[] sorted, int n) {
        return switch (this) {
            case MEAN -> (float) mean(values, n);
            case SPREAD -> spread(values, n);
            case SLOPE -> slope(values, n);
            case STEP -> step(values, n);
            case MIN -> sorted[0];
            case P10 -> percentile(sorted, n, 0.10);
            case P25 -> percentile(sorted, n, 0.25);
            case P50 -> percentile(sorted, n, 0.50);
            case P75 -> percentile(sorted, n, 0.75);
            case P90 -> percentile(sorted, n, 0.90);
            case MAX -> sorted[n - 1];
        };
    }

    /** Whether it needs the values in order. */
    boolean needsSorted() {
        return ordinal() >= MIN.ordinal();
    }

    static void sort(float[] values, float[] sorted, int n) {
        System.arraycopy(values, 0, sorted, 0, n);
        Arrays.sort(sorted, 0, n);
    }

    private static double mean(float[] values, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum / n;
    }

    private static float spread(float[] values, int n) {
        double mean = mean(values, n);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return (float) Math.sqrt(squares / n);
    }

    private static float slope(float[] values, int n) {
        if (n < 2) {
            return 0;
        }
        double middle = (n - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            products += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }
        return (float) (products / squares * (n - 1));
    }

    private static float step(float[] values, int n) {
        if (n < 2) {
            return 0;
        }
        double squares = 0;
        for (int i = 1; i < n; i++) {
            double step = values[i] - values[i - 1];
            squares += step * step;
        }
        return (float) Math.sqrt(squares / (n - 1));
    }

    private static float percentile(float[] sorted, int n, double share) {
        double at = share * (n - 1);
        int below = (int) at;
        int above = Math.min(below + 1, n - 1);
        return (float) (sorted[below] + (at - below) * (sorted[above] - sorted[below]));
    }
}
