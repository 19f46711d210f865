package io.undertone.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Distributions over the windows that a bundle was measured on. Live windows are compared with them, to detect
 * drift. Part of {@code bundle.json}, as {@code scores.reference}. Immutable.
 *
 * @param basis description of these windows
 * @param windows their number
 * @param figures by name: {@link #LEVEL}, {@link #SPEECH_RATIO}, {@link #AGREEMENT}, {@link #CONFIDENCE}
 * @param labels share of each voted label, by name; sums to 1
 */
public record ReferenceFigures(String basis, int windows, Map<String, Figure> figures, Map<String, Double> labels) {
    /** Mean level of a window's speech frames, dBFS. */
    public static final String LEVEL = "level";

    /** Share of a window's frames with speech. */
    public static final String SPEECH_RATIO = "speech_ratio";

    /** Share of the votes that are for the label. */
    public static final String AGREEMENT = "agreement";

    /** Calibrated probability of the label. */
    public static final String CONFIDENCE = "confidence";

    /** Field of a bundle's scores. */
    public static final String FIELD = "reference";

    private static final int BINS = 10;
    private static final double SUM_TOLERANCE = 1e-3;

    public ReferenceFigures {
        figures = Map.copyOf(figures);
        labels = Map.copyOf(labels);
        if (windows < 1) {
            throw new IllegalArgumentException("must be at least 1: windows=" + windows);
        }
        requireShares("labels", labels.values().stream().mapToDouble(d -> d).toArray());
    }

    /**
     * The distribution of one figure.
     *
     * @param edges ascending; with edges 0.2 and 0.5 the bins are below 0.2, [0.2; 0.5) and from 0.5 on
     * @param shares of the windows by bin, one more than edges; sum to 1
     */
    public record Figure(List<Double> edges, List<Double> shares) {
        public Figure {
            edges = List.copyOf(edges);
            shares = List.copyOf(shares);
            if (shares.size() != edges.size() + 1) {
                throw new IllegalArgumentException(
                        "shares must be one more than edges: shares=" + shares.size() + ", edges=" + edges.size());
            }
            for (int i = 1; i < edges.size(); i++) {
                if (!(edges.get(i) > edges.get(i - 1))) {
                    throw new IllegalArgumentException("edges must ascend: edges=" + edges);
                }
            }
            requireShares("shares", shares.stream().mapToDouble(d -> d).toArray());
        }

        /** Ten bins at most, by deciles; fewer where many windows have the same value. */
        static Figure of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            List<Double> edges = new ArrayList<>();
            for (int i = 1; i < BINS; i++) {
                // Rounded down, so that the value itself is in the upper bin.
                double edge = Math.floor(sorted[(int) ((long) i * sorted.length / BINS)] * 1e4) / 1e4;
                if (edge > sorted[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                    edges.add(edge);
                }
            }
            double[] counts = new double[edges.size() + 1];
            for (double value : values) {
                counts[bin(edges, value)]++;
            }
            return new Figure(
                    edges,
                    Arrays.stream(counts).mapToObj(c -> c / values.length).toList());
        }

        /** The bin that a value falls in. */
        public int bin(double value) {
            return bin(edges, value);
        }

        private static int bin(List<Double> edges, double value) {
            int bin = 0;
            while (bin < edges.size() && value >= edges.get(bin)) {
                bin++;
            }
            return bin;
        }

        private static double round(double value) {
            return Math.round(value * 1e4) / 1e4;
        }
    }

    /**
     * The figures of windows.
     *
     * @param valuesByFigure a value for each window, the same number of each figure
     * @param labels voted label of each window
     */
    public static ReferenceFigures of(String basis, Map<String, double[]> valuesByFigure, List<String> labels) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        valuesByFigure.forEach((name, values) -> {
            if (values.length != labels.size() || values.length == 0) {
                throw new IllegalArgumentException("must have a value for each of at least one window: " + name + "="
                        + values.length + ", windows=" + labels.size());
            }
            figures.put(name, Figure.of(values));
        });
        Map<String, Double> shares = new LinkedHashMap<>();
        labels.forEach(label -> shares.merge(label, 1.0 / labels.size(), Double::sum));
        return new ReferenceFigures(basis, labels.size(), figures, shares);
    }

    /**
     * Reads them from a bundle's scores; empty where they have none.
     *
     * @throws IllegalArgumentException where they break a rule
     */
    public static Optional<ReferenceFigures> in(JsonNode scores) {
        JsonNode json = scores.path(FIELD);
        if (!json.isObject()) {
            return Optional.empty();
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        json.path("figures")
                .fields()
                .forEachRemaining(figure -> figures.put(
                        figure.getKey(),
                        new Figure(
                                numbers(figure.getValue().path("edges")),
                                numbers(figure.getValue().path("shares")))));
        Map<String, Double> labels = new LinkedHashMap<>();
        json.path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asDouble()));
        return Optional.of(new ReferenceFigures(
                json.path("basis").asText(), json.path("windows").asInt(), figures, labels));
    }

    /** Writes them to a bundle's scores, replacing earlier ones. */
    public void putInto(ObjectNode scores) {
        ObjectNode json = scores.putObject(FIELD).put("basis", basis).put("windows", windows);
        ObjectNode byName = json.putObject("figures");
        figures.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(figure -> {
            ObjectNode one = byName.putObject(figure.getKey());
            figure.getValue().edges().forEach(one.putArray("edges")::add);
            figure.getValue().shares().forEach(share -> one.withArray("shares").add(Figure.round(share)));
        });
        ObjectNode shares = json.putObject("labels");
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> shares.put(label.getKey(), Figure.round(label.getValue())));
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }

    private static void requireShares(String what, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        if (Arrays.stream(shares).anyMatch(share -> !(share >= 0)) || Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException(
                    "must be >= 0 and sum to 1: " + what + "=" + Arrays.toString(shares) + ", sum=" + sum);
        }
    }
}
