package io.undertone.source;

import java.util.Random;

/** Chunks of random lengths, the same for the same seed. */
public final class IrregularChunks implements Chunking {
    private final Random random;
    private final int minMs;
    private final int maxMs;

    public IrregularChunks(long seed, int minMs, int maxMs) {
        this.random = new Random(seed);
        this.minMs = minMs;
        this.maxMs = maxMs;
    }

    @Override
    public long end(long position, int sampleRateHz) {
        long minSamples = Math.max(1, (long) minMs * sampleRateHz / 1000);
        long maxSamples = Math.max(minSamples, (long) maxMs * sampleRateHz / 1000);
        return position + minSamples + (long) (random.nextDouble() * (maxSamples - minSamples + 1));
    }
}
