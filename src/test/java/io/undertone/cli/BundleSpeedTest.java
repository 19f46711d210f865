package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle speed} as it is typed, on the sample call, with a bundle of random weights. */
class BundleSpeedTest {
    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    private CommandRunner.Result speed(String... further) {
        Path bundle = BundleWriter.write(
                folder, TestBundles.frames(), LocalDate.of(2026, 11, 29), Map.of(), OnnxExport::besideWeights);
        return runner.run(
                Stream.concat(Stream.of("bundle", "speed", bundle.toString(), "--seconds", "1"), Stream.of(further))
                        .toArray(String[]::new));
    }

    @Test
    void shouldMeasureEachBatchSizeWithEachNumberAtOnce() {
        CommandRunner.Result result = speed("--batch", "1,16", "--at-once", "2");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.outLines()).hasSize(5);
        assertThat(result.out()).contains("frames 0.0.1, ONNX Runtime", "in floats by at most 0.0", "xgboost");
        assertThat(result.outLines().get(3)).containsPattern("^ +1 +2 +[1-9]");
        assertThat(result.outLines().get(4)).containsPattern("^ +16 +2 +[1-9]");
    }

    @Test
    void shouldPrintJson() throws IOException {
        CommandRunner.Result result = speed("--batch", "8", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode point = new ObjectMapper().readTree(result.out());
        assertThat(point.path("batch").asInt()).isEqualTo(8);
        assertThat(point.path("atOnce").asInt()).isEqualTo(1);
        assertThat(point.path("windowsPerSecond").asDouble()).isPositive();
        assertThat(point.path("legs").asDouble())
                .isGreaterThan(point.path("windowsPerSecond").asDouble());
        assertThat(point.path("microsPerWindow").path("networks").asDouble()).isPositive();
        assertThat(point.path("largestDifference").asDouble()).isZero();
    }

    @Test
    void shouldRefuseNumbersThatMakeNoSense() {
        assertThat(runner.run("bundle", "speed", "x", "--batch", "0").err()).contains("--batch must be 1 to 65536: 0");
        assertThat(runner.run("bundle", "speed", "x", "--at-once", "1000").err())
                .contains("--at-once must be 1 to 256: 1000");
    }
}
