package io.undertone.bench;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The due time of each chunk of each leg, fixed in advance. Legs begin at random moments of the first seconds, like
 * independent callers, so that their chunks and windows do not coincide. With chunks of 200 ms, a leg that begins at
 * 130 ms has chunk 0 due at 330 ms and chunk 14, which ends its window [0; 3000), at 3130 ms.
 *
 * <p>Times are in ns since the run's start. Latency is measured from these times and not from actual sending, so that a delayed
 * publisher counts as latency (no coordinated omission). Immutable.
 */
public final class LegSchedule {
    private static final int MAX_CHUNK_MS = 30_000;

    private final long[] beginNanos;
    private final long chunkNanos;

    /**
     * @param legs number of legs, at least 1
     * @param chunkMs length of a chunk, 1 to 30,000 ms
     * @param joinSeconds time over which the legs begin, s, at least 1
     * @param seed the same seed gives the same schedule
     */
    public LegSchedule(int legs, int chunkMs, int joinSeconds, long seed) {
        if (legs < 1) {
            throw new IllegalArgumentException("legs must be >= 1: legs=" + legs);
        }
        if (chunkMs < 1 || chunkMs > MAX_CHUNK_MS) {
            throw new IllegalArgumentException("chunkMs must be 1 to " + MAX_CHUNK_MS + " ms: chunkMs=" + chunkMs);
        }
        if (joinSeconds < 1) {
            throw new IllegalArgumentException("joinSeconds must be >= 1 s: joinSeconds=" + joinSeconds);
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        beginNanos =
                random.longs(legs, 0, TimeUnit.SECONDS.toNanos(joinSeconds)).toArray();
        chunkNanos = TimeUnit.MILLISECONDS.toNanos(chunkMs);
    }

    /** Number of legs. */
    public int legs() {
        return beginNanos.length;
    }

    /** When a chunk is due: once its last sample has been spoken. Chunks count from 0. */
    public long chunkDueNanos(int leg, long chunk) {
        return beginNanos[leg] + (chunk + 1) * chunkNanos;
    }

    /** When the chunk is due that holds the last sample before {@code endMs} of the leg. */
    public long windowDueNanos(int leg, long endMs) {
        long endNanos = TimeUnit.MILLISECONDS.toNanos(endMs);
        return chunkDueNanos(leg, Math.max(0, (endNanos + chunkNanos - 1) / chunkNanos - 1));
    }

    /** How many of a leg's chunks are due before that time. */
    public long chunksBefore(int leg, long nanos) {
        return Math.max(0, Math.floorDiv(nanos - beginNanos[leg] - 1, chunkNanos));
    }
}
