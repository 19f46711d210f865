package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few legs through a broker and serve in processes of their own: that everything is counted, not how fast it is. */
class BenchIT {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureAFewLegs() throws IOException {
        DefaultBundle.isNeeded();
        CommandRunner.Result result = new CommandRunner()
                .environment("UNDERTONE_JVM_OPTS", "-Xmx512m")
                .run(
                        "bench",
                        "--legs",
                        "4",
                        "--seconds",
                        "6",
                        "--warm-up",
                        "4",
                        "--chunk-ms",
                        "100",
                        "--sample",
                        "2",
                        "--report",
                        folder.toString(),
                        "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode run = new ObjectMapper().readTree(result.outLines().get(0));
        assertThat(run.get("legs").asInt()).isEqualTo(4);
        // 4 legs of 12 s (what warms up, what is measured, 2 s more), begun within the first second.
        assertThat(run.get("chunks").asInt()).isBetween(4 * 110, 4 * 120);
        assertThat(run.at("/latency/events").asInt()).isBetween(4, 24);
        assertThat(run.get("missingEvents").asInt()).isZero();
        assertThat(run.get("missingSummaries").asInt()).isZero();
        assertThat(run.get("missingMs").asLong()).isZero();
        assertThat(run.at("/processes/serve/cpuMsPerLegSecond").asDouble()).isPositive();
        assertThat(run.at("/processes/broker/cpuMsPerLegSecond").asDouble()).isPositive();
        assertThat(run.at("/bytesPerLegSecond/audio-chunks").asDouble()).isPositive();
        // About twice the audio's 8,000 bytes a second, in snapshots and journal; fewer snapshots of legs as short as
        // these.
        assertThat(run.at("/bytesPerLegSecond/undertone-features-legs-changelog")
                        .asDouble())
                .isBetween(1_000.0, 60_000.0);
        assertThat(run.get("stateBytesPerLeg").asDouble()).isPositive();
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(report.get("runs")).hasSize(1);
        assertThat(report.at("/machine/cores").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(report.get("samples").size()).isBetween(4, 12);
        assertThat(report.at("/samples/0/heapMb").asDouble()).isPositive();
        assertThat(report.at("/samples/0/threads").asDouble()).isGreaterThan(10);
        assertThat(folder.resolve("bench.png")).isNotEmptyFile();
    }

    /** Whether CPU by part can be told depends on the system. */
    @Test
    void shouldMeasureCallsThroughTheGateway() throws IOException {
        DefaultBundle.isNeeded();
        CommandRunner.Result result = new CommandRunner()
                .environment("UNDERTONE_JVM_OPTS", "-Xmx512m")
                .run(
                        "bench",
                        "--through",
                        "twilio",
                        "--set",
                        "gateway.twilio.auth.token=signs",
                        "--legs",
                        "3",
                        "--seconds",
                        "6",
                        "--warm-up",
                        "4",
                        "--report",
                        folder.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(report.at("/settings/through").asText()).isEqualTo("twilio");
        assertThat(report.at("/settings/chunkMs").asInt()).isEqualTo(20);
        JsonNode run = report.at("/runs/0");
        assertThat(run.get("legs").asInt()).isEqualTo(3);
        // 3 legs of 12 s, begun within the first second.
        assertThat(run.get("chunks").asInt()).isBetween(3 * 550, 3 * 600);
        assertThat(run.at("/latency/events").asInt()).isBetween(3, 18);
        assertThat(run.get("missingEvents").asInt()).isZero();
        assertThat(run.get("missingSummaries").asInt()).isZero();
        assertThat(run.get("missingMs").asLong()).isZero();
        assertThat(result.outLines().get(0)).startsWith("3 legs: p50 ");
        if (Files.isDirectory(Path.of("/proc/self/task"))) {
            assertThat(run.get("serveCores").properties())
                    .extracting(Map.Entry::getKey)
                    .contains("gateway", "features", "inference", "kafka", "java");
            assertThat(result.out()).contains("\n  of serve ");
        }
    }
}
