package io.undertone.training.voice;

import io.undertone.features.VoiceHearing;
import io.undertone.training.network.Batch;
import io.undertone.training.network.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Windows with and without a voice as examples: each pass draws equally many of both kinds and adds a little noise to the features.
 * Features have mean 0 and standard deviation 1.
 */
final class VoiceExamples implements Examples {
    /** Labels in order. */
    static final int NONE = 0;

    static final int VOICE = 1;

    private static final float SMOOTHING = 0.02f;
    private static final double NOISE = 0.05;
    private static final float MOST_SPREADS = 5;

    private final List<float[]> voices;
    private final List<float[]> others;

    /**
     * @param voices windows with a voice, standardised
     * @param others windows without one
     */
    VoiceExamples(List<float[]> voices, List<float[]> others) {
        this.voices = voices;
        this.others = others;
    }

    @Override
    public int size() {
        return voices.size() + others.size();
    }

    @Override
    public int inputSize() {
        return VoiceHearing.COUNT;
    }

    @Override
    public int labels() {
        return 2;
    }

    @Override
    public Pass pass(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] left = {size()};
        return batch -> {
            int count = Math.min(batch.capacity(), left[0]);
            batch.resize(count);
            left[0] -= count;
            Arrays.fill(batch.targets(), SMOOTHING);
            for (int i = 0; i < count; i++) {
                int label = random.nextBoolean() ? VOICE : NONE;
                List<float[]> of = label == VOICE ? voices : others;
                fill(of.get(random.nextInt(of.size())), batch, i, random);
                batch.targets()[2 * i + label] = 1 - SMOOTHING;
            }
            return count > 0;
        };
    }

    private static void fill(float[] row, Batch batch, int place, SplittableRandom random) {
        int at = place * row.length;
        for (int i = 0; i < row.length; i++) {
            float value = Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, row[i]));
            batch.inputs()[at + i] = value + (float) (NOISE * random.nextGaussian());
        }
        batch.frames()[place] = row.length;
    }
}
