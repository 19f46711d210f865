package io.undertone.bench;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws runs: above, the latency of each run by percentile; below, latency and cost by number of legs; then, where there are
 * samples, memory, threads and lag of {@code serve} over time.
 */
public final class BenchPlot {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 420;
    private static final double LAST_PERCENTILE = 99.99;

    private BenchPlot() {}

    /** Writes a PNG of these runs, of which there is at least one, and of these samples, if any. */
    public static void write(List<RunResult> runs, List<SystemSample> samples, Path file) throws IOException {
        List<RunResult> byLegs =
                runs.stream().sorted(Comparator.comparingInt(RunResult::legs)).toList();
        List<XYChart> charts = new ArrayList<>(List.of(percentiles(byLegs), latency(byLegs), cost(byLegs)));
        if (!samples.isEmpty()) {
            charts.addAll(List.of(memory(samples), work(samples)));
        }
        BufferedImage all = new BufferedImage(WIDTH, HEIGHT * charts.size(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < charts.size(); i++) {
            all.createGraphics().drawImage(BitmapEncoder.getBufferedImage(charts.get(i)), 0, i * HEIGHT, null);
        }
        ImageIO.write(all, "png", file.toFile());
    }

    /** "Nines" on the x axis, so that the far end of the distribution can be seen: 1 is p90, 2 is p99, 3 is p99.9. */
    private static XYChart percentiles(List<RunResult> runs) {
        XYChart chart = chart("Latency by percentile", "nines (1: p90, 2: p99, 3: p99.9)", "ms");
        for (RunResult run : runs) {
            List<LatencyLog.Point> points = run.curve().stream()
                    .filter(point -> point.percentile() <= LAST_PERCENTILE)
                    .toList();
            if (!points.isEmpty()) {
                add(
                        chart,
                        run.legs() + " legs",
                        points.stream()
                                .mapToDouble(point -> -Math.log10(1 - point.percentile() / 100))
                                .toArray(),
                        points.stream().mapToDouble(LatencyLog.Point::ms).toArray());
            }
        }
        return chart;
    }

    private static XYChart latency(List<RunResult> runs) {
        XYChart chart = chart("Latency by number of legs", "legs", "ms");
        line(chart, runs, "p50", run -> run.latency().p50Ms());
        line(chart, runs, "p95", run -> run.latency().p95Ms());
        line(chart, runs, "p99", run -> run.latency().p99Ms());
        line(chart, runs, "p99.9", run -> run.latency().p999Ms());
        return chart;
    }

    private static XYChart cost(List<RunResult> runs) {
        XYChart chart = chart("CPU time for a second of one leg", "legs", "ms");
        runs.get(0)
                .processes()
                .keySet()
                .forEach(name -> line(
                        chart,
                        runs,
                        name,
                        run -> Objects.requireNonNull(run.processes().get(name), name)
                                .cpuMsPerLegSecond()));
        return chart;
    }

    private static XYChart memory(List<SystemSample> samples) {
        XYChart chart = chart("Memory of serve over time", "s", "MB");
        over(chart, samples, "heap in use", SystemSample::heapMb);
        over(chart, samples, "resident", SystemSample::residentMb);
        return chart;
    }

    private static XYChart work(List<SystemSample> samples) {
        XYChart chart = chart("Threads and lag of serve over time", "s", "");
        over(chart, samples, "threads", SystemSample::threads);
        over(chart, samples, "lag (records)", SystemSample::lagRecords);
        return chart;
    }

    private static void over(
            XYChart chart, List<SystemSample> samples, String name, ToDoubleFunction<SystemSample> value) {
        add(
                chart,
                name,
                samples.stream().mapToDouble(SystemSample::seconds).toArray(),
                samples.stream().mapToDouble(value).toArray());
    }

    private static void line(XYChart chart, List<RunResult> runs, String name, ToDoubleFunction<RunResult> value) {
        add(
                chart,
                name,
                runs.stream().mapToDouble(RunResult::legs).toArray(),
                runs.stream().mapToDouble(value).toArray());
    }

    private static void add(XYChart chart, String name, double[] x, double[] y) {
        String unique = name;
        for (int i = 2; chart.getSeriesMap().containsKey(unique); i++) {
            unique = String.format(Locale.ROOT, "%s (%d)", name, i);
        }
        chart.addSeries(unique, x, y).setMarker(x.length > 10 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }
}
