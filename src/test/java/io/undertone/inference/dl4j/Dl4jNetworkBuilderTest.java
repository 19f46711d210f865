package io.undertone.inference.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.InitialWeights;
import io.undertone.bundle.Layer;
import io.undertone.bundle.NaiveNetwork;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.TestNetworks;
import io.undertone.bundle.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;

class Dl4jNetworkBuilderTest {
    static List<NetworkSpec> specs() {
        return List.of(
                ReferenceNetwork.spec(8),
                TestNetworks.image(40, 61),
                TestNetworks.sequence(40, 61),
                TestNetworks.plain());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldAgreeWithTheLayersDefinitions(NetworkSpec spec) {
        Weights weights = TestNetworks.weights(spec, 5);
        ComputationGraph network = new Dl4jNetworkBuilder(spec).build();
        Dl4jWeights.copyInto(network, weights);
        int n = 3;
        float[][] windows = windows(spec, n, 9);
        int[] rows = {spec.input().steps(), 1, spec.input().steps() / 2};

        INDArray out = network.output(false, inputs(spec, windows, rows))[0];

        NaiveNetwork naive = new NaiveNetwork(weights);
        for (int i = 0; i < n; i++) {
            double[] expected = naive.predict(windows[i], rows[i]);
            for (int label = 0; label < expected.length; label++) {
                assertThat(out.getDouble(i, label))
                        .as("window %d label %d", i, label)
                        .isCloseTo(expected[label], within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldGiveBackTheWeightsItWasGiven(NetworkSpec spec) {
        Weights weights = TestNetworks.weights(spec, 6);
        ComputationGraph network = new Dl4jNetworkBuilder(spec).build();

        Dl4jWeights.copyInto(network, weights);

        assertThat(Dl4jWeights.copyFrom(network, spec)).isEqualTo(weights);
    }

    /** The gradients of our own vertices against differences of the score, in double precision. */
    @ParameterizedTest
    @MethodSource("specs")
    void shouldHaveTheGradientsOfItsScore(NetworkSpec withDropout) {
        NetworkSpec spec = new NetworkSpec(
                withDropout.input(),
                withDropout.layers().stream()
                        .filter(layer -> !(layer instanceof Layer.Dropout))
                        .toList());
        ComputationGraph network = new Dl4jNetworkBuilder(spec)
                .updater(new NoOp())
                .settings(s -> s.dataType(DataType.DOUBLE))
                .build();
        Dl4jWeights.copyInto(network, TestNetworks.weights(spec, 5));
        int n = 4;
        int[] rows = {spec.input().steps(), 1, spec.input().steps() / 2, 7};
        INDArray[] inputs = inputs(spec, windows(spec, n, 9), rows);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = inputs[i].castTo(DataType.DOUBLE);
        }
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, n, spec.labels());
        for (int i = 0; i < n; i++) {
            labels.putScalar(i, i % spec.labels(), 1);
        }
        MultiDataSet data = new MultiDataSet(inputs, new INDArray[] {labels});

        assertThat(GradientDifference.largest(network, data, 6)).isLessThan(1e-4);
    }

    @Test
    void shouldLearn() {
        NetworkSpec spec = TestNetworks.sequence(40, 31);
        ComputationGraph network =
                new Dl4jNetworkBuilder(spec).seed(1).updater(new Adam(2e-3)).build();
        Dl4jWeights.copyInto(network, InitialWeights.glorot(spec, 1));
        int n = 16;
        int[] rows = new int[n];
        Arrays.setAll(rows, i -> 12 + i);
        INDArray labels = Nd4j.zeros(n, 8);
        float[][] windows = windows(spec, n, 2);
        for (int i = 0; i < n; i++) {
            labels.putScalar(i, i % 8, 1);
            for (int frame = 0; frame < 31; frame++) {
                windows[i][31 * (i % 8) + frame] += 1; // a raised coefficient tells the label
            }
        }
        MultiDataSet data = new MultiDataSet(inputs(spec, windows, rows), new INDArray[] {labels});
        double before = network.score(data);

        for (int step = 0; step < 40; step++) {
            network.fit(data);
        }

        assertThat(network.score(data)).isLessThan(0.3 * before);
    }

    private static float[][] windows(NetworkSpec spec, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] windows = new float[n][spec.input().size()];
        for (float[] window : windows) {
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return windows;
    }

    private static INDArray[] inputs(NetworkSpec spec, float[][] windows, int[] rows) {
        long[] shape = new long[spec.input().axes().size() + 1];
        shape[0] = windows.length;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = spec.input().axes().get(i - 1);
        }
        INDArray values = Nd4j.create(windows).reshape('c', shape);
        if (!spec.masked()) {
            return new INDArray[] {values};
        }
        INDArray mask = Nd4j.zeros(windows.length, spec.input().steps());
        for (int i = 0; i < windows.length; i++) {
            for (int j = 0; j < rows[i]; j++) {
                mask.putScalar(i, j, 1);
            }
        }
        return new INDArray[] {values, mask};
    }
}
