package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VoiceNetworkTest {
    /** Two numbers, two hidden units, one output: relu(a) - 2 relu(b) + 1 of the standardised a and b. */
    private static final VoiceNetwork SMALL = new VoiceNetwork(
            new float[] {10, 0}, new float[] {2, 1}, new float[][] {{1, 0, 0, 1}, {1, -2}}, new float[][] {{0, 0}, {1}
            });

    private static float logOdds(VoiceNetwork network, float... features) {
        return network.logOdds(features, new float[network.widest()], new float[network.widest()]);
    }

    @Test
    void shouldComputeItsLayers() {
        assertThat(logOdds(SMALL, 14, 3)).isEqualTo(2 - 6 + 1);
        assertThat(logOdds(SMALL, 4, -3)).isEqualTo(1);
        // 50 spreads are held to 5.
        assertThat(logOdds(SMALL, 110, 0)).isEqualTo(6);
    }

    @Test
    void shouldSurviveItsBytes() {
        assertThat(VoiceNetwork.fromBytes(SMALL.toBytes())).isEqualTo(SMALL);
    }

    @Test
    void shouldRefuseBytesThatAreNoNetwork() {
        byte[] bytes = SMALL.toBytes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VoiceNetwork.fromBytes(Arrays.copyOf(bytes, bytes.length - 1)))
                .withMessageContaining("must be whole");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VoiceNetwork.fromBytes(Arrays.copyOf(bytes, bytes.length + 4)))
                .withMessageContaining("must end");
        byte[] other = bytes.clone();
        other[0]++;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VoiceNetwork.fromBytes(other))
                .withMessageContaining("VOV1");
    }

    @Test
    void shouldRefuseASpecWhoseNetworkThisReleaseDoesNotHave() {
        VoiceSpec shipped = shipped();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VoiceNetwork.of(new VoiceSpec("nobodys", shipped.sha256(), 0.5, 0.9, shipped.pitch())))
                .withMessageContaining("network=nobodys");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        VoiceNetwork.of(new VoiceSpec(shipped.network(), "0".repeat(64), 0.5, 0.9, shipped.pitch())))
                .withMessageContaining(shipped.sha256());
    }

    @Test
    void shouldShipTheNetworkOfTheTelephone() {
        VoiceNetwork network = VoiceNetwork.of(shipped());
        assertThat(network.inputs()).isEqualTo(VoiceHearing.COUNT);
        assertThat(logOdds(network, new float[VoiceHearing.COUNT])).isCloseTo(0, within(30f));
    }

    private static VoiceSpec shipped() {
        VoiceSpec spec = FeatureSpecs.telephoneVoice().voice();
        assertThat(spec).isNotNull();
        return spec;
    }
}
