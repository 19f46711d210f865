package io.undertone.features;

/**
 * Lifts energies below a window's noise floor to that floor, band by band, so that a quiet line and a noisy one look alike between
 * words. The floor of a band is the level that {@code noiseFloorShare} of the window's frames do not exceed, plus
 * {@code noiseFloorMarginDb}: of 150 frames and a share of 0.15, the 23rd lowest. Not thread-safe.
 */
public final class NoiseFloor {
    private final FeatureSpec spec;
    private final OrderStatistics statistics = new OrderStatistics();

    public NoiseFloor(FeatureSpec spec) {
        this.spec = spec;
    }

    /**
     * Lifts all frames of a window, speech or not, in place.
     *
     * @param logMel {@code [melBands][frames]} energies, dB; longer arrays keep the rest
     */
    public void lift(float[][] logMel, int frames) {
        if (spec.noiseFloorShare() == 0 || frames == 0) {
            return;
        }
        int rank = (int) (spec.noiseFloorShare() * frames);
        for (float[] band : logMel) {
            statistics.of(band, frames);
            lift(band, frames, statistics.get(rank) + (float) spec.noiseFloorMarginDb());
        }
    }

    private static void lift(float[] band, int frames, float floor) {
        for (int i = 0; i < frames; i++) {
            band[i] = Math.max(band[i], floor);
        }
    }
}
