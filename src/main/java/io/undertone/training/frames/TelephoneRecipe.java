package io.undertone.training.frames;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.table.XgboostFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All parameters of the bundle {@code telephone} in one place. {@code models/telephone/RATIONALE.md} tells what was tried and why these
 * were chosen.
 */
final class TelephoneRecipe {
    /** Maximum number of clips in a training pass, over all corpora; if there are fewer, a pass has that many. */
    static final int MOST_CLIPS_PER_PASS = 4_480;

    /**
     * The weights of corpora that differ much in size or kind; any other has {@link #SHARE}. RAVDESS has all labels, nEMO many clips of few
     * speakers, the last four only ordinary speech.
     */
    private static final Map<String, CorpusShare> SHARES = new TreeMap<>(Map.of(
            "ravdess", new CorpusShare(1.3, 12, 6, 1),
            "nemo", new CorpusShare(0.7, 7, 3, 0.6f),
            "cremad", new CorpusShare(0.8, 8, 4, 0.8f),
            "emodb", new CorpusShare(1.6, 16, 8, 1),
            "emotiontts", new CorpusShare(0.6, 6, 4, 0.6f),
            "librispeech", new CorpusShare(0.7, 8, 4, 1),
            "speechocean", new CorpusShare(0.5, 6, 3, 0.8f),
            "announcers", new CorpusShare(0.4, 5, 3, 0.8f),
            "volunteers", new CorpusShare(0.4, 5, 3, 0.8f)));

    private static final CorpusShare SHARE = new CorpusShare(1, 8, 4, 1);

    /** For all labels. They are equal: a higher weight for sad lowered calm, happy and fearful. */
    static final float[] LABEL_WEIGHTS = {1, 1, 1, 1, 1, 1, 1, 1};

    static final Varying VARYING = new Varying(0.82, 1.2, 2, 15, 6, 0.2, 0.1);

    static final Plan PLAN = new Plan(110, 32, new LearningRate.OneCycle(4e-3), 0.02, 0);

    private static final double EPSILON = 1e-5;
    private static final double DROPOUT = 0.2;

    private TelephoneRecipe() {}

    /** The weight of each of these labels in the loss. */
    static float[] weights(List<String> labels) {
        float[] weights = new float[labels.size()];
        for (int label = 0; label < weights.length; label++) {
            weights[label] = LABEL_WEIGHTS[LabelMaps.LABELS.indexOf(labels.get(label))];
        }
        return weights;
    }

    /** A corpus' weights, by its name. */
    static CorpusShare share(String corpus) {
        return SHARES.getOrDefault(corpus, SHARE);
    }

    /** All weights, for a run's identity. */
    static String shares() {
        return SHARES + " " + SHARE;
    }

    static XgboostFit trees(int threads) {
        return new XgboostFit(80, 6, 0, 0.1, 0.6, 0.2, 8, 4, threads);
    }

    /**
     * The five members, which differ deliberately in first kernel, width and shape. 2-D networks are best on a quiet line, the 1-D network
     * loses least in noise.
     */
    static List<NetworkSpec> members(PictureInput input, int labels) {
        return List.of(
                picture(input, 5, 5, labels),
                picture(input, 3, 7, labels),
                picture(input, 7, 3, labels),
                picture(input, 5, 9, labels),
                sequence(input, labels));
    }

    /** A 2-D network over the picture, 8 to 9 M multiply-adds: frequency is pooled to five bands, which are then stacked. */
    private static NetworkSpec picture(PictureInput input, int kernelBands, int kernelSteps, int labels) {
        List<Layer> layers = new ArrayList<>();
        conv2d(layers, 16, kernelBands, kernelSteps, 2);
        conv2d(layers, 32, 3, 3, 2);
        layers.add(new Layer.MaxPool2d(2, 1));
        conv2d(layers, 48, 3, 3, 1);
        layers.add(new Layer.MaxPool2d(1, 2));
        conv2d(layers, 64, 3, 3, 1);
        layers.add(new Layer.StackFrequency());
        conv1d(layers, 112, 1, 1);
        return new NetworkSpec(image(input), head(layers, labels));
    }

    /** A 1-D network over time, all bands at once, 5.8 M multiply-adds. */
    private static NetworkSpec sequence(PictureInput input, int labels) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.StackFrequency());
        conv1d(layers, 96, 5, 2);
        conv1d(layers, 96, 5, 2);
        conv1d(layers, 128, 3, 1);
        layers.add(new Layer.MaxPool1d(2));
        conv1d(layers, 160, 3, 1);
        return new NetworkSpec(image(input), head(layers, labels));
    }

    private static Shape.Image image(PictureInput input) {
        return new Shape.Image(1, input.height(), input.picture().steps());
    }

    private static List<Layer> head(List<Layer> layers, int labels) {
        layers.add(new Layer.MeanSpreadPool(EPSILON));
        layers.add(new Layer.Dropout(DROPOUT));
        layers.add(new Layer.Dense(labels));
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
