package io.undertone.features;

/**
 * Lifts what lies under a window's noise floor up to it, band by band, so that a quiet line and a noisy one look alike between
 * words. The floor of a band is the level that {@code noiseFloorShare} of the window's frames do not exceed, plus
 * {@code noiseFloorMarginDb}: of 150 frames and a share of 0.15, the 23rd lowest. Not thread-safe.
 */
public final class NoiseFloor {
    private final FeatureSpec spec;
    private final OrderStatistics statistics = new OrderStatistics();
    private final float[] floors;
    private float[] levels = new float[0];

    public NoiseFloor(FeatureSpec spec) {
        this.spec = spec;
        this.floors = new float[spec.melBands()];
    }

    /** Lifts, in place, {@code [frames][melBands]} energies in dB: all frames of a window, speech or not. */
    public void lift(float[] logMel, int frames) {
        if (spec.noiseFloorShare() == 0 || frames == 0) {
            return;
        }
        if (levels.length < frames) {
            levels = new float[frames];
        }
        int bands = spec.melBands();
        int rank = (int) (spec.noiseFloorShare() * frames);
        for (int band = 0; band < bands; band++) {
            for (int i = 0; i < frames; i++) {
                levels[i] = logMel[i * bands + band];
            }
            statistics.of(levels, frames);
            floors[band] = statistics.get(rank) + (float) spec.noiseFloorMarginDb();
        }
        for (int frame = 0; frame < frames; frame++) {
            int row = frame * bands;
            for (int band = 0; band < bands; band++) {
                if (logMel[row + band] < floors[band]) {
                    logMel[row + band] = floors[band];
                }
            }
        }
    }
}
