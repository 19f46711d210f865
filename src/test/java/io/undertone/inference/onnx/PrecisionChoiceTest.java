package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.bundle.BundleContent;
import io.undertone.inference.EngineException;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.TestBundles;
import io.undertone.model.Ensembles;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {
    private static final BundleContent PLAIN = TestBundles.frames();
    private static final BundleContent RANGED = EightBits.learned(PLAIN, TestBundles.windows(PLAIN.features(), 1, 1));

    @Test
    void shouldTake8BitsWhereAllIsThere() {
        PrecisionChoice choice = PrecisionChoice.of(RANGED, Device.CPU, Precision.AUTO, true);

        assertThat(choice.inBytes()).isTrue();
        assertThat(choice.why()).contains("ranges", "32 bits");
        assertThat(PrecisionChoice.of(RANGED, Device.CPU, Precision.INT8, true).inBytes())
                .isTrue();
    }

    @Test
    void shouldTakeFloatsWhereSomethingIsMissing() {
        assertThat(PrecisionChoice.of(RANGED, Device.CPU, Precision.FLOAT, true).inBytes())
                .isFalse();
        assertThat(PrecisionChoice.of(PLAIN, Device.CPU, Precision.AUTO, true).why())
                .contains("no ranges");
        assertThat(PrecisionChoice.of(RANGED, Device.CUDA, Precision.AUTO, true).why())
                .contains("inference.device=cuda");
        PrecisionChoice other = PrecisionChoice.of(RANGED, Device.CPU, Precision.AUTO, false);
        assertThat(other.inBytes()).isFalse();
        assertThat(other.why()).contains("avx512_vnni", "avx_vnni", "asimddp");
    }

    @Test
    void shouldRefuse8BitsThatAreAskedForAndCannotBeHad() {
        assertRefused(PLAIN, Device.CPU, true, "no ranges", "bundle=frames 0.0.1", "undertone bundle quantise");
        assertRefused(RANGED, Device.CUDA, true, "inference.device=cuda", "set inference.device=cpu");
        assertRefused(RANGED, Device.CPU, false, "avx512_vnni", "set inference.precision=auto or float");
    }

    private static void assertRefused(BundleContent content, Device device, boolean exact, String... says) {
        assertThatThrownBy(() -> PrecisionChoice.of(content, device, Precision.INT8, exact))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("inference.precision=int8")
                .hasMessageContainingAll(says);
    }

    @Test
    void shouldRefuse8BitsOnOtherEngines() {
        assertThatThrownBy(
                        () -> Ensembles.open(RANGED, new EngineSettings(Engine.DL4J, Device.AUTO, Precision.INT8, 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("inference.engine=dl4j");
        assertThatThrownBy(() -> Ensembles.open(PLAIN, EngineSettings.auto(1).in(Precision.INT8)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no ranges");
    }
}
