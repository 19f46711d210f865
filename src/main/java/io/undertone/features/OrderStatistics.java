package io.undertone.features;

import java.util.Arrays;

/**
 * Order statistics of some hundred numbers: the value at a rank after sorting. Numbers are distributed into {@value #BUCKETS} buckets
 * of equal width between the least and the greatest, in order of the buckets; only the bucket of the requested rank is
 * sorted. Few branches depend on the numbers, so processors mispredict few of them, unlike in a selection by pivots.
 * Numbers that crowd into few buckets make it slower, never wrong. Not thread-safe.
 */
public final class OrderStatistics {
    private static final int BUCKETS = 128;

    /** Start of each bucket, and the end of the last. */
    private final int[] starts = new int[BUCKETS + 1];

    private int[] bucketOf = new int[0];
    private float[] ordered = new float[0];

    /**
     * Sets the numbers that {@link #get} refers to.
     *
     * @param values finite; not changed
     * @param count how many of them, from the first on
     */
    public void of(float[] values, int count) {
        if (ordered.length < count) {
            ordered = new float[count];
            bucketOf = new int[count];
        }
        count(values, count);
        int sum = 0;
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
            sum += starts[bucket];
            starts[bucket] = sum; // its end, until the loop below has filled it
        }
        for (int i = 0; i < count; i++) {
            ordered[--starts[bucketOf[i]]] = values[i];
        }
    }

    /** Finds the bucket of each number and the size of each bucket. */
    private void count(float[] values, int count) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        // Comparisons are faster than Math.min and Math.max, which handle negative zeros.
        for (int i = 0; i < count; i++) {
            float value = values[i];
            if (value < least) {
                least = value;
            }
            if (value > greatest) {
                greatest = value;
            }
        }
        float perUnit = (BUCKETS - 1) / (greatest - least);
        if (!(perUnit <= Float.MAX_VALUE)) { // all are equal, or nearly so
            perUnit = 0;
        }
        Arrays.fill(starts, 0);
        for (int i = 0; i < count; i++) {
            int bucket = (int) ((values[i] - least) * perUnit);
            bucketOf[i] = bucket;
            starts[bucket]++;
        }
    }

    /** The number of a rank from 0, the least, to the count less 1. */
    public float get(int rank) {
        int bucket = 0;
        while (starts[bucket + 1] <= rank) {
            bucket++;
        }
        Arrays.sort(ordered, starts[bucket], starts[bucket + 1]);
        return ordered[rank];
    }
}
