package io.undertone.source;

/** How long the chunks of a leg are. One instance per leg; not thread-safe. */
public interface Chunking {
    /** Index after the last sample of the chunk that begins at {@code position}; more than {@code position}. */
    long end(long position, int sampleRateHz);

    /**
     * Chunks of equal length: 200 ms at 8 kHz are [0; 1600), [1600; 3200) and so on. One that begins between them ends where they do:
     * [1700; 3200).
     */
    static Chunking every(int ms) {
        if (ms < 1) {
            throw new IllegalArgumentException("ms must be >= 1: ms=" + ms);
        }
        // By number of the chunk, so that lengths that are no whole number of samples do not drift.
        return (position, rate) -> {
            long number = (position * 1000 + (long) rate * ms - 1) / ((long) rate * ms);
            boolean between = number * rate * ms / 1000 > position;
            return Math.max(position + 1, (between ? number : number + 1) * rate * ms / 1000);
        };
    }
}
