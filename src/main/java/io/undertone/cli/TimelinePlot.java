package io.undertone.cli;

import io.undertone.EmotionEvent;
import io.undertone.failure.Failure;
import io.undertone.publish.EmotionEvents;
import io.undertone.training.corpus.Utterance;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A plot of legs, one below the other: the level of the waveform, overlaid with each window's probabilities,
 * stacked at the window's middle second, and with the valence as a line; below, the voted labels and the true ones where known. Not
 * thread-safe.
 */
final class TimelinePlot {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 120;
    private static final int TOP = 34;
    private static final int AREA = 190;
    private static final int STRIP = 22;
    private static final int GAP = 8;
    private static final float SILENCE_DB = -60;
    private static final Color AUDIO = new Color(40, 40, 40, 110);
    private static final Color VALENCE = new Color(20, 20, 20);
    private static final Map<String, Color> COLOURS = colours();

    private static Map<String, Color> colours() {
        Map<String, Color> colours = new LinkedHashMap<>();
        colours.put("neutral", new Color(0xBAB0AC));
        colours.put("calm", new Color(0x76B7B2));
        colours.put("happy", new Color(0xEDC948));
        colours.put("sad", new Color(0x4E79A7));
        colours.put("angry", new Color(0xE15759));
        colours.put("fearful", new Color(0xB07AA1));
        colours.put("disgust", new Color(0x59A14F));
        colours.put("surprised", new Color(0xF28E2B));
        return colours;
    }

    private final List<BufferedImage> charts = new ArrayList<>();

