package io.undertone.features;

/**
 * Finds lost samples: runs of at least {@value #LEAST_RUN_MS} ms of one constant value next to zero. Lost packets and
 * filled gaps are zeros; A-law's silence is a constant of half its lowest step. No microphone gives a constant value for that long.
 * Not thread-safe.
 */
final class LostSamples {
    private static final int LEAST_RUN_MS = 5;

    /** Eight steps of 16 bits, and a little more for rounding errors of resampling. */
    private static final float LARGEST = 9f / 32_768;

    private final int leastRun;

    /** {@code [frameSamples + 1]}: the share of the window's power before each sample. */
    private final float[] powerBefore;

    /**
     * @param window by which frames are weighted
     * @param sampleRateHz rate of the samples
     */
    LostSamples(float[] window, int sampleRateHz) {
        leastRun = Math.max(2, LEAST_RUN_MS * sampleRateHz / 1000);
        powerBefore = new float[window.length + 1];
        double sum = 0;
        for (float weight : window) {
            sum += (double) weight * weight;
        }
        double before = 0;
        for (int i = 0; i < window.length; i++) {
            before += (double) window[i] * window[i];
            powerBefore[i + 1] = (float) (before / sum);
        }
    }

    /** Share of the window's power that falls on received samples in the frame from {@code from} on: 1 if none is lost. */
    double heardShare(float[] samples, int from) {
        int end = from + powerBefore.length - 1;
        double lost = 0;
        // A run of that length contains at least one of these positions and the one before it.
        int step = Math.max(1, leastRun / 2);
        for (int i = from + step - 1; i < end; i += step) {
            float value = samples[i];
            if (Math.abs(value) > LARGEST || value != samples[i - 1]) {
                continue;
            }
            int first = i - 1;
            while (first > from && samples[first - 1] == value) {
                first--;
            }
            int last = i;
            while (last + 1 < end && samples[last + 1] == value) {
                last++;
            }
            // A run at an edge of the frame may continue beyond it.
            boolean atEdge = first == from || last == end - 1;
            if (last - first + 1 >= (atEdge ? step : leastRun)) {
                lost += powerBefore[last + 1 - from] - powerBefore[first - from];
            }
            i = Math.max(i, last);
        }
        return lost >= 1 ? 0 : 1 - lost;
    }
}
