package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
    @TempDir
    private Path folder;

    private static RunResult run(int legs, long missingEvents) {
        return run(legs, missingEvents, 0);
    }

    private static RunResult run(int legs, long missingEvents, long missingMs) {
        LatencyLog log = new LatencyLog();
        for (int ms = 100; ms < 300; ms++) {
            log.record(TimeUnit.MILLISECONDS.toNanos(ms));
        }
        return new RunResult(
                legs,
                30,
                5_000,
                log.summary(),
                log.curve(),
                0.7,
                missingEvents,
                0,
                missingMs,
                Map.of("serve", new RunResult.Cost(0.5, 5, null)),
                Map.of("gateway", 0.1, "features", 0.2),
                Map.of("audio-chunks", 8_000.0),
                12_345);
    }

    @Test
    void shouldHoldOnlyWhereEverythingCame() {
        assertThat(run(10, 0).holds(1_000)).isTrue();
        assertThat(run(10, 0).holds(200)).isFalse();
        assertThat(run(10, 1).holds(1_000)).isFalse();
        assertThat(run(10, 0, 20).holds(1_000)).isFalse();
    }

    @Test
    void shouldWriteJson() throws IOException {
        Path file = folder.resolve("bench.json");
        SystemSample sample = new SystemSample(60, 45, 560, 70, 12);
        new BenchReport(
                        "2026-11-22T12:00Z",
                        Map.of("cores", 2),
                        Map.of("chunkMs", 200),
                        List.of(run(10, 0)),
                        List.of(sample),
                        1e3,
                        10)
                .write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/runs/0/legs").asInt()).isEqualTo(10);
        assertThat(json.at("/runs/0/latency/p50Ms").asDouble()).isBetween(199.0, 200.0);
        assertThat(json.at("/runs/0/processes/serve/cpuMsPerLegSecond").asDouble())
                .isEqualTo(5);
        assertThat(json.at("/runs/0/serveCores/gateway").asDouble()).isEqualTo(0.1);
        assertThat(json.at("/mostLegs").asInt()).isEqualTo(10);
        assertThat(json.at("/samples/0/heapMb").asDouble()).isEqualTo(45);
        JsonNode line = new ObjectMapper().readTree(BenchReport.line(run(10, 0)));
        assertThat(line.has("curve")).isFalse();
        assertThat(line.get("stateBytesPerLeg").asDouble()).isEqualTo(12_345);
    }

    @Test
    void shouldDrawOneRunAndSeveral() throws IOException {
        Path file = folder.resolve("bench.png");
        BenchPlot.write(List.of(run(10, 0)), List.of(), file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1_000);
        BenchPlot.write(List.of(run(20, 0), run(10, 0), run(10, 0)), List.of(), file);
        assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(1_260);
        BenchPlot.write(List.of(run(10, 0)), soak(9), file);
        assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(2_100);
    }

    /** The heap has a tooth every third sample and grows by a MB a minute beneath; all else stays. */
    private static List<SystemSample> soak(int minutes) {
        return IntStream.range(0, minutes)
                .mapToObj(minute -> new SystemSample(60 * minute, 40 + minute + 30 * (minute % 3), 560, 70, minute % 2))
                .toList();
    }

    @Test
    void shouldSayWhatChangedOverTime() {
        assertThat(SystemSample.trend(soak(12)))
                .isEqualTo("serve over 11 min, first quarter to last: least heap 40 to 49 MB, resident 560 to 560 MB,"
                        + " threads 70 to 70, lag 0 to 1 records");
        assertThat(SystemSample.trend(soak(7))).isEmpty();
    }
}
