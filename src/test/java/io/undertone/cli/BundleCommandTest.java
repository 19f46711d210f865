package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {
    @TempDir
    private Path folder;

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() {
        bundle = BundleWriter.write(
                folder, TestBundles.frames(), LocalDate.of(2026, 11, 22), Map.of(), OnnxExport::besideWeights);
    }

    @Test
    void shouldCallAWholeBundleSound() {
        CommandRunner.Result result = new CommandRunner().run("bundle", "verify", bundle.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .singleElement()
                .asString()
                .startsWith("verified: frames 0.0.1, 6 voters, 8 labels");
    }

    @Test
    void shouldNameTheFileThatWasChanged() throws Exception {
        Path trees = bundle.resolve("xgboost.ubj");
        byte[] bytes = Files.readAllBytes(trees);
        bytes[bytes.length / 2] ^= 1;
        Files.write(trees, bytes);

        CommandRunner.Result result = new CommandRunner().run("bundle", "verify", bundle.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("xgboost.ubj");
    }

    @Test
    void shouldExportAFileThatAnotherRuntimeOpens() throws Exception {
        Path onnx = folder.resolve("alone.onnx");

        CommandRunner.Result result =
                new CommandRunner().run("bundle", "export", bundle.toString(), "--onnx", onnx.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("wrote " + onnx);
        try (OrtSession session =
                OrtEnvironment.getEnvironment().createSession(onnx.toString(), new OrtSession.SessionOptions())) {
            assertThat(session.getNumOutputs()).isPositive();
        }
    }

    @Test
    void shouldShowWhatItHoldsAsJson() throws Exception {
        CommandRunner.Result result = new CommandRunner().run("bundle", "inspect", "--json", bundle.toString());

        assertThat(result.exitCode()).isZero();
        JsonNode shown = new ObjectMapper().readTree(result.outLines().get(0));
        assertThat(shown.at("/name").asText()).isEqualTo("frames");
        assertThat(shown.at("/voters")).hasSize(6);
        assertThat(shown.at("/scores/uar").asDouble()).isEqualTo(0.125);
    }
}
