package io.undertone.features;

/**
 * Lifts what lies under a window's noise floor up to it, band by band, so that a quiet line and a noisy one look alike between
 * words. The floor of a band is the level that {@code noiseFloorShare} of the window's frames do not exceed, plus
 * {@code noiseFloorMarginDb}: of 150 frames and a share of 0.15, the 23rd lowest. Not thread-safe.
 */
public final class NoiseFloor {
    private final FeatureSpec spec;
    private float[] levels = new float[0];

    public NoiseFloor(FeatureSpec spec) {
        this.spec = spec;
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
            float floor = ranked(levels, frames, rank) + (float) spec.noiseFloorMarginDb();
            for (int i = 0; i < frames; i++) {
                int at = i * bands + band;
                logMel[at] = Math.max(logMel[at], floor);
            }
        }
    }

    /** The value of rank {@code rank}, from 0, of the first {@code count}, whose order is lost (Hoare's selection). */
    private static float ranked(float[] values, int count, int rank) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            float pivot = values[low + high >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    float swapped = values[left];
                    values[left++] = values[right];
                    values[right--] = swapped;
                }
            }
            if (rank <= right) {
                high = right;
            } else if (rank >= left) {
                low = left;
            } else {
                return values[rank];
            }
        }
        return values[rank];
    }
}
