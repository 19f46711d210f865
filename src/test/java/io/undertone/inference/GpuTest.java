package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.undertone.bench.WindowThroughput;
import io.undertone.bundle.BundleContent;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.dl4j.Dl4jEngine;
import io.undertone.inference.onnx.OnnxEngine;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engines on an NVIDIA GPU: that they agree with the processor, and how many windows a second they compute. With a GPU at hand:
 * {@code mvn -B -Dquick -Pcuda test -Dtest=GpuTest}, and {@code -Pnd4j-cuda} for ND4J up to compute capability 8.6.
 */
@Tag("gpu")
class GpuTest {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final int[] BATCHES = {1, 8, 32, 128, 512};
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(2);

    static List<BundleContent> bundles() {
        return List.of(TestBundles.reference(), TestBundles.frames());
    }

    @BeforeEach
    void requireGpu() {
        assumeTrue(Files.exists(DRIVER), "no NVIDIA GPU here: there is no " + DRIVER);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldAgreeWithTheProcessorOnOnnxRuntime(BundleContent content) throws InterruptedException {
        assumeTrue(OnnxEngine.hasCudaBuild(), "ONNX Runtime on the class path has no CUDA: build with -Pcuda");
        try (VotingEnsemble gpu = Ensembles.open(content, new EngineSettings(Engine.ONNX, Device.CUDA, 1));
                VotingEnsemble cpu = Ensembles.open(content, new EngineSettings(Engine.ONNX, Device.CPU, 2))) {
            compare(content, cpu, gpu);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldAgreeWithTheProcessorOnNd4j(BundleContent content) throws InterruptedException {
        assumeTrue(Dl4jEngine.onCuda(), "ND4J on the class path has no CUDA: build with -Pnd4j-cuda");
        try (VotingEnsemble gpu = Ensembles.open(content, new EngineSettings(Engine.DL4J, Device.CUDA, 1));
                VotingEnsemble cpu = Ensembles.open(content, new EngineSettings(Engine.ONNX, Device.CPU, 2))) {
            compare(content, cpu, gpu);
        }
    }

    private static void compare(BundleContent content, VotingEnsemble cpu, VotingEnsemble gpu)
            throws InterruptedException {
        Probabilities expected = cpu.newProbabilities();
        Probabilities actual = gpu.newProbabilities();
        for (int n : BATCHES) {
            List<Window> windows = TestBundles.windows(content.features(), n, n);
            cpu.predict(windows, expected);
            gpu.predict(windows, actual);
            assertThat(actual.failures()).isEmpty();
            assertThat(expected.largestDifference(actual)).as("batch %d", n).isLessThan(1e-4);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s, batch %d: %.0f windows/s%n",
                    content.name(),
                    gpu.description(),
                    n,
                    new WindowThroughput(gpu, windows, MEASURED_NANOS, System::nanoTime)
                            .measure(n, 1)
                            .windowsPerSecond());
        }
    }
}
