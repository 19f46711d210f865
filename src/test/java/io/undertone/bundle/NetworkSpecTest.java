package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.bundle.Shape.Flat;
import io.undertone.bundle.Shape.Image;
import io.undertone.bundle.Shape.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {
    @Test
    void shouldHaveTheReferenceNetworksParametersAndShapes() {
        NetworkSpec spec = ReferenceNetwork.spec(8);

        assertThat(spec.parameterCount()).isEqualTo(416_136);
        assertThat(spec.weightValues()).isEqualTo(416_136);
        assertThat(spec.multiplyAdds()).isEqualTo(4_945_920);
        assertThat(spec.labels()).isEqualTo(8);
        assertThat(spec.masked()).isFalse();
        assertThat(spec.shapes())
                .containsExactly(
                        new Sequence(1, 40),
                        new Sequence(128, 40),
                        new Sequence(128, 40),
                        new Sequence(128, 40),
                        new Sequence(128, 40),
                        new Sequence(128, 40),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Sequence(128, 5),
                        new Flat(640),
                        new Flat(8),
                        new Flat(8));
    }

    @Test
    void shouldFollowStridesAndPoolingThroughTheNetwork() {
        NetworkSpec spec = TestNetworks.image(40, 189);

        assertThat(spec.shapes())
                .contains(new Image(24, 20, 95), new Image(32, 10, 48), new Image(48, 5, 48), new Sequence(320, 48));
        assertThat(spec.timeStride(16)).isEqualTo(4);
        assertThat(spec.masked()).isTrue();
        assertThat(spec.parameters().get(0)).isEqualTo(new Parameter("0.weight", List.of(24, 1, 5, 5), true));
        assertThat(spec.parameters().get(3)).isEqualTo(new Parameter("1.mean", List.of(24), false));
        assertThat(spec.weightValues() - spec.parameterCount()).isEqualTo(2 * (24 + 32 + 48 + 96));
    }

    @Test
    void shouldRefuseLayersThatDoNotFit() {
        assertThatThrownBy(() -> new NetworkSpec(new Sequence(1, 40), List.of(new Layer.Dense(8), new Layer.Softmax())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 0")
                .hasMessageContaining("flatten");
        assertThatThrownBy(() -> new NetworkSpec(new Sequence(1, 40), List.of(new Layer.Flatten())))
                .hasMessageContaining("must end in a dense layer and a softmax");
        assertThatThrownBy(() -> new Layer.Conv1d(8, 4, 1, true)).hasMessage("must be odd and >= 1: kernel=4");
        assertThatThrownBy(() -> new Layer.Dropout(1)).hasMessage("must be >= 0 and < 1: rate=1.0");
        assertThatThrownBy(() -> new NetworkSpec(
                        new Sequence(1 << 20, 1 << 20),
                        List.of(new Layer.Flatten(), new Layer.Dense(8), new Layer.Softmax())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepWeightsThroughBytes() {
        Weights weights = TestNetworks.weights(TestNetworks.plain(), 3);

        byte[] bytes = weights.toBytes();

        assertThat(bytes).hasSize(4 * weights.spec().weightValues());
        assertThat(Weights.fromBytes(weights.spec(), bytes)).isEqualTo(weights);
        assertThatThrownBy(() -> Weights.fromBytes(weights.spec(), new byte[8]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length=8");
    }

    @Test
    void shouldDrawInitialWeightsWithinGlorotsBounds() {
        Weights weights = InitialWeights.glorot(ReferenceNetwork.spec(8), 1);

        double bound = Math.sqrt(6.0 / (5 * 128 + 5 * 128));
        float[] second = weights.get(2, "weight");
        double square = 0;
        for (float value : second) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
            square += value * value;
        }
        assertThat(Math.sqrt(square / second.length))
                .isBetween(0.97 * bound / Math.sqrt(3), 1.03 * bound / Math.sqrt(3));
        assertThat(weights).isEqualTo(InitialWeights.glorot(ReferenceNetwork.spec(8), 1));
        assertThat(weights).isNotEqualTo(InitialWeights.glorot(ReferenceNetwork.spec(8), 2));
    }
}
