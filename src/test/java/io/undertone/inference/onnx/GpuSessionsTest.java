package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.Probabilities;
import io.undertone.inference.TestBundles;
import io.undertone.window.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sessions of a GPU, opened on the processor: which there are, and that padding changes no answer. */
class GpuSessionsTest {
    private final OrtEnvironment environment = OnnxEnvironment.get();
    private int opened;

    static List<BundleContent> bundles() {
        return List.of(TestBundles.reference(), TestBundles.frames());
    }

    private GpuSessions sessions(BundleContent content) throws OrtException {
        byte[] model = OnnxExport.rewritten(content);
        return new GpuSessions(() -> {
            opened++;
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                return environment.createSession(model, options);
            }
        });
    }

    @Test
    void shouldOpenASessionForEachSizeOnceItIsNeeded() throws OrtException {
        try (GpuSessions sessions = sessions(TestBundles.reference())) {
            assertThat(opened).isEqualTo(1);
            assertThat(sessions.largest()).isEqualTo(512);
            assertThat(List.of(
                            sessions.of(1).size(),
                            sessions.of(8).size(),
                            sessions.of(9).size(),
                            sessions.of(33).size(),
                            sessions.of(512).size(),
                            sessions.of(300).size()))
                    .containsExactly(8, 8, 32, 128, 512, 512);
            assertThat(opened).isEqualTo(4);
            assertThat(sessions.of(300).session()).isSameAs(sessions.of(512).session());
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldAnswerAsWithoutPadding(BundleContent content) throws OrtException {
        try (NetworkEngine plain = OnnxEngine.open(content, Device.CPU, 2);
                NetworkEngine padded =
                        new OnnxEngine(environment, sessions(content), BatchShape.of(content), "padded")) {
            // From large to small: what an earlier batch left behind a smaller one must not count.
            for (int n : new int[] {600, 130, 33, 7, 1}) {
                List<Window> windows = TestBundles.windows(content.features(), n, n);
                assertThat(ask(plain, content, windows).largestDifference(ask(padded, content, windows)))
                        .as("batch %d", n)
                        .isLessThan(1e-5);
            }
        }
    }

    private static Probabilities ask(NetworkEngine engine, BundleContent content, List<Window> windows) {
        Probabilities probabilities =
                new Probabilities(content.voterNames().size(), content.labels().size());
        probabilities.reset(windows.size());
        engine.predict(windows, probabilities);
        return probabilities;
    }
}
