package io.undertone.inference.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.NewestBundle;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.Probabilities;
import io.undertone.inference.dl4j.Dl4jEngine;
import io.undertone.inference.tensorflow.TensorFlowPeer;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All five networks of a bundle on a batch of random windows of full length, on two threads, the bundle's preparation included. Engines:
 * {@code onnx}, as served; {@code onnxPlain}, ONNX Runtime on the graph layer for layer; {@code dl4j}, five {@code output()} calls
 * over two threads; {@code tensorflow}, TensorFlow Java on the graph layer for layer (reference only). The score is batches a
 * second: times the batch size, windows a second. Run from the project's folder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
    @Param({"reference", "telephone"})
    private String bundle = "reference";

    @Param({"onnx", "onnxPlain", "dl4j", "tensorflow"})
    private String engine = "onnx";

    @Param({"1", "8", "32", "128"})
    private int batch;

    @Param("2")
    private int threads;

    private NetworkEngine networks;
    private List<Window> windows;
    private Probabilities probabilities;

    @Setup(Level.Trial)
    public void open() {
        BundleContent content = NewestBundle.open(bundle);
        networks = switch (engine) {
            case "onnx" -> OnnxEngine.open(content, Device.CPU, threads);
            case "onnxPlain" -> OnnxEngine.open(content, OnnxExport.selfContained(content), Device.CPU, threads);
            case "dl4j" -> Dl4jEngine.open(content, Device.CPU, threads);
            default -> TensorFlowPeer.open(content, threads);
        };
        windows = windows(content.features(), batch);
        probabilities =
                new Probabilities(content.voterNames().size(), content.labels().size());
        probabilities.reset(batch);
    }

    static List<Window> windows(FeatureSpec spec, int count) {
        Random random = new Random(1);
        int rows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[rows * spec.coefficients()];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) random.nextGaussian() * 10;
            }
            windows.add(new Window(i, 0, spec.windowMs(), 0, 1, -30, rows, values));
        }
        return windows;
    }

    @Benchmark
    public Probabilities predict() {
        networks.predict(windows, probabilities);
        return probabilities;
    }

    @TearDown(Level.Trial)
    public void close() {
        networks.close();
    }
}
