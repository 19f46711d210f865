package io.undertone.inference.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class FrameNetworkTest {
    private static final NetworkSpec PICTURE = new NetworkSpec(
            new Shape.Image(1, 10, 14),
            List.of(
                    new Layer.Conv2d(3, 3, 5, 2, 2, false),
                    new Layer.BatchNorm(1e-5),
                    new Layer.Relu(),
                    new Layer.MaxPool2d(2, 1),
                    new Layer.StackFrequency(),
                    new Layer.Conv1d(6, 3, 1, false),
                    new Layer.BatchNorm(1e-5),
                    new Layer.Relu(),
                    new Layer.MeanSpreadPool(1e-5),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(4),
                    new Layer.Softmax()));

    private static FrameNetwork network(NetworkSpec spec, long seed) {
        return new FrameNetwork(spec, new Adam(1e-3), 0.01, new LossMCXENT(), seed);
    }

    private static Weights randomWeights(NetworkSpec spec) {
        SplittableRandom random = new SplittableRandom(11);
        return Weights.of(spec, parameter -> {
            float[] values = new float[parameter.size()];
            for (int i = 0; i < values.length; i++) {
                double v = random.nextDouble() - 0.5;
                values[i] = (float) (parameter.name().endsWith("variance") ? 0.5 + Math.abs(v) : v);
            }
            return values;
        });
    }

    @Test
    void shouldComputeWhatTheGraphOfTheSameSpecComputes() {
        Weights weights = randomWeights(PICTURE);
        FrameNetwork frames = network(PICTURE, 1);
        frames.setWeights(weights);
        ComputationGraph graph = new Dl4jNetworkBuilder(PICTURE).build();
        Dl4jWeights.copyInto(graph, weights);
        Nd4j.getRandom().setSeed(2);
        INDArray picture = Nd4j.randn(DataType.FLOAT, 3, 1, 10, 14);
        INDArray expected = graph.output(picture, Nd4j.ones(DataType.FLOAT, 3, 14))[0];

        INDArray actual = frames.network().output(picture.permute(0, 3, 2, 1).dup('c'));

        assertThat(actual.shape()).isEqualTo(expected.shape());
        for (long i = 0; i < expected.length(); i++) {
            assertThat(actual.getDouble(i)).isCloseTo(expected.getDouble(i), within(1e-5));
        }
    }

    @Test
    void shouldGiveBackTheWeightsItWasGiven() {
        Weights weights = randomWeights(PICTURE);
        FrameNetwork frames = network(PICTURE, 1);
        frames.setWeights(weights);
        assertThat(frames.weights()).isEqualTo(weights);
    }

    @Test
    void shouldBeginWithTheSameWeightsForTheSameSeedAlone() {
        assertThat(network(PICTURE, 5).weights()).isEqualTo(network(PICTURE, 5).weights());
        assertThat(network(PICTURE, 5).weights())
                .isNotEqualTo(network(PICTURE, 6).weights());
    }

    @Test
    void shouldRefuseLayersItDoesNotKnow() {
        NetworkSpec spec = new NetworkSpec(
                new Shape.Sequence(3, 8),
                List.of(new Layer.Conv1d(3, 3, 1, true), new Layer.Flatten(), new Layer.Dense(2), new Layer.Softmax()));
        assertThatThrownBy(() -> network(spec, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Dl4jNetworkBuilder");
    }
}
