package io.undertone.features;

import java.util.Arrays;

/**
 * Order statistics of some hundred numbers: the value at a rank after sorting. Numbers are counted into {@value #BUCKETS} buckets
 * of equal width between the least and the greatest, and laid out bucket after bucket; only the bucket that a rank falls into is
 * sorted. Few of its branches depend on the numbers, so that processors guess few of them wrong, as they do in a selection by pivots.
 * Numbers that crowd into few buckets make it slower, never wrong. Not thread-safe.
 */
public final class OrderStatistics {
    private static final int BUCKETS = 128;

    /** Where each bucket begins, and the last ends. */
    private final int[] starts = new int[BUCKETS + 1];

    private int[] bucketOf = new int[0];
    private float[] ordered = new float[0];

    /**
     * Takes in numbers, so that {@link #get} can be asked.
     *
     * @param values left as they are; finite
     * @param count of them, the first
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
            starts[bucket] = sum; // so far where it ends
        }
        for (int i = 0; i < count; i++) {
            ordered[--starts[bucketOf[i]]] = values[i];
        }
    }

    /** Finds each number's bucket, and how many each bucket holds. */
    private void count(float[] values, int count) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) { // comparisons: Math.min and Math.max look for negative zeros
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

    /** The number of a rank, below the count: 0 is the least. */
    public float get(int rank) {
        int bucket = 0;
        while (starts[bucket + 1] <= rank) {
            bucket++;
        }
        Arrays.sort(ordered, starts[bucket], starts[bucket + 1]);
        return ordered[rank];
    }
}
