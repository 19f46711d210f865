package io.undertone.bundle;

/**
 * Statistics of a window's rows of MFCCs, for trees. For each coefficient: mean (0 for c0, the level), spread,
 * slope over the window from -1 to 1, 10th, 50th and 90th percentile minus the mean, 75th minus 25th percentile, mean step from
 * row to row, mean step over four rows; then the number of rows, of speech rows, and their ratio: {@code 9 x width + 3} in all,
 * statistic by statistic. Thread-safe.
 */
public final class SpeechStatistics {
    private static final int PER_COEFFICIENT = 9;
    private static final int OF_WINDOW = 3;
    private static final int LONG_STEP = 4;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** Percentiles that are asked for, as shares. */
    private static final double[] SHARES = {0.10, 0.25, 0.50, 0.75, 0.90};

    /** Scratch space of one thread. */
    private static final class Scratch {
        private final ColumnSort sorted = new ColumnSort();
        private final ColumnCounts counts = new ColumnCounts();
        private final int[] below = new int[SHARES.length];
        private final double[] percentiles = new double[SHARES.length];
        private float[] column = new float[0];
        private double[] times = new double[0];

        void fit(int count) {
            if (column.length < count) {
                column = new float[count];
                times = new double[count];
            }
        }
    }

    private SpeechStatistics() {}

    /** Number of statistics for rows of {@code width} coefficients: 363 for 40. */
    public static int size(int width) {
        return PER_COEFFICIENT * width + OF_WINDOW;
    }

    /**
     * Computes the statistics.
     *
     * @param rows {@code [count][width]}, c0 first
     * @param count rows, at least 1
     * @param speechRows number of them that are speech
     * @param target filled with {@link #size} numbers from {@code offset} on
     */
    public static void of(float[] rows, int count, int width, int speechRows, float[] target, int offset) {
        Scratch scratch = SCRATCH.get();
        scratch.fit(count);
        float[] column = scratch.column;
        double[] times = scratch.times;
        double squaredTimes = 0;
        for (int i = 0; i < count; i++) {
            times[i] = count == 1 ? 0 : -1 + 2.0 * i / (count - 1);
            squaredTimes += times[i] * times[i];
        }
        for (int k = 0; k < SHARES.length; k++) {
            scratch.below[k] = (int) (SHARES[k] * (count - 1));
        }
        double[] percentiles = scratch.percentiles;
        scratch.counts.of(rows, count, width);
        boolean sorted = false;
        for (int c = 0; c < width; c++) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                column[i] = rows[i * width + c];
                sum += column[i];
            }
            double mean = sum / count;
            double squares = 0;
            double slope = 0;
            for (int i = 0; i < count; i++) {
                double distance = column[i] - mean;
                squares += distance * distance;
                slope += times[i] * distance;
            }
            int at = offset + c;
            target[at] = c == 0 ? 0 : (float) mean;
            target[at + width] = (float) Math.sqrt(squares / count);
            target[at + 2 * width] = (float) (squaredTimes == 0 ? 0 : slope / squaredTimes);
            if (!sorted && !scratch.counts.count(column, count, c)) {
                scratch.sorted.sort(rows, count, width);
                sorted = true;
            }
            percentiles(scratch, sorted, count, c);
            target[at + 3 * width] = (float) (percentiles[0] - mean);
            target[at + 4 * width] = (float) (percentiles[2] - mean);
            target[at + 5 * width] = (float) (percentiles[4] - mean);
            target[at + 6 * width] = (float) (percentiles[3] - percentiles[1]);
            target[at + 7 * width] = meanStep(column, count, 1);
            target[at + 8 * width] = meanStep(column, count, LONG_STEP);
        }
        int end = offset + PER_COEFFICIENT * width;
        target[end] = count;
        target[end + 1] = speechRows;
        target[end + 2] = (float) speechRows / count;
    }

    private static void percentiles(Scratch scratch, boolean sorted, int count, int column) {
        if (!sorted) {
            scratch.counts.rewind();
        }
        for (int k = 0; k < SHARES.length; k++) {
            int below = scratch.below[k];
            int above = Math.min(below + 1, count - 1);
            float lower = sorted ? scratch.sorted.get(below, column) : scratch.counts.value(below);
            float upper = sorted ? scratch.sorted.get(above, column) : scratch.counts.valueAfter(above);
            scratch.percentiles[k] = lower + (SHARES[k] * (count - 1) - below) * (upper - lower);
        }
    }

    private static float meanStep(float[] column, int count, int step) {
        if (count <= step) {
            return 0;
        }
        double sum = 0;
        for (int i = step; i < count; i++) {
            sum += Math.abs(column[i] - column[i - step]);
        }
        return (float) (sum / (count - step));
    }
}
