package io.undertone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A histogram of latencies, three significant digits, up to an hour. Not thread-safe. */
public final class LatencyLog {
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final double MICROS_PER_MS = 1_000;
    private static final int CURVE_TICKS_PER_HALVING = 5;

    private final Histogram micros = new Histogram(MAX_MICROS, 3);

    /**
     * Statistics of latencies.
     *
     * @param events number of measured events
     * @param meanMs NaN where there were none, like the other figures
     */
    public record Summary(
            long events, double p50Ms, double p95Ms, double p99Ms, double p999Ms, double maxMs, double meanMs) {}

    /**
     * One point of the curve of percentiles.
     *
     * @param percentile [0, 100]
     * @param ms latency at that percentile
     */
    public record Point(double percentile, double ms) {}

    /** Records a latency, limited to 0 (clocks may differ) and an hour. */
    public void record(long nanos) {
        micros.recordValue(Math.max(0, Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** Statistics of the latencies so far. */
    public Summary summary() {
        if (micros.getTotalCount() == 0) {
            return new Summary(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Summary(
                micros.getTotalCount(),
                percentile(50),
                percentile(95),
                percentile(99),
                percentile(99.9),
                micros.getMaxValue() / MICROS_PER_MS,
                micros.getMean() / MICROS_PER_MS);
    }

    private double percentile(double percent) {
        return micros.getValueAtPercentile(percent) / MICROS_PER_MS;
    }

    /** The curve of percentiles, finer towards 100. */
    public List<Point> curve() {
        List<Point> points = new ArrayList<>();
        micros.percentiles(CURVE_TICKS_PER_HALVING)
                .forEach(value -> points.add(
                        new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / MICROS_PER_MS)));
        return points;
    }
}
