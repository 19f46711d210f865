package io.undertone.training.condition;

import java.util.Arrays;

/**
 * Trims a clip to its speech: audio at its ends that is quieter than its loudest 20 ms by more than 35 dB is cut, except for a margin of
 * 200 ms. Corpora differ in how much silence they leave there, from none to a second, and a network could learn to recognise them by it.
 * Stateless.
 */
final class SpeechEdges {
    private static final double QUIET = Math.pow(10, -35 / 10.0);
    private static final int FRAMES_PER_S = 50;
    private static final int MARGIN_FRAMES = 10;

    private SpeechEdges() {}

    /** The clip without the silence at its ends. */
    static float[] trim(float[] samples, int sampleRateHz) {
        int frame = sampleRateHz / FRAMES_PER_S;
        int frames = samples.length / frame;
        double[] power = new double[frames];
        double loudest = 0;
        for (int i = 0; i < frames; i++) {
            for (int k = i * frame; k < (i + 1) * frame; k++) {
                power[i] += samples[k] * samples[k];
            }
            loudest = Math.max(loudest, power[i]);
        }
        int first = 0;
        int last = frames - 1;
        while (first < last && power[first] < QUIET * loudest) {
            first++;
        }
        while (last > first && power[last] < QUIET * loudest) {
            last--;
        }
        int from = Math.max(0, first - MARGIN_FRAMES) * frame;
        int to = Math.min(samples.length, (last + 1 + MARGIN_FRAMES) * frame);
        return from == 0 && to == samples.length ? samples : Arrays.copyOfRange(samples, from, Math.max(from, to));
    }
}
