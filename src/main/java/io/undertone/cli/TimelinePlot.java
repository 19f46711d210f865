package io.undertone.cli;

import io.undertone.EmotionEvent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Legs as a picture: a bar for each window, stacked from the probabilities of all labels; a window without speech has none. One chart
 * under the other.
 */
final class TimelinePlot {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 360;
    private static final int MOST_TIMES = 20;
    private static final Map<String, Color> COLOURS = Map.of(
            "neutral", new Color(0xBAB0AC),
            "calm", new Color(0x76B7B2),
            "happy", new Color(0xEDC948),
            "sad", new Color(0x4E79A7),
            "angry", new Color(0xE15759),
            "fearful", new Color(0xB07AA1),
            "disgust", new Color(0x59A14F),
            "surprised", new Color(0xF28E2B));

    private final List<BufferedImage> charts = new ArrayList<>();

    /**
     * Adds a leg.
     *
     * @param title over its chart
     * @param events its windows with speech, in order
     * @param windowHopMs from the start of one window to that of the next
     */
    void add(String title, List<EmotionEvent> events, int windowHopMs) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("start of the window")
                .yAxisTitle("probability")
                .build();
        chart.getStyler().setStacked(true).setAvailableSpaceFill(0.95);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setXAxisMaxLabelCount(MOST_TIMES);
        Map<Integer, EmotionEvent> byIndex = new HashMap<>();
        TreeSet<String> labels = new TreeSet<>();
        events.forEach(event -> {
            byIndex.put(event.getIndex(), event);
            labels.addAll(event.getProbabilities().keySet());
        });
        int windows =
                1 + byIndex.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> times = new ArrayList<>();
        for (int index = 0; index < windows; index++) {
            long seconds = (long) index * windowHopMs / 1000;
            times.add(String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60));
        }
        for (String label : labels.isEmpty() ? List.of("no speech") : labels) {
            List<Double> values = new ArrayList<>();
            for (int index = 0; index < windows; index++) {
                EmotionEvent event = byIndex.get(index);
                values.add(event == null ? 0.0 : event.getProbabilities().getOrDefault(label, 0.0));
            }
            chart.addSeries(label, times, values).setFillColor(COLOURS.getOrDefault(label, Color.GRAY));
        }
        charts.add(BitmapEncoder.getBufferedImage(chart));
    }

    /** Writes all charts as one PNG. */
    void write(Path file) throws IOException {
        BufferedImage all = new BufferedImage(WIDTH, HEIGHT * Math.max(1, charts.size()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
        for (int i = 0; i < charts.size(); i++) {
            graphics.drawImage(charts.get(i), 0, i * HEIGHT, null);
        }
        graphics.dispose();
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Failure("there is no folder " + folder + " for the picture " + file);
        }
        ImageIO.write(all, "png", file.toFile());
    }
}
