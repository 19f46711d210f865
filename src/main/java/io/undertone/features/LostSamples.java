package io.undertone.features;

/**
 * Finds lost samples: runs of at least {@value #LEAST_RUN_MS} ms with one and the same value next to zero. Lost packets and
 * filled gaps are zeros; A-law's silence is a constant of half its lowest step. A microphone never gives one value for so long.
 * Not thread-safe.
 */
final class LostSamples {
    private static final int LEAST_RUN_MS = 5;

    /** Eight steps of 16 bits, and a little more for what resampling leaves of them. */
    private static final float LARGEST = 9f / 32_768;

    private final int leastRun;

    /** {@code [frameSamples + 1]}: the share of the window's power before each sample. */
    private final float[] powerBefore;

    /**
     * @param window that frames are weighed with
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

    /** Share of the window's power that falls on samples that came, of the frame from {@code from} on: 1 where all did. */
    double heardShare(float[] samples, int from) {
        int end = from + powerBefore.length - 1;
        double lost = 0;
        // A run of that length holds two of these places at least, side by side.
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
            // A run at an edge of the frame may go on beyond it.
            boolean atEdge = first == from || last == end - 1;
            if (last - first + 1 >= (atEdge ? step : leastRun)) {
                lost += powerBefore[last + 1 - from] - powerBefore[first - from];
            }
            i = Math.max(i, last);
        }
        return lost >= 1 ? 0 : 1 - lost;
    }
}
