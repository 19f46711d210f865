package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Probabilities;
import io.undertone.inference.TestBundles;
import io.undertone.inference.VotingEnsemble;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another runtime opens the exported files and gets the same probabilities from raw coefficients. */
class OnnxExportTest {
    @TempDir
    private Path temporary;

    static List<BundleContent> bundles() {
        return List.of(TestBundles.reference(), TestBundles.frames(), TestBundles.pitched());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldOpenElsewhere(BundleContent content) throws Exception {
        Path folder =
                BundleWriter.write(temporary, content, LocalDate.of(2026, 11, 22), Map.of(), OnnxExport::besideWeights);
        Path alone = Files.write(temporary.resolve("alone.onnx"), OnnxExport.selfContained(content));
        List<Window> windows = TestBundles.windows(content.features(), 3, 8);
        try (VotingEnsemble ensemble = Ensembles.open(content, EngineSettings.auto(1))) {
            Probabilities expected = ensemble.newProbabilities();
            ensemble.predict(windows, expected);

            for (Path model : List.of(folder.resolve("ensemble.onnx"), alone)) {
                float[][][] actual = run(model, content, windows);
                for (int window = 0; window < 3; window++) {
                    for (int voter = 0; voter < content.networks().size(); voter++) {
                        for (int label = 0; label < 8; label++) {
                            assertThat(Math.abs(actual[window][voter][label] - expected.get(window, voter, label)))
                                    .isLessThan(1e-4f);
                        }
                    }
                }
            }
        }
    }

    private static float[][][] run(Path model, BundleContent content, List<Window> windows) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int rows = Math.max(1, content.networkRows());
        int width = content.features().rowValues();
        float[] values = new float[windows.size() * rows * width];
        long[] own = new long[windows.size()];
        float[] speech = new float[windows.size() * rows];
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).copyTo(values, i * rows * width);
            Window window = windows.get(i);
            own[i] = window.rows();
            for (int row = 0; row < window.rows(); row++) {
                speech[i * rows + row] = window.speechRows() == 0 || window.isSpeech(row) ? 1 : 0;
            }
        }
        boolean frames = content.networkRows() > 0;
        long[] shape = frames ? new long[] {windows.size(), rows, width} : new long[] {windows.size(), width};
        try (OrtSession session = environment.createSession(model.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OnnxTensor flags = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(speech), new long[] {windows.size(), rows});
                OnnxTensor counts =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(own), new long[] {windows.size()})) {
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("labels", String.join(",", TestBundles.LABELS))
                    .containsKey("feature_spec");
            Map<String, OnnxTensor> inputs = new HashMap<>(Map.of("windows", input));
            if (frames) {
                inputs.put("rows", counts);
                inputs.put("speech", flags);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return (float[][][]) result.get(0).getValue();
            }
        }
    }
}
