package io.undertone.bundle.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NaiveNetwork;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.TestNetworks;
import io.undertone.bundle.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewritesTest {
    static List<NetworkSpec> specs() {
        return List.of(
                ReferenceNetwork.spec(8),
                TestNetworks.image(40, 33),
                TestNetworks.sequence(40, 33),
                TestNetworks.plain());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldChangeNoResult(NetworkSpec spec) {
        Weights weights = TestNetworks.weights(spec, 2);
        Weights rewritten = Rewrites.apply(weights);
        SplittableRandom random = new SplittableRandom(3);
        float[] window = new float[spec.input().size()];
        for (int i = 0; i < window.length; i++) {
            window[i] = (float) (2 * random.nextDouble() - 1);
        }

        double[] expected = new NaiveNetwork(weights).predict(window, 12);
        double[] actual = new NaiveNetwork(rewritten).predict(window, 12);
        double[] kept = new NaiveNetwork(Rewrites.keepingConvolutions(weights)).predict(window, 12);

        assertThat(actual).containsExactly(expected, within(1e-6));
        assertThat(kept).containsExactly(expected, within(1e-6));
    }

    @Test
    void shouldKeepConvolutionsThatFollowOneAnother() {
        NetworkSpec kept = Rewrites.keepingConvolutions(TestNetworks.weights(ReferenceNetwork.spec(8), 1))
                .spec();

        assertThat(kept.layers())
                .containsExactly(
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.Relu(),
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.MaxPool1d(8),
                        new Layer.Relu(),
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.Relu(),
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.Relu(),
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.Relu(),
                        new Layer.Flatten(),
                        new Layer.Dense(8),
                        new Layer.Softmax());
        assertThat(TransformedNetworks.fits(kept)).isTrue();
    }

    @Test
    void shouldMakeMatricesOfTheReferenceNetworksLaterConvolutions() {
        NetworkSpec rewritten = Rewrites.apply(TestNetworks.weights(ReferenceNetwork.spec(8), 1))
                .spec();

        assertThat(rewritten.layers())
                .containsExactly(
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.Relu(),
                        new Layer.Conv1d(128, 5, 1, true),
                        new Layer.MaxPool1d(8),
                        new Layer.Flatten(),
                        new Layer.Relu(),
                        new Layer.Dense(640),
                        new Layer.Relu(),
                        new Layer.Dense(640),
                        new Layer.Relu(),
                        new Layer.Dense(640),
                        new Layer.Relu(),
                        new Layer.Dense(8),
                        new Layer.Softmax());
        assertThat(rewritten.multiplyAdds()).isEqualTo(4_536_320);
    }

    @Test
    void shouldLeaveNoBatchNormalisationBehindAConvolution() {
        NetworkSpec rewritten = Rewrites.apply(TestNetworks.weights(TestNetworks.image(40, 33), 1))
                .spec();

        assertThat(rewritten.layers()).noneMatch(Layer.BatchNorm.class::isInstance);
    }
}
