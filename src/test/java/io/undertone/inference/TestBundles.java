package io.undertone.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.ContrastWeights;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.SpeechPicture;
import io.undertone.bundle.TestNetworks;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Bundles with random weights, and random windows for them. */
public final class TestBundles {
    public static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");

    private TestBundles() {}

    /** Five reference networks and trees on mean coefficients. */
    public static BundleContent reference() {
        List<Float> mean = new ArrayList<>();
        List<Float> scale = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mean.add(i == 0 ? -300f : 3f - i / 10f);
            scale.add(i == 0 ? 0.01f : 0.1f + i / 100f);
        }
        InputPreparation standardise = new InputPreparation.Standardise(mean, scale);
        List<Voter> voters = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            voters.add(new Voter.Network("cnn-" + i, standardise, TestNetworks.weights(ReferenceNetwork.spec(8), i)));
        }
        voters.add(new Voter.Trees("xgboost", new InputPreparation.AsIs(), trees(40)));
        return content("reference", FeatureSpecs.reference(), voters);
    }

    /**
     * Networks on frames, each prepared and pooled in its own way, and trees on statistics of the frames: pictures of speech for
     * two 2-D networks and one over time, padded and masked frames for one of each.
     */
    public static BundleContent frames() {
        FeatureSpec features = FeatureSpecs.telephone();
        int rows = features.maxFramesPerWindow();
        InputPreparation picture = new InputPreparation.Picture(new SpeechPicture(rows, 12, -3, 3));
        InputPreparation bands = new InputPreparation.Frames(rows, 0.05f, true);
        InputPreparation coefficients = new InputPreparation.Frames(rows, 0.1f, false);
        NetworkSpec image = TestNetworks.image(40, rows);
        NetworkSpec sequence = TestNetworks.sequence(40, rows);
        List<Voter> voters = new ArrayList<>();
        voters.add(new Voter.Network("cnn-1", picture, TestNetworks.weights(image, 1)));
        voters.add(new Voter.Network("cnn-2", picture, TestNetworks.weights(image, 2)));
        voters.add(new Voter.Network("cnn-3", picture, TestNetworks.weights(sequence, 3)));
        voters.add(new Voter.Network("cnn-4", bands, TestNetworks.weights(image, 4)));
        voters.add(new Voter.Network("cnn-5", coefficients, TestNetworks.weights(sequence, 5)));
        InputPreparation statistics = new InputPreparation.Statistics();
        voters.add(new Voter.Trees("xgboost", statistics, trees(statistics.width(features))));
        return content("frames", features, voters);
    }

    /** Networks that see bands and pitch, one 2-D and one over time, and trees on statistics of these. */
    public static BundleContent pitched() {
        FeatureSpec features = FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH);
        int rows = features.maxFramesPerWindow();
        InputPreparation picture =
                new InputPreparation.WidePicture(new SpeechPicture(rows, 12, -3, 3), List.of(40, 40, 40, 41, 41, 42));
        List<Voter> voters = new ArrayList<>();
        voters.add(new Voter.Network("cnn-1", picture, TestNetworks.weights(TestNetworks.image(46, rows), 1)));
        voters.add(new Voter.Network("cnn-2", picture, TestNetworks.weights(TestNetworks.sequence(46, rows), 2)));
        InputPreparation statistics = new InputPreparation.Statistics();
        voters.add(new Voter.Trees("xgboost", statistics, trees(statistics.width(features))));
        return content("pitched", features, voters);
    }

    /** As {@link #frames}, with windows that have a contrast: what is louder in the lowest bands is more often the last label. */
    public static BundleContent contrasted() {
        BundleContent frames = frames();
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        for (String label : LABELS) {
            boolean last = label.equals(LABELS.get(LABELS.size() - 1));
            weights.put(label, List.of(last ? 2.0 : 0.0, 0.0, 0.0, 0.0, last ? 0.0 : 0.5));
        }
        return frames.withContrast(
                "0.0.2",
                frames.features().withContrast(FeatureSpecs.TELEPHONE_CONTRAST),
                new ContrastWeights(weights),
                frames.provenance(),
                frames.scores());
    }

    public static BundleContent content(String name, FeatureSpec features, List<Voter> voters) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode().put("data", "random numbers");
        ObjectNode scores = JsonNodeFactory.instance.objectNode().put("uar", 0.125);
        Persistence persistence =
                features.pooling() == FeatureSpec.Pooling.FRAMES ? new Persistence(5, 0.5, 1) : Persistence.NONE;
        return new BundleContent(
                name,
                "0.0.1",
                LABELS,
                features,
                voters,
                1.5,
                persistence,
                Priors.NONE,
                "none: random numbers",
                provenance,
                scores);
    }

    /** Windows as the spec has them, frames of 1 to the most rows. */
    public static List<Window> windows(FeatureSpec features, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean frames = features.pooling() == FeatureSpec.Pooling.FRAMES;
            int rows = frames ? 1 + random.nextInt(features.maxFramesPerWindow()) : 1;
            windows.add(window(features, rows, i, random.nextLong()));
        }
        return windows;
    }

    public static Window window(FeatureSpec features, int rows, int index, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * features.rowValues()];
        for (int j = 0; j < values.length; j++) {
            int coefficient = j % features.coefficients();
            double spread = 30.0 / (1 + coefficient);
            double level = coefficient == 0 && rows == 1 ? -300 : 0;
            values[j] = (float) (level + spread * (2 * random.nextDouble() - 1));
        }
        BitSet speech = new BitSet();
        for (int row = 0; row < rows; row++) {
            speech.set(row, index % 5 != 4 && random.nextInt(4) > 0); // every fifth window has none
        }
        return new Window(index, 1000L * index, 1000L * index + 3000, 0, 1, -20, rows, speech, values);
    }

    private static TreeModel trees(int width) {
        int n = 400;
        SplittableRandom random = new SplittableRandom(7);
        float[] values = new float[n * width];
        float[] labels = new float[n];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (20 * random.nextDouble() - 10);
        }
        for (int i = 0; i < n; i++) {
            labels[i] = i % 8;
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put("objective", "multi:softprob");
        settings.put("num_class", 8);
        settings.put("max_depth", 3);
        settings.put("nthread", 1);
        try {
            DMatrix matrix = new DMatrix(values, n, width, Float.NaN);
            matrix.setLabel(labels);
            Booster booster = XGBoost.train(matrix, settings, 5, Map.of(), null, null);
            byte[] bytes = booster.toByteArray("ubj");
            booster.dispose();
            matrix.dispose();
            return new TreeModel(bytes);
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }
}
