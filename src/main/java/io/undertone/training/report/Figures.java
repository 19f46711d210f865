package io.undertone.training.report;

import io.undertone.training.network.EpochScore;
import io.undertone.training.score.Confusion;
import io.undertone.training.score.Reliability;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures as PNG files. */
public final class Figures {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 560;

    private Figures() {}

    /** Share of each label's clips (rows, the true label) that each label was given (columns). */
    public static void confusion(Path file, String title, Confusion confusion) throws IOException {
        List<String> labels = confusion.labels();
        List<Number[]> cells = new ArrayList<>();
        for (int said = 0; said < labels.size(); said++) {
            for (int is = 0; is < labels.size(); is++) {
                int row = labels.size() - 1 - is; // Puts the first label at the top.
                double share =
                        confusion.support(is) == 0 ? 0 : (double) confusion.count(is, said) / confusion.support(is);
                cells.add(new Number[] {said, row, Math.round(share * 100)});
            }
        }
        List<String> upwards = new ArrayList<>(labels);
        java.util.Collections.reverse(upwards);
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("said")
                .yAxisTitle("true")
                .build();
        chart.getStyler().setShowValue(true).setMin(0).setMax(100).setRangeColors(new Color[] {
            Color.WHITE, new Color(8, 81, 156)
        });
        chart.getStyler().setValueFontColor(Color.BLACK);
        chart.addSeries("% of the true label's clips", labels, upwards, cells);
        save(chart, file);
    }

    /** Accuracy against confidence, with the diagonal of perfect calibration. */
    public static void reliability(Path file, String title, Reliability reliability) throws IOException {
        XYChart chart = lines(title, "confidence", "share right");
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        chart.addSeries("as it should be", new double[] {0, 1}, new double[] {0, 1})
                .setMarker(SeriesMarkers.NONE);
        List<Reliability.Bin> bins = reliability.bins();
        if (!bins.isEmpty()) {
            chart.addSeries(
                    "measured",
                    bins.stream().mapToDouble(Reliability.Bin::confidence).toArray(),
                    bins.stream().mapToDouble(Reliability.Bin::accuracy).toArray());
        }
        save(chart, file);
    }

    /** Number of clips or rows of each label, one bar per series. */
    public static void balance(Path file, String title, List<String> labels, Map<String, int[]> series)
            throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle("count")
                .build();
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        series.forEach((name, counts) -> {
            List<Integer> values = new ArrayList<>();
            for (int count : counts) {
                values.add(count);
            }
            chart.addSeries(name, labels, values);
        });
        save(chart, file);
    }

    /** One curve per member over its epochs. */
    public static void curves(
            Path file, String title, String yTitle, List<List<EpochScore>> members, ToDoubleFunction<EpochScore> value)
            throws IOException {
        XYChart chart = lines(title, "epoch", yTitle);
        for (int i = 0; i < members.size(); i++) {
            List<EpochScore> history = members.get(i);
            chart.addSeries(
                            "cnn-" + (i + 1),
                            history.stream().mapToDouble(EpochScore::epoch).toArray(),
                            history.stream().mapToDouble(value).toArray())
                    .setMarker(SeriesMarkers.NONE);
        }
        save(chart, file);
    }

    private static XYChart lines(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        return chart;
    }

    private static void save(Chart<?, ?> chart, Path file) throws IOException {
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
