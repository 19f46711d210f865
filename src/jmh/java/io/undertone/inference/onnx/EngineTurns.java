package io.undertone.inference.onnx;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.NewestBundle;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.Probabilities;
import io.undertone.inference.VotingEnsemble;
import io.undertone.inference.dl4j.Dl4jEngine;
import io.undertone.inference.tensorflow.TensorFlowPeer;
import io.undertone.measure.Turns;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a window costs on each engine, as CPU time of the process: engines take turns within one process ({@link Turns}). {@code onnx}
 * computes in floats, {@code onnx-int8} in 8 bits, for which the bundle must have ranges; {@code voters} are all six, as served, checks
 * included, {@code voters-float} the same in floats. For machines with other work, where JMH's times say little. Arguments: bundle,
 * threads, engines, batch sizes, as in {@code reference 1 onnx,onnxPlain,dl4j,tensorflow 1,8,32,128} or
 * {@code telephone 1 onnx,onnx-int8,voters,voters-float 1,8,32,128}. Run from the project's folder.
 */
public final class EngineTurns {
    private EngineTurns() {}

    public static void main(String[] args) {
        for (String batch : args[3].split(",")) {
            micros(args[0], Integer.parseInt(args[1]), List.of(args[2].split(",")), Integer.parseInt(batch))
                    .forEach((name, micros) -> System.out.printf(
                            Locale.ROOT, "%s, batch %s, %s: %.0f us of CPU a window%n", args[0], batch, name, micros));
        }
        System.exit(0); // Native threads of the engines may be left.
    }

    /** Microseconds of CPU time for a window in batches of some size, by engine. */
    public static Map<String, Double> micros(String bundle, int threads, List<String> names, int batch) {
        BundleContent content = NewestBundle.open(bundle);
        List<Window> windows = EngineBenchmark.windows(content.features(), batch);
        Map<String, NetworkEngine> engines = new LinkedHashMap<>();
        Map<String, Runnable> operations = new LinkedHashMap<>();
        for (String name : names) {
            NetworkEngine engine = open(name, content, threads);
            engines.put(name, engine);
            operations.put(name, predicting(engine, content, windows));
        }
        Map<String, Double> micros = Turns.micros(operations);
        micros.replaceAll((name, all) -> all / batch);
        engines.values().forEach(NetworkEngine::close);
        return micros;
    }

    private static Runnable predicting(NetworkEngine engine, BundleContent content, List<Window> windows) {
        Probabilities probabilities =
                new Probabilities(content.voterNames().size(), content.labels().size());
        probabilities.reset(windows.size());
        return () -> engine.predict(windows, probabilities);
    }

    private static NetworkEngine open(String name, BundleContent content, int threads) {
        return switch (name) {
            case "onnx" -> OnnxEngine.open(content, Device.CPU, threads);
            case "onnxPlain" -> OnnxEngine.open(content, OnnxExport.selfContained(content), Device.CPU, threads);
            case "dl4j" -> Dl4jEngine.open(content, Device.CPU, threads);
            case "onnx-int8" ->
                OnnxEngine.open(content, Device.CPU, PrecisionChoice.of(content, Device.CPU, Precision.INT8), threads);
            case "voters" -> new AllVoters(Ensembles.open(content, EngineSettings.auto(threads)));
            case "voters-float" ->
                new AllVoters(
                        Ensembles.open(content, EngineSettings.auto(threads).in(Precision.FLOAT)));
            default -> TensorFlowPeer.open(content, threads);
        };
    }

    /** The whole ensemble, measured as if it were one more engine. */
    private record AllVoters(VotingEnsemble ensemble) implements NetworkEngine {
        @Override
        public String description() {
            return ensemble.description();
        }

        @Override
        public void predict(List<Window> windows, Probabilities probabilities) {
            ensemble.predict(windows, probabilities);
        }

        @Override
        public void close() {
            ensemble.close();
        }
    }
}
