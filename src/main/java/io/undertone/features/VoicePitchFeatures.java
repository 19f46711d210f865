package io.undertone.features;

import java.util.Arrays;

/**
 * Features of the pitch of a window's speech frames that distinguish a voice from other sound: {@value #COUNT} numbers. Notes hold their pitch or
 * jump, and come back to few pitches; a voice glides, over many, and is voiced by turns. Pitch is that of {@link PitchTracker}, counted in
 * steps of an 80th of an octave; a frame of speech is voiced with an autocorrelation above {@value #VOICED}. In order:
 *
 * <ol>
 *   <li>share of voiced frames, and of those above {@value #CLEARLY_VOICED} (2); mean and spread of the autocorrelation (2);
 *   <li>for lags of 1 and 4 frames (7 each): pairs of voiced frames to a speech frame, and the shares of those pairs whose pitch differs by
 *       0, 1, 2-3, 4-8, 9-20 and more steps;
 *   <li>voiced frames a run, and runs a second (2);
 *   <li>the largest share of three neighbouring steps, and the entropy of all (2);
 *   <li>median in octaves above 150 Hz, distance of the quartiles and of the tenths; 0 with fewer than three voiced frames (3).
 * </ol>
 *
 * <p>Of a held note of 150 Hz, 150 frames: all frames voiced, all differences 0, entropy 0. Allocates nothing for a window; not thread-safe.
 */
final class VoicePitchFeatures {
    /** Numbers of a window. */
    static final int COUNT = 25;

    private static final float VOICED = 0.45f;
    private static final float CLEARLY_VOICED = 0.7f;
    private static final int[] LAGS = {1, 4};
    /** The least difference of each class but the first, steps. */
    private static final int[] CLASSES = {1, 2, 4, 9, 21};

    private static final int MOST_STEPS = Byte.MAX_VALUE;
    private static final int BINS = 2 * MOST_STEPS + 1;
    private static final int LEAST_VOICED = 3;
    private static final float FRAMES_PER_SECOND = 50;

    /** The class of each difference. */
    private static final int[] CLASS_OF = new int[BINS];

    static {
        for (int difference = 0; difference < BINS; difference++) {
            while (CLASS_OF[difference] < CLASSES.length && difference >= CLASSES[CLASS_OF[difference]]) {
                CLASS_OF[difference]++;
            }
        }
    }

    private final int[] histogram = new int[BINS];
    private final int[] pairs = new int[CLASSES.length + 1];
    /** The logarithm of each number of frames, times that number. */
    private double[] timesLog = new double[0];

    private int[] steps = new int[0];
    private boolean[] voiced = new boolean[0];

    private float[] target = new float[0];
    private int at;

    /**
     * Computes the features of a window.
     *
     * @param octaves {@code [frames]} above 150 Hz
     * @param voicing {@code [frames]} autocorrelation there, [0, 1]
     * @param speech which frames are speech; at least one
     * @param target filled with {@value #COUNT} numbers from {@code to} on
     */
    void of(float[] octaves, float[] voicing, int frames, boolean[] speech, float[] target, int to) {
        this.target = target;
        at = to;
        if (steps.length < frames) {
            steps = new int[frames];
            voiced = new boolean[frames];
            timesLog = new double[frames + 1];
            for (int n = 2; n <= frames; n++) {
                timesLog[n] = n * StrictMath.log(n);
            }
        }
        Arrays.fill(histogram, 0);
        int count = 0;
        int found = 0;
        int runs = 0;
        for (int t = 0; t < frames; t++) {
            steps[t] = Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round(octaves[t] * PitchSpec.STEPS_PER_OCTAVE)));
            voiced[t] = speech[t] && voicing[t] > VOICED;
            count += speech[t] ? 1 : 0;
            if (voiced[t]) {
                histogram[steps[t] + MOST_STEPS]++;
                found++;
                runs += t == 0 || !voiced[t - 1] ? 1 : 0;
            }
        }
        strength(voicing, frames, speech, count, found);
        for (int lag : LAGS) {
            differences(lag, frames, count);
        }
        put(found / (double) Math.max(1, runs));
        put(runs * FRAMES_PER_SECOND / frames);
        concentration(found);
        quantiles(found);
    }

    private void put(double value) {
        target[at++] = (float) value;
    }

    private void strength(float[] voicing, int frames, boolean[] speech, int count, int found) {
        int clearly = 0;
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                clearly += voicing[t] > CLEARLY_VOICED ? 1 : 0;
                sum += voicing[t];
                squares += (double) voicing[t] * voicing[t];
            }
        }
        double mean = sum / count;
        put(found / (double) count);
        put(clearly / (double) count);
        put(mean);
        put(Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }

    private void differences(int lag, int frames, int count) {
        Arrays.fill(pairs, 0);
        int both = 0;
        for (int t = lag; t < frames; t++) {
            if (voiced[t] && voiced[t - lag]) {
                pairs[CLASS_OF[Math.abs(steps[t] - steps[t - lag])]]++;
                both++;
            }
        }
        put(both / (double) count);
        for (int ofClass : pairs) {
            put(ofClass / (double) Math.max(1, both));
        }
    }

    private void concentration(int found) {
        int most = 0;
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            int here = histogram[bin];
            sum += timesLog[here];
            if (bin >= 2) {
                most = Math.max(most, here + histogram[bin - 1] + histogram[bin - 2]);
            }
        }
        put(most / (double) Math.max(1, found));
        put(found == 0 ? 0 : (timesLog[found] - sum) / found);
    }

    private void quantiles(int found) {
        if (found < LEAST_VOICED) {
            put(0);
            put(0);
            put(0);
            return;
        }
        put(quantile(0.5, found));
        put(quantile(0.75, found) - quantile(0.25, found));
        put(quantile(0.9, found) - quantile(0.1, found));
    }

    /** The lowest pitch that has this share of the voiced frames at or below it, octaves. */
    private double quantile(double share, int found) {
        int bin = 0;
        int below = histogram[0];
        while (below < share * found) {
            below += histogram[++bin];
        }
        return (bin - MOST_STEPS) / (double) PitchSpec.STEPS_PER_OCTAVE;
    }
}
