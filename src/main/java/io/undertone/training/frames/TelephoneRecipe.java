package io.undertone.training.frames;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.SpeechPicture;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.table.XgboostFit;
import java.util.ArrayList;
import java.util.List;

/**
 * How the bundle {@code telephone} is made: every choice in one place. {@code models/telephone/RATIONALE.md} says what was tried
 * and why these were kept.
 */
final class TelephoneRecipe {
    static final FeatureSpec SPEC = FeatureSpecs.telephone();

    /** Pictures of 150 steps of 20 ms; 12 dB are one unit. */
    static final SpeechPicture PICTURE = new SpeechPicture(150, 12, -3, 3);

    /** Lines that each clip of the first corpus is heard over. */
    static final int COPIES = 14;

    /** Lines that each clip of the second corpus is heard over. */
    static final int OTHER_COPIES = 6;

    /** All labels count the same: weight on sad took calm, happy and fearful with it. */
    static final float[] LABEL_WEIGHTS = {1, 1, 1, 1, 1, 1, 1, 1};

    /**
     * What each network's log-probabilities are shifted by after training, nats: sad is the emotion most often missed. For each fold,
     * the other four choose this or 0.1.
     */
    static final float[] LABEL_SHIFTS = {0, 0, 0, 0.2f, 0, 0, 0, 0};

    /** Neutral is half as frequent as the others in RAVDESS, and sad is the emotion most often missed. */
    static final float[] TREE_WEIGHTS = {2, 1, 1, 1.5f, 1, 1, 1, 1};

    static final Varying VARYING = new Varying(0.82, 1.2, 2, 15, 6, 0.5, 0.1);

    static final Plan PLAN = new Plan(80, 32, new LearningRate.OneCycle(4e-3), 0.02, 0);

    /** Copies of each clip that the trees learn from. */
    static final int TREE_COPIES = 8;

    static final int OTHER_TREE_COPIES = 5;

    /** What a window of the second corpus counts in the trees, which can't leave a label open. */
    static final float OTHER_TREE_WEIGHT = 0.5f;

    private static final double EPSILON = 1e-5;
    private static final double DROPOUT = 0.3;

    private TelephoneRecipe() {}

    static XgboostFit trees(int threads) {
        return new XgboostFit(80, 6, 0, 0.1, 0.6, 0.2, 8, 4, threads);
    }

    /**
     * A member.
     *
     * @param network what it computes
     * @param othersPerPass clips of the second corpus that a pass of its training holds
     */
    record Member(NetworkSpec network, int othersPerPass) {}

    /**
     * The five members, different on purpose: in first kernel, width, shape and in what they learn from. Pictures hear a quiet line
     * best, a sequence loses least to noise; the wide have room for a second language.
     */
    static List<Member> members() {
        return List.of(
                new Member(wide(5, 5), 160),
                new Member(narrow(5, 5), 160),
                new Member(wide(3, 7), 320),
                new Member(wide(7, 3), 640),
                new Member(sequence(), 160));
    }

    private static NetworkSpec narrow(int kernelBands, int kernelSteps) {
        return picture(kernelBands, kernelSteps, 16, 32, 40, 56, 96);
    }

    private static NetworkSpec wide(int kernelBands, int kernelSteps) {
        return picture(kernelBands, kernelSteps, 32, 56, 72, 96, 144);
    }

    /**
     * A 2-D network over the picture, 7.0 M multiply-adds narrow and 21.4 M wide: frequency is pooled to five bands, which are then
     * stacked.
     *
     * @param channels of its five convolutions
     */
    private static NetworkSpec picture(int kernelBands, int kernelSteps, int... channels) {
        List<Layer> layers = new ArrayList<>();
        conv2d(layers, channels[0], kernelBands, kernelSteps, 2);
        conv2d(layers, channels[1], 3, 3, 2);
        layers.add(new Layer.MaxPool2d(2, 1));
        conv2d(layers, channels[2], 3, 3, 1);
        layers.add(new Layer.MaxPool2d(1, 2));
        conv2d(layers, channels[3], 3, 3, 1);
        layers.add(new Layer.StackFrequency());
        conv1d(layers, channels[4], 1, 1);
        return new NetworkSpec(new Shape.Image(1, SPEC.melBands(), PICTURE.steps()), head(layers));
    }

    /** A 1-D network over time, all bands at once, 5.8 M multiply-adds. */
    private static NetworkSpec sequence() {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.StackFrequency());
        conv1d(layers, 96, 5, 2);
        conv1d(layers, 96, 5, 2);
        conv1d(layers, 128, 3, 1);
        layers.add(new Layer.MaxPool1d(2));
        conv1d(layers, 160, 3, 1);
        return new NetworkSpec(new Shape.Image(1, SPEC.melBands(), PICTURE.steps()), head(layers));
    }

    private static List<Layer> head(List<Layer> layers) {
        layers.add(new Layer.MeanSpreadPool(EPSILON));
        layers.add(new Layer.Dropout(DROPOUT));
        layers.add(new Layer.Dense(LabelMaps.LABELS.size()));
        layers.add(new Layer.Softmax());
        return layers;
    }

    private static void conv2d(List<Layer> layers, int out, int kernelBands, int kernelSteps, int stride) {
        layers.add(new Layer.Conv2d(out, kernelBands, kernelSteps, stride, stride, false));
        normRelu(layers);
    }

    private static void conv1d(List<Layer> layers, int out, int kernel, int stride) {
        layers.add(new Layer.Conv1d(out, kernel, stride, false));
        normRelu(layers);
    }

    private static void normRelu(List<Layer> layers) {
        layers.add(new Layer.BatchNorm(EPSILON));
        layers.add(new Layer.Relu());
    }
}
