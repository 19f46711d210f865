package io.undertone.metrics;

import java.util.function.LongSupplier;

/**
 * Counts by bin over the last hour, in sixty slots of a minute: what was counted at 10:00:30 is forgotten between 11:00:00 and
 * 11:01:00. Thread-safe.
 */
final class SlidingCounts {
    private static final int SLOTS = 60;
    private static final long SLOT_MS = 60_000;

    private final LongSupplier clockMs;
    private final long[][] slots;
    private final long[] minuteOf = new long[SLOTS];

    /**
     * @param bins how many
     * @param clockMs the time, epoch ms
     */
    SlidingCounts(int bins, LongSupplier clockMs) {
        this.clockMs = clockMs;
        this.slots = new long[SLOTS][bins];
    }

    synchronized void count(int bin) {
        long minute = clockMs.getAsLong() / SLOT_MS;
        int slot = (int) (minute % SLOTS);
        if (minuteOf[slot] != minute) {
            java.util.Arrays.fill(slots[slot], 0);
            minuteOf[slot] = minute;
        }
        slots[slot][bin]++;
    }

    /** The counts of the last hour. */
    synchronized long[] counts() {
        long minute = clockMs.getAsLong() / SLOT_MS;
        long[] counts = new long[slots[0].length];
        for (int slot = 0; slot < SLOTS; slot++) {
            if (minute - minuteOf[slot] < SLOTS) {
                for (int bin = 0; bin < counts.length; bin++) {
                    counts[bin] += slots[slot][bin];
                }
            }
        }
        return counts;
    }
}
