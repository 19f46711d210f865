package io.undertone.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.bundle.ReferenceFigures.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far the windows of the last hour are from those that the bundle was measured on: the population stability index of each
 * figure, {@code Σ (p - q) ln(p / q)} over its bins, with the shares {@code q} of the reference and {@code p} of the hour. Alike
 * is 0; by custom, below 0.1 is no drift to speak of and above 0.25 another population. NaN while the hour holds fewer than 500
 * windows: fewer than that differ by chance. Thread-safe.
 *
 * @see <a href="https://doi.org/10.1057/jors.2008.144">Wu and Olson 2010, on the index</a>
 */
public final class DriftMetrics {
    static final int MIN_WINDOWS = 500;
    private static final String LABELS = "labels";

    private final Map<String, Figure> figures;
    private final List<String> labels;
    private final Map<String, SlidingCounts> counts = new LinkedHashMap<>();

    /**
     * Shows the drift of each figure that the reference holds.
     *
     * @param clockMs the time, epoch ms
     */
    public DriftMetrics(MeterRegistry registry, ReferenceFigures reference, LongSupplier clockMs) {
        figures = reference.figures();
        labels = new ArrayList<>(reference.labels().keySet());
        figures.forEach((name, figure) -> show(
                registry,
                name,
                figure.shares().stream().mapToDouble(s -> s).toArray(),
                new SlidingCounts(figure.shares().size(), clockMs)));
        // A last bin for labels that the reference never saw.
        double[] shares = Arrays.copyOf(
                labels.stream().mapToDouble(label -> share(reference, label)).toArray(), labels.size() + 1);
        show(registry, LABELS, shares, new SlidingCounts(shares.length, clockMs));
    }

    private static double share(ReferenceFigures reference, String label) {
        return reference.labels().getOrDefault(label, 0.0);
    }

    private void show(MeterRegistry registry, String name, double[] reference, SlidingCounts live) {
        counts.put(name, live);
        Gauge.builder("undertone.drift", live, seen -> index(reference, seen.counts()))
                .description(
                        "Population stability index of the last hour's windows against the bundle's reference windows")
                .tag("figure", name)
                .register(registry);
    }

    /** Takes a window and what was voted of it. */
    public void seen(double levelDb, double speechRatio, double agreement, double confidence, String label) {
        count(ReferenceFigures.LEVEL, levelDb);
        count(ReferenceFigures.SPEECH_RATIO, speechRatio);
        count(ReferenceFigures.AGREEMENT, agreement);
        count(ReferenceFigures.CONFIDENCE, confidence);
        SlidingCounts byLabel = counts.get(LABELS);
        if (byLabel != null) {
            int bin = labels.indexOf(label);
            byLabel.count(bin < 0 ? labels.size() : bin);
        }
    }

    private void count(String name, double value) {
        Figure figure = figures.get(name);
        SlidingCounts live = counts.get(name);
        if (figure != null && live != null) {
            live.count(figure.bin(value));
        }
    }

    /** The index, with half a window added to each bin on both sides, so that empty bins count as few rather than as never. */
    static double index(double[] reference, long[] live) {
        long windows = Arrays.stream(live).sum();
        if (windows < MIN_WINDOWS) {
            return Double.NaN;
        }
        double index = 0;
        double all = windows + 0.5 * live.length;
        for (int bin = 0; bin < live.length; bin++) {
            double q = (reference[bin] * windows + 0.5) / all;
            double p = (live[bin] + 0.5) / all;
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }
}
