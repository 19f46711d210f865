package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.NaiveNetwork;
import io.undertone.bundle.Voter;
import io.undertone.bundle.WindowPreparer;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine gives the same probabilities, to 1e-4, whatever the batch. */
class EngineAgreementTest {
    static List<BundleContent> bundles() {
        return List.of(TestBundles.reference(), TestBundles.frames(), TestBundles.pitched());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldAgreeOnEveryProbability(BundleContent content) {
        try (VotingEnsemble dl4j = Ensembles.open(content, new EngineSettings(Engine.DL4J, Device.AUTO, 2));
                VotingEnsemble onnx = Ensembles.open(content, new EngineSettings(Engine.ONNX, Device.CPU, 2))) {
            Probabilities expected = dl4j.newProbabilities();
            Probabilities actual = onnx.newProbabilities();
            for (int n : new int[] {1, 7, 32, 128}) {
                List<Window> windows = TestBundles.windows(content.features(), n, n);
                dl4j.predict(windows, expected);
                onnx.predict(windows, actual);

                assertThat(actual.failures()).isEmpty();
                assertThat(expected.failures()).isEmpty();
                assertThat(expected.largestDifference(actual)).as("batch %d", n).isLessThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldAgreeWithTheLayersDefinitions(BundleContent content) {
        Window window = TestBundles.windows(content.features(), 3, 11).get(2);
        try (VotingEnsemble onnx = Ensembles.open(content, EngineSettings.auto(1))) {
            Probabilities actual = onnx.newProbabilities();
            onnx.predict(List.of(window), actual);

            for (int voter = 0; voter < content.networks().size(); voter++) {
                Voter.Network network = content.networks().get(voter);
                WindowPreparer preparer = new WindowPreparer(network.preparation(), content.features());
                float[] input = new float[preparer.width()];
                preparer.prepare(window, input, 0);
                boolean padded = network.preparation() instanceof InputPreparation.Frames;
                int rows = padded ? window.rows() : network.spec().input().steps();
                double[] expected = new NaiveNetwork(network.weights()).predict(input, rows);
                for (int label = 0; label < expected.length; label++) {
                    assertThat((double) actual.get(0, voter, label)).isCloseTo(expected[label], within(1e-4));
                }
            }
        }
    }
}
