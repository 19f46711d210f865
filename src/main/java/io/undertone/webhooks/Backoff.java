package io.undertone.webhooks;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: {@code firstMs}, doubled with each failure up to {@code maxMs}, less a random part of up to half, so
 * that retries spread out. With 1,000 and 900,000: 0.5 to 1 s, 1 to 2 s, ... 7.5 to 15 min.
 */
final class Backoff {
    private static final int MAX_DOUBLINGS = 40;

    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;

    Backoff(long firstMs, long maxMs, RandomGenerator random) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.random = random;
    }

    /** @param failures number of failed tries, at least 1 */
    long delayMs(int failures) {
        double wanted = firstMs * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
        long full = (long) Math.min(maxMs, wanted);
        return full - random.nextLong(full / 2 + 1);
    }
}
