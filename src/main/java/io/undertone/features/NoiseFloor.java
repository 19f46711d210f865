package io.undertone.features;

import java.util.Arrays;

/**
 * Lifts what lies under a window's noise floor up to it, band by band, so that a quiet line and a noisy one look alike between
 * words. The floor of a band is the level that {@code noiseFloorShare} of the window's frames do not exceed, plus
 * {@code noiseFloorMarginDb}: of 150 frames and a share of 0.15, the 23rd lowest. Not thread-safe.
 */
public final class NoiseFloor {
    private final FeatureSpec spec;
    private float[] sorted = new float[0];

    public NoiseFloor(FeatureSpec spec) {
        this.spec = spec;
    }

    /** Lifts, in place, {@code [frames][melBands]} energies in dB: all frames of a window, speech or not. */
    public void lift(float[] logMel, int frames) {
        if (spec.noiseFloorShare() == 0 || frames == 0) {
            return;
        }
        if (sorted.length < frames) {
            sorted = new float[frames];
        }
        int bands = spec.melBands();
        int rank = (int) (spec.noiseFloorShare() * frames);
        for (int band = 0; band < bands; band++) {
            for (int i = 0; i < frames; i++) {
                sorted[i] = logMel[i * bands + band];
            }
            Arrays.sort(sorted, 0, frames);
            float floor = sorted[rank] + (float) spec.noiseFloorMarginDb();
            for (int i = 0; i < frames; i++) {
                int at = i * bands + band;
                logMel[at] = Math.max(logMel[at], floor);
            }
        }
    }
}