    /**
     * Adds a leg.
     *
     * @param title over its chart
     * @param level of its audio
     * @param events its windows with speech, in order
     * @param windowHopMs hop between windows
     * @param truth true labels; empty where unknown
     */
    void add(String title, LevelCurve level, List<EmotionEvent> events, int windowHopMs, List<Utterance> truth) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        Chart chart = new Chart(graphics, Math.max(1, level.durationMs()));
        chart.title(title);
        events.forEach(event -> chart.probabilities(event, windowHopMs));
        chart.level(level);
        chart.valence(events);
        chart.axes();
        int y = TOP + AREA + GAP;
        chart.stripName("voted", y);
        events.forEach(event -> chart.block(middle(event) - windowHopMs / 2, windowHopMs, event.getLabel(), y));
        if (!truth.isEmpty()) {
            chart.stripName("spoken", y + STRIP + GAP);
            truth.forEach(spoken ->
                    chart.block(spoken.startMs(), spoken.endMs() - spoken.startMs(), spoken.label(), y + STRIP + GAP));
        }
        chart.times(y + (truth.isEmpty() ? 1 : 2) * (STRIP + GAP));
        chart.legend();
        graphics.dispose();
        charts.add(image);
    }

    private static long middle(EmotionEvent event) {
        return (event.getStartMs() + event.getEndMs()) / 2;
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

    /** One leg's part of the picture. */
    private static final class Chart {
        private final Graphics2D graphics;
        private final double pixelsPerMs;

        Chart(Graphics2D graphics, long durationMs) {
            this.graphics = graphics;
            this.pixelsPerMs = (double) (WIDTH - LEFT - RIGHT) / durationMs;
            font(12);
        }

        private void font(int size) {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        }

        private int x(long ms) {
            return LEFT + (int) Math.round(Math.max(0, ms) * pixelsPerMs);
        }

        void title(String title) {
            graphics.setColor(Color.BLACK);
            font(15);
            graphics.drawString(title, LEFT, TOP - 12);
            font(12);
        }

        /** The labels of a window, stacked in the order of the legend. */
        void probabilities(EmotionEvent event, int hopMs) {
            int from = x(middle(event) - hopMs / 2);
            int to = x(middle(event) + hopMs / 2);
            double below = 0;
            for (Map.Entry<String, Color> label : COLOURS.entrySet()) {
                double share = event.getProbabilities().getOrDefault(label.getKey(), 0.0);
                int bottom = TOP + AREA - (int) Math.round(below * AREA);
                below += share;
                int top = TOP + AREA - (int) Math.round(Math.min(1, below) * AREA);
                graphics.setColor(label.getValue());
                graphics.fillRect(from, top, Math.max(1, to - from), bottom - top);
            }
        }

        /** The peak level at each pixel: 0 dBFS at the top, -60 at the bottom. */
        void level(LevelCurve level) {
            graphics.setColor(AUDIO);
            for (int x = LEFT; x < WIDTH - RIGHT; x++) {
                long from = (long) ((x - LEFT) / pixelsPerMs);
                long to = (long) ((x + 1 - LEFT) / pixelsPerMs);
                float peak = level.peak(from, Math.max(to, from + 1));
                double db = Math.max(SILENCE_DB, 20 * Math.log10(Math.max(1e-6, peak)));
                int height = (int) Math.round((1 - db / SILENCE_DB) * AREA);
                graphics.fillRect(x, TOP + AREA - height, 1, height);
            }
        }

        /** Valence at the middle of each window, joined within a stretch of speech: 1 at the top, -1 at the bottom. */
        void valence(List<EmotionEvent> events) {
            graphics.setColor(VALENCE);
            graphics.setStroke(new BasicStroke(2));
            for (int i = 1; i < events.size(); i++) {
                EmotionEvent before = events.get(i - 1);
                EmotionEvent now = events.get(i);
                if (now.getStartMs() <= before.getEndMs()) {
                    graphics.drawLine(x(middle(before)), valenceY(before), x(middle(now)), valenceY(now));
                }
            }
            graphics.setStroke(new BasicStroke(1));
        }

        private static int valenceY(EmotionEvent event) {
            return TOP + (int) Math.round((1 - EmotionEvents.affect(event).valence()) / 2 * AREA);
        }

        void axes() {
            graphics.setColor(Color.DARK_GRAY);
            graphics.drawRect(LEFT, TOP, WIDTH - LEFT - RIGHT, AREA);
            for (int share = 0; share <= 100; share += 50) {
                graphics.drawString(share + " %", LEFT - 42, TOP + AREA - share * AREA / 100 + 4);
            }
        }

        void stripName(String name, int y) {
            graphics.setColor(Color.BLACK);
            graphics.drawString(name, LEFT - 55, y + STRIP - 7);
        }

        /** A label as a coloured block, with its name where there is room. */
        void block(long startMs, long lengthMs, String label, int y) {
            int from = x(startMs);
            int width = Math.max(1, x(startMs + lengthMs) - from);
            graphics.setColor(COLOURS.getOrDefault(label, Color.GRAY));
            graphics.fillRect(from, y, width, STRIP);
            if (graphics.getFontMetrics().stringWidth(label) < width - 2) {
                graphics.setColor(Color.BLACK);
                graphics.drawString(label, from + 2, y + STRIP - 7);
            }
        }

        void times(int y) {
            graphics.setColor(Color.DARK_GRAY);
            long lengthMs = Math.round((WIDTH - LEFT - RIGHT) / pixelsPerMs);
            long stepMs = 1_000;
            while (lengthMs / stepMs > 15) {
                stepMs *= stepMs == 1_000 ? 5 : 2;
            }
            for (long ms = 0; ms <= lengthMs; ms += stepMs) {
                String time = String.format(Locale.ROOT, "%d:%02d", ms / 60_000, ms / 1_000 % 60);
                graphics.drawString(time, x(ms) - 10, y + 12);
            }
        }

        void legend() {
            int y = TOP;
            for (Map.Entry<String, Color> label : COLOURS.entrySet()) {
                graphics.setColor(label.getValue());
                graphics.fillRect(WIDTH - RIGHT + 14, y, 14, 14);
                graphics.setColor(Color.BLACK);
                graphics.drawString(label.getKey(), WIDTH - RIGHT + 34, y + 12);
                y += 20;
            }
            graphics.setColor(AUDIO);
            graphics.fillRect(WIDTH - RIGHT + 14, y, 14, 14);
            graphics.setColor(Color.BLACK);
            graphics.drawString("level, dBFS", WIDTH - RIGHT + 34, y + 12);
            y += 20;
            graphics.setColor(VALENCE);
            graphics.fillRect(WIDTH - RIGHT + 14, y + 6, 14, 3);
            graphics.setColor(Color.BLACK);
            graphics.drawString("valence, -1..1", WIDTH - RIGHT + 34, y + 12);
        }
    }
}
