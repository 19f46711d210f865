package io.undertone.training.voice;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;
import io.undertone.features.FeatureSpec;
import io.undertone.features.VoiceHearing;
import io.undertone.features.VoiceNetwork;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.network.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Trains the network that detects voices: all parameters in one place. {@code RATIONALE.md} in this package tells what was tried. The
 * number of threads does not change results.
 */
final class VoiceTraining {
    /** Number of scenes of each kind, of five seconds with three windows each. */
    private static final int VOICE_SCENES = 20_000;

    private static final int MUSIC_SCENES = 36_000;
    private static final int SCENES_OF_A_FAMILY = 400;
    /** Number of additional scenes of the family that most resembles voices. */
    private static final int MORE_SYNTHESISERS = 6_000;

    private static final int SCENE_SAMPLES = 5 * MadeUpSound.RATE_HZ + 600;

    private static final int[] HIDDEN = {64, 32};
    private static final double DROPOUT = 0.15;
    private static final Plan PLAN = new Plan(20, 256, new LearningRate.OneCycle(3e-3), 0.02, 0);
    private static final float LEAST_SPREAD = 1e-3f;

    private final VoiceRows rows;
    private final SceneMaker scenes;
    private final long seed;
    private final IntConsumer progress;

    /**
     * @param spec of frames and speech gate
     * @param voices recordings at 8 kHz of a voice only
     * @param music recordings at 8 kHz without one
     * @param progress called periodically with the number of scenes processed, from the extracting threads
     */
    VoiceTraining(FeatureSpec spec, List<float[]> voices, List<float[]> music, long seed, IntConsumer progress) {
        this.rows = new VoiceRows(spec);
        this.scenes = new SceneMaker(voices, music);
        this.seed = seed;
        this.progress = progress;
    }

    /** The parameters that determine the result, besides the recordings and the seed. */
    static String identity() {
        return "voice " + VOICE_SCENES + "," + MUSIC_SCENES + "," + SCENES_OF_A_FAMILY + "x"
                + MadeUpSound.values().length + "," + MORE_SYNTHESISERS + " " + spec() + " " + PLAN;
    }

    /**
     * Extracts the scenes' features and fits the network.
     *
     * @return empty if stopped before the end
     */
    Optional<VoiceNetwork> fit(EnsembleTrainer trainer) throws IOException {
        List<float[]> voices = hear("voice", VOICE_SCENES, (k, random) -> scenes.voice(SCENE_SAMPLES, random), true);
        List<float[]> others =
                new ArrayList<>(hear("music", MUSIC_SCENES, (k, random) -> scenes.music(SCENE_SAMPLES, random), false));
        MadeUpSound[] families = MadeUpSound.values();
        others.addAll(hear(
                "sound",
                SCENES_OF_A_FAMILY * families.length,
                (k, random) -> scenes.sound(families[k % families.length], SCENE_SAMPLES, random),
                false));
        others.addAll(hear(
                "synthesiser",
                MORE_SYNTHESISERS,
                (k, random) -> scenes.sound(MadeUpSound.SYNTHESISER, SCENE_SAMPLES, random),
                false));
        float[] means = new float[VoiceHearing.COUNT];
        float[] spreads = new float[VoiceHearing.COUNT];
        standardise(voices, others, means, spreads);
        return trainer.train(List.of(spec()), PLAN, new VoiceExamples(voices, others), null)
                .map(members -> network(members.get(0).weights(), means, spreads));
    }

    private List<float[]> hear(
            String kind, int count, BiFunction<Integer, SplittableRandom, Scene> maker, boolean voice) {
        long ofKind = Seeds.derive(seed, kind);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> {
                    List<float[]> heard = rows.of(maker.apply(k, new SplittableRandom(Seeds.derive(ofKind, k))), voice);
                    progress.accept(1);
                    return heard;
                })
                .flatMap(List::stream)
                .toList();
    }

    /** Standardises all features to mean 0 and standard deviation 1, with both kinds weighted equally. */
    private static void standardise(List<float[]> voices, List<float[]> others, float[] means, float[] spreads) {
        for (int i = 0; i < means.length; i++) {
            double mean = (mean(voices, i, 0) + mean(others, i, 0)) / 2;
            double variance = (mean(voices, i, mean) + mean(others, i, mean)) / 2;
            means[i] = (float) mean;
            spreads[i] = LEAST_SPREAD + (float) Math.sqrt(variance);
        }
        for (List<float[]> rows : List.of(voices, others)) {
            for (float[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (row[i] - means[i]) / spreads[i];
                }
            }
        }
    }

    /** Mean of a column or, given its mean as {@code about}, its variance. */
    private static double mean(List<float[]> rows, int column, double about) {
        double sum = 0;
        for (float[] row : rows) {
            double value = row[column];
            sum += about == 0 ? value : (value - about) * (value - about);
        }
        return sum / rows.size();
    }

    private static NetworkSpec spec() {
        List<Layer> layers = new ArrayList<>();
        for (int width : HIDDEN) {
            layers.add(new Layer.Dense(width));
            layers.add(new Layer.Relu());
            layers.add(new Layer.Dropout(DROPOUT));
        }
        layers.add(new Layer.Dense(2));
        layers.add(new Layer.Softmax());
        return new NetworkSpec(new Shape.Flat(VoiceHearing.COUNT), layers);
    }

    /** The same function with one output: the log-odds of two labels are the difference of their logits. */
    private static VoiceNetwork network(Weights fitted, float[] means, float[] spreads) {
        float[][] weights = new float[HIDDEN.length + 1][];
        float[][] constants = new float[HIDDEN.length + 1][];
        for (int i = 0; i <= HIDDEN.length; i++) {
            weights[i] = fitted.get(3 * i, "weight");
            constants[i] = fitted.get(3 * i, "bias");
        }
        weights[HIDDEN.length] = difference(weights[HIDDEN.length]);
        constants[HIDDEN.length] = difference(constants[HIDDEN.length]);
        return new VoiceNetwork(means, spreads, weights, constants);
    }

    private static float[] difference(float[] pairs) {
        float[] differences = new float[pairs.length / 2];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = pairs[2 * i + VoiceExamples.VOICE] - pairs[2 * i + VoiceExamples.NONE];
        }
        return differences;
    }
}
