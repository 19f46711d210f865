package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.Layer.Conv1d;
import io.undertone.bundle.Layer.Dense;
import io.undertone.bundle.Layer.MaxPool1d;
import io.undertone.bundle.Layer.MeanSpreadPool;
import io.undertone.bundle.Layer.Relu;
import io.undertone.bundle.Layer.Softmax;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.Shape.Sequence;
import io.undertone.bundle.TestNetworks;
import io.undertone.bundle.Voter;
import io.undertone.bundle.Weights;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.Probabilities;
import io.undertone.inference.TestBundles;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Networks in 8 bits: what they compute, by definition; that little changes; that no window depends on those beside it. */
class EightBitsTest {
    /**
     * Of each channel. The first convolution gives eighths of whole numbers, the largest ranges are 255 powers of two, others a fourth or a
     * sixteenth of them: no float is rounded before it is a byte.
     */
    private static final List<List<Float>> RANGES = List.of(
            List.of(255f / 8, 255f / 8, 255f / 32, 255f / 128),
            List.of(255f / 16, 255f / 64, 255f / 16, 255f / 64, 255f / 16, 255f / 16),
            List.of(255f / 32, 255f / 32, 255f / 32, 255f / 64, 255f / 32));

    private static final FeatureSpec FEATURES = FeatureSpecs.telephone();
    private static final int ROWS = FEATURES.maxFramesPerWindow();

    private static BundleContent small() {
        NetworkSpec spec = new NetworkSpec(
                new Sequence(FEATURES.coefficients(), ROWS),
                List.of(
                        new Conv1d(4, 3, 1, true),
                        new Relu(),
                        new Conv1d(6, 3, 1, true),
                        new Relu(),
                        new MaxPool1d(2),
                        new Conv1d(5, 3, 2, false),
                        new Relu(),
                        new MeanSpreadPool(1e-5),
                        new Dense(8),
                        new Softmax()));
        Weights random = TestNetworks.weights(spec, 5);
        Weights weights = Weights.of(spec, parameter -> {
            float[] values = random.get(parameter.name());
            for (int i = 0; i < values.length; i++) {
                values[i] = parameter.name().startsWith("0.") ? Math.round(values[i] * 8) / 8f : values[i];
            }
            return values;
        });
        InputPreparation asTheyAre = new InputPreparation.Frames(ROWS, 1, false);
        return EightBits.with(
                TestBundles.content("small", FEATURES, List.of(new Voter.Network("cnn-1", asTheyAre, weights))),
                new Quantisation("test", 1, Map.of("cnn-1", RANGES)));
    }

    private static List<Window> wholeNumbers(int n) {
        SplittableRandom random = new SplittableRandom(3);
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            float[] values = new float[ROWS * FEATURES.coefficients()];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextInt(-6, 7);
            }
            windows.add(new Window(i, 0, 3000, 0, 1, -20, ROWS, values));
        }
        return windows;
    }

    @Test
    void shouldComputeWhatThe8BitsAreDefinedAs() {
        EightBits.areNeeded();
        BundleContent content = small();
        List<Window> windows = wholeNumbers(20);
        ByteNetwork defined = new ByteNetwork(content.networks().get(0).weights(), RANGES);

        Probabilities actual = inBytes(content, windows);
        Probabilities floats = inFloats(content, windows);

        double farthestFromFloats = 0;
        for (int window = 0; window < windows.size(); window++) {
            double[] expected = defined.predict(windows.get(window));
            for (int label = 0; label < expected.length; label++) {
                assertThat((double) actual.get(window, 0, label)).isCloseTo(expected[label], within(1e-5));
                farthestFromFloats =
                        Math.max(farthestFromFloats, Math.abs(floats.get(window, 0, label) - expected[label]));
            }
        }
        assertThat(farthestFromFloats).as("8 bits, not floats").isGreaterThan(1e-3);
        assertThat(defined.cutOff()).as("values above the range are cut").isPositive();
    }

    @Test
    void shouldLearnTheLargestValueOfEachConvolution() {
        BundleContent content = small();
        List<Window> windows = wholeNumbers(9);
        ByteNetwork defined = new ByteNetwork(content.networks().get(0).weights(), RANGES);

        List<List<Float>> ranges =
                EightBits.learned(content, windows).quantisation().ranges().get("cnn-1");

        assertThat(ranges).hasSize(3);
        double largest =
                windows.stream().mapToDouble(defined::largestOfFirst).max().orElseThrow();
        assertThat((double) Collections.max(ranges.get(0))).isBetween(largest, largest * 1.01);
    }

    @Test
    void shouldChangeLittle() {
        EightBits.areNeeded();
        BundleContent plain = TestBundles.frames();
        BundleContent ranged = EightBits.learned(plain, TestBundles.windows(plain.features(), 300, 1));
        List<Window> windows = TestBundles.windows(plain.features(), 40, 2);

        Probabilities floats = inFloats(plain, windows);
        Probabilities bytes = inBytes(ranged, windows);

        double sum = 0;
        double largest = 0;
        int n = 0;
        for (int window = 0; window < windows.size(); window++) {
            for (int voter = 0; voter < 5; voter++) {
                for (int label = 0; label < 8; label++) {
                    double difference = Math.abs(floats.get(window, voter, label) - bytes.get(window, voter, label));
                    sum += difference;
                    largest = Math.max(largest, difference);
                    n++;
                }
            }
        }
        assertThat(sum / n).isBetween(1e-6, 5e-3);
        assertThat(largest).isLessThan(0.1);
    }

    @Test
    void shouldSayTheSameInEveryBatch() {
        BundleContent plain = TestBundles.frames();
        BundleContent ranged = EightBits.learned(plain, TestBundles.windows(plain.features(), 60, 1));
        List<Window> windows = TestBundles.windows(plain.features(), 33, 4);
        try (OnnxEngine engine = OnnxEngine.open(ranged, OnnxExport.inBytes(ranged), Device.CPU, 1)) {
            Probabilities together = ask(engine, windows);
            for (int size : new int[] {1, 2, 7}) {
                for (int start = 0; start + size <= windows.size(); start += size) {
                    Probabilities some = ask(engine, windows.subList(start, start + size));
                    for (int i = 0; i < size; i++) {
                        for (int voter = 0; voter < 5; voter++) {
                            for (int label = 0; label < 8; label++) {
                                assertThat(some.get(i, voter, label))
                                        .as("window %d in a batch of %d", start + i, size)
                                        .isCloseTo(together.get(start + i, voter, label), within(1e-6f));
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldNeedRanges() {
        assertThatThrownBy(() -> OnnxExport.inBytes(TestBundles.frames()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have ranges");
        try (ActivationRanges ranges = ActivationRanges.open(TestBundles.frames(), 1)) {
            assertThatThrownBy(ranges::ranges).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Probabilities inBytes(BundleContent content, List<Window> windows) {
        try (OnnxEngine engine = OnnxEngine.open(content, OnnxExport.inBytes(content), Device.CPU, 1)) {
            return ask(engine, windows);
        }
    }

    private static Probabilities inFloats(BundleContent content, List<Window> windows) {
        try (OnnxEngine engine = OnnxEngine.open(content, Device.CPU, 1)) {
            return ask(engine, windows);
        }
    }

    private static Probabilities ask(OnnxEngine engine, List<Window> windows) {
        Probabilities probabilities = new Probabilities(6, 8);
        probabilities.reset(windows.size());
        engine.predict(windows, probabilities);
        return probabilities;
    }
}
