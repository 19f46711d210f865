package io.undertone.features;

import java.util.Arrays;

/**
 * Finds the fundamental frequency of single frames by their autocorrelation, the inverse Fourier transform of the power spectrum, divided by
 * that of the frame's window (Boersma, Accurate short-term analysis of the fundamental frequency, 1993). A telephone line cuts the
 * fundamental of most voices off; the autocorrelation finds it by the distance of its harmonics. Of the local maxima within the range
 * of lags, that with the highest {@code r - octaveCost x log2(lag / least lag)} is the period, to a fraction of a sample by the
 * parabola through it and its neighbours; its {@code r} is the degree of voicing. Frames are judged each by itself: about a
 * fifth are an octave off. Not thread-safe.
 */
final class PitchTracker {
    /** The frequency whose pitch is 0 octaves. */
    static final double REFERENCE_HZ = 150;

    private static final double LOG_2 = StrictMath.log(2);

    private final int sampleRateHz;
    private final int firstBin;
    private final int bins;
    private final int firstLag;
    /**
     * Cosines divided by the window's autocorrelation, {@code [bins][lags]}, with rows of zeros up to a multiple of four; lags from one
     * below to one above the range.
     */
    private final float[][] cosines;

    private final float[] costs;
    private final float[] correlations;

    private float octaves;
    private float voicing;

    /**
     * @param pitch the spec's
     * @param window {@code [fftSamples]}, that frames are multiplied by
     */
    PitchTracker(FeatureSpec spec, PitchSpec pitch, float[] window) {
        int fft = spec.fftSamples();
        sampleRateHz = spec.sampleRateHz();
        firstBin = (int) Math.floor(spec.fMinHz() * fft / sampleRateHz) + 1;
        bins = (int) Math.floor(pitch.toHz() * fft / sampleRateHz) + 1 - firstBin;
        firstLag = (int) Math.floor(sampleRateHz / pitch.mostHz()) - 1;
        int lags = (int) Math.ceil(sampleRateHz / pitch.leastHz()) + 2 - firstLag;
        cosines = new float[(bins + 3) / 4 * 4][lags];
        costs = new float[lags];
        correlations = new float[lags];
        for (int i = 0; i < lags; i++) {
            int lag = firstLag + i;
            // An FFT as long as the frame correlates in a circle: what is shifted out comes in at the other end.
            double ofWindow = (correlation(window, lag) + correlation(window, fft - lag)) / correlation(window, 0);
            for (int bin = 0; bin < bins; bin++) {
                cosines[bin][i] = (float) (StrictMath.cos(2 * StrictMath.PI * (firstBin + bin) * lag / fft) / ofWindow);
            }
            costs[i] = (float) (pitch.octaveCost() * StrictMath.log((double) lag / (firstLag + 1)) / LOG_2);
        }
    }

    private static double correlation(float[] window, int lag) {
        double sum = 0;
        for (int i = 0; i + lag < window.length; i++) {
            sum += (double) window[i] * window[i + lag];
        }
        return sum;
    }

    /**
     * Analyses one frame.
     *
     * @param power its spectrum by bin, from bin 0
     */
    void frame(float[] power) {
        octaves = 0;
        voicing = 0;
        float total = 0;
        for (int bin = firstBin; bin < firstBin + bins; bin++) {
            total += power[bin];
        }
        if (total > Float.MIN_NORMAL) {
            correlate(power);
            choose(total);
        }
    }

    /** Four bins at a time: the loop over lags is short, and its beginning and end cost more than what it adds. */
    private void correlate(float[] power) {
        float[] sums = correlations;
        Arrays.fill(sums, 0);
        for (int bin = 0; bin < cosines.length; bin += 4) {
            float[] one = cosines[bin];
            float[] two = cosines[bin + 1];
            float[] three = cosines[bin + 2];
            float[] four = cosines[bin + 3];
            float a = weight(power, bin);
            float b = weight(power, bin + 1);
            float c = weight(power, bin + 2);
            float d = weight(power, bin + 3);
            for (int lag = 0; lag < sums.length; lag++) {
                sums[lag] += a * one[lag] + b * two[lag] + (c * three[lag] + d * four[lag]);
            }
        }
    }

    private float weight(float[] power, int bin) {
        return bin < bins ? power[firstBin + bin] : 0;
    }

    private void choose(float total) {
        int best = -1;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 1; i < correlations.length - 1; i++) {
            float here = correlations[i];
            float score = here - costs[i] * total;
            // What is seldom true comes first.
            if (score > most && here >= correlations[i - 1] && here >= correlations[i + 1]) {
                best = i;
                most = score;
            }
        }
        if (best < 0) {
            return;
        }
        float peak = correlations[best];
        voicing = Math.max(0, Math.min(1, peak / total));
        if (voicing > 0) {
            float before = correlations[best - 1];
            float after = correlations[best + 1];
            float bend = before - 2 * peak + after;
            double off = bend < 0 ? 0.5 * (before - after) / bend : 0;
            double hz = sampleRateHz / (firstLag + best + off);
            octaves = (float) (StrictMath.log(hz / REFERENCE_HZ) / LOG_2);
        }
    }

    /** Octaves above 150 Hz of the last frame; 0 where none is found. */
    float octaves() {
        return octaves;
    }

    /** Autocorrelation of the last frame at its period, [0, 1]; 0 where none is found. */
    float voicing() {
        return voicing;
    }
}
