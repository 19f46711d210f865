package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyLogTest {
    private final LatencyLog log = new LatencyLog();

    @Test
    void shouldGivePercentiles() {
        for (int ms = 1; ms <= 1_000; ms++) {
            log.record(TimeUnit.MILLISECONDS.toNanos(ms));
        }
        LatencyLog.Summary summary = log.summary();
        assertThat(summary.events()).isEqualTo(1_000);
        assertThat(summary.p50Ms()).isCloseTo(500, within(0.5));
        assertThat(summary.p95Ms()).isCloseTo(950, within(1.0));
        assertThat(summary.p99Ms()).isCloseTo(990, within(1.0));
        assertThat(summary.p999Ms()).isCloseTo(999, within(1.0));
        assertThat(summary.maxMs()).isCloseTo(1_000, within(1.0));
        assertThat(summary.meanMs()).isCloseTo(500.5, within(0.5));
    }

    @Test
    void shouldKeepWhatIsOutOfItsRangeAtItsEnds() {
        log.record(-5);
        log.record(TimeUnit.HOURS.toNanos(3));
        assertThat(log.summary().maxMs()).isCloseTo(3_600_000, within(3_600.0));
        assertThat(log.summary().events()).isEqualTo(2);
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertThat(log.summary().events()).isZero();
        assertThat(log.summary().p99Ms()).isNaN();
    }

    @Test
    void shouldDrawTheCurveUpToTheLargest() {
        log.record(TimeUnit.MILLISECONDS.toNanos(10));
        log.record(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(log.curve()).isNotEmpty();
        LatencyLog.Point last = log.curve().get(log.curve().size() - 1);
        assertThat(last.percentile()).isEqualTo(100);
        assertThat(last.ms()).isCloseTo(20, within(0.1));
    }
}
