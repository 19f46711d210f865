package io.undertone.bundle;

import io.undertone.window.ColumnRanges;
import java.util.Arrays;

/**
 * Finds ranks in the columns of a table whose columns have few different values each, as a window's have, which lie on a grid of 256
 * ({@link io.undertone.window.ByteGrid}): it counts them, each value in a bin of its own. That takes half as long as
 * {@link ColumnSort}. Not thread-safe.
 */
final class ColumnCounts {
    /** The last bin: so many bins that neighbours on a grid of 256 are more than one apart, and never share one. */
    private static final int LAST = 319;
    /** What is added to it loses all that is less than one. */
    private static final float ONES = 0x1.8p23f;

    private static final int BITS_OF_ONES = Float.floatToRawIntBits(ONES);

    private final int[] counts = new int[LAST + 1];
    private final float[] values = new float[LAST + 1];
    private final ColumnRanges ranges = new ColumnRanges();
    private float[] places = new float[0];
    /** The bin of the rank last asked for. */
    private int bin;
    /** Values in it and in the bins before it. */
    private int passed;

    /** Turns to a table, {@code [count][width]}. */
    void of(float[] table, int count, int width) {
        if (places.length < count) {
            places = new float[count];
        }
        ranges.of(table, count, width);
    }

    /**
     * Counts a column of the table.
     *
     * @param column its {@code count} values
     * @param index which column it is
     * @return false where different values share a bin or one is not finite: its ranks cannot be found so
     */
    boolean count(float[] column, int count, int index) {
        float low = ranges.lowest(index);
        float high = ranges.highest(index);
        float perBin = low == high ? 0 : LAST / (high - low);
        place(column, count, low, perBin, places);
        Arrays.fill(counts, 0);
        return fill(column, count, places, counts, values) && holds(column, count, places, values);
    }

    private static boolean fill(float[] column, int count, float[] places, int[] counts, float[] values) {
        for (int i = 0; i < count; i++) {
            int at = Float.floatToRawIntBits(places[i]) - BITS_OF_ONES;
            if (at < 0 || at >= counts.length) {
                return false;
            }
            counts[at]++;
            values[at] = column[i];
        }
        return true;
    }

    private static boolean holds(float[] column, int count, float[] places, float[] values) {
        for (int i = 0; i < count; i++) {
            if (values[Float.floatToRawIntBits(places[i]) - BITS_OF_ONES] != column[i]) {
                return false;
            }
        }
        return true;
    }

    private static void place(float[] column, int count, float low, float perBin, float[] places) {
        for (int i = 0; i < count; i++) {
            places[i] = (column[i] - low) * perBin + ONES;
        }
    }

    /** Starts again from the lowest value. */
    void rewind() {
        bin = -1;
        passed = 0;
    }

    /** The value of a rank, from 0, not below that of the last call. */
    float value(int rank) {
        int at = bin;
        int sum = passed;
        while (sum <= rank) {
            sum += counts[++at];
        }
        bin = at;
        passed = sum;
        return values[at];
    }

    /** The value of a rank: the one of the last call of {@link #value}, or the next. */
    float valueAfter(int rank) {
        int at = bin;
        if (passed <= rank) {
            do {
                at++;
            } while (counts[at] == 0);
        }
        return values[at];
    }
}
