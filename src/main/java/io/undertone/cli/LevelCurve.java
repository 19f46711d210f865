package io.undertone.cli;

import java.util.Arrays;

/** The peak level of a channel over time, one value per ms. Not thread-safe. */
final class LevelCurve {
    private final int sampleRateHz;
    private float[] peaks = new float[1_024];
    private long samples;

    LevelCurve(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** Appends samples, [-1, 1]. */
    void add(float[] more, int count) {
        for (int i = 0; i < count; i++) {
            int ms = (int) (samples * 1000 / sampleRateHz);
            if (ms >= peaks.length) {
                peaks = Arrays.copyOf(peaks, peaks.length * 2);
            }
            peaks[ms] = Math.max(peaks[ms], Math.abs(more[i]));
            samples++;
        }
    }

    /** Its length in ms, rounded down. */
    long durationMs() {
        return samples * 1000 / sampleRateHz;
    }

    /** The peak in {@code [fromMs; toMs)}, 0 where there is none. */
    float peak(long fromMs, long toMs) {
        float peak = 0;
        for (long ms = fromMs; ms < Math.min(toMs, peaks.length); ms++) {
            peak = Math.max(peak, peaks[(int) ms]);
        }
        return peak;
    }
}
