package io.undertone.training.condition;

import java.util.Arrays;

/**
 * Where the speech of a clip begins and ends, in frames of 20 ms: frames at its ends that are quieter than its loudest by more than 35 dB are
 * not part of it.
 *
 * @param first frame of the speech
 * @param last frame of the speech; -1 for audio of less than a frame
 */
public record SpeechEdges(int first, int last) {
    private static final double QUIET = Math.pow(10, -35 / 10.0);
    private static final int FRAMES_PER_S = 50;
    private static final int MARGIN_FRAMES = 10;

    /**
     * Finds the edges.
     *
     * @param samples mono
     */
    public static SpeechEdges of(float[] samples, int sampleRateHz) {
        int frame = frameSamples(sampleRateHz);
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
        return new SpeechEdges(first, last);
    }

    /** Samples in a frame. */
    public static int frameSamples(int sampleRateHz) {
        return sampleRateHz / FRAMES_PER_S;
    }

    /**
     * The clip without the silence at its ends, except for a margin of 200 ms. Corpora differ in how much silence they leave there, from none
     * to a second, and a network could learn to recognise them by it.
     */
    static float[] trim(float[] samples, int sampleRateHz) {
        int frame = frameSamples(sampleRateHz);
        SpeechEdges edges = of(samples, sampleRateHz);
        int from = Math.max(0, edges.first - MARGIN_FRAMES) * frame;
        int to = Math.min(samples.length, (edges.last + 1 + MARGIN_FRAMES) * frame);
        return from == 0 && to == samples.length ? samples : Arrays.copyOfRange(samples, from, Math.max(from, to));
    }
}
