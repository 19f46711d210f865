package io.undertone.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.bundle.ReferenceFigures.Figure;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DriftMetricsTest {
    private static final ReferenceFigures REFERENCE = new ReferenceFigures(
            "test",
            1_000,
            Map.of(
                    ReferenceFigures.LEVEL,
                    new Figure(List.of(-40.0, -30.0, -20.0), List.of(0.25, 0.25, 0.25, 0.25)),
                    ReferenceFigures.CONFIDENCE,
                    new Figure(List.of(0.5), List.of(0.5, 0.5))),
            Map.of("neutral", 0.7, "angry", 0.3));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);
    private final DriftMetrics drift = new DriftMetrics(registry, REFERENCE, nowMs::get);
    private final Random random = new Random(1);

    private double drift(String figure) {
        return registry.get("undertone.drift").tag("figure", figure).gauge().value();
    }

    private void windows(int count, double quieterDb, double angry) {
        for (int i = 0; i < count; i++) {
            drift.seen(
                    -50 + 40 * random.nextDouble() - quieterDb,
                    0.5,
                    1,
                    random.nextDouble(),
                    random.nextDouble() < angry ? "angry" : "neutral");
        }
    }

    @Test
    void shouldShowNoDriftOfWindowsAsTheReferenceHasThem() {
        windows(5_000, 0, 0.3);

        assertThat(drift("level")).isBetween(0.0, 0.02);
        assertThat(drift("confidence")).isBetween(0.0, 0.02);
        assertThat(drift("labels")).isBetween(0.0, 0.02);
        assertThat(registry.find("undertone.drift").tag("figure", "agreement").gauge())
                .as("the reference says nothing of agreement")
                .isNull();
    }

    @Test
    void shouldShowWhatDriftedAndNothingElse() {
        windows(5_000, 10, 0.9);

        assertThat(drift("level")).isGreaterThan(0.25);
        assertThat(drift("labels")).isGreaterThan(0.25);
        assertThat(drift("confidence")).isLessThan(0.02);
    }

    @Test
    void shouldSayNothingOfFewWindows() {
        windows(DriftMetrics.MIN_WINDOWS - 1, 0, 0.3);
        assertThat(drift("level")).isNaN();

        windows(1, 0, 0.3);
        assertThat(drift("level")).isNotNaN();
    }

    @Test
    void shouldForgetWhatIsOlderThanAnHour() {
        windows(2_000, 30, 0.3);
        nowMs.addAndGet(30 * 60_000);
        windows(2_000, 0, 0.3);
        assertThat(drift("level")).isGreaterThan(0.25);

        nowMs.addAndGet(31 * 60_000);
        assertThat(drift("level")).isLessThan(0.05);
        nowMs.addAndGet(60 * 60_000);
        assertThat(drift("level")).isNaN();
    }

    @Test
    void shouldCountLabelsThatTheReferenceNeverSaw() {
        for (int i = 0; i < 1_000; i++) {
            drift.seen(-35, 0.5, 1, 0.5, i % 2 == 0 ? "bored" : "neutral");
        }
        assertThat(drift("labels")).isGreaterThan(1);
    }

    /** By hand: p = (0.8, 0.2), q = (0.5, 0.5): 0.3 ln 1.6 + (-0.3) ln 0.4 = 0.4159. */
    @Test
    void shouldBeTheIndexOfTheLiterature() {
        assertThat(DriftMetrics.index(new double[] {0.5, 0.5}, new long[] {80_000, 20_000}))
                .isCloseTo(0.4159, within(1e-3));
    }
}
