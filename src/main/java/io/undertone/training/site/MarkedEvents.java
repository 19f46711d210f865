package io.undertone.training.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.site.MarkedEvent.Mark;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads files of events with people's feedback. A CSV table has the columns {@code call, end_ms, true_label}, a column of probabilities for
 * each label, and optionally {@code role}, {@code label} and {@code verdict}. Otherwise each line is a JSON object: an {@code
 * EmotionFeedback}, or an {@code EmotionEvent} with a field {@code trueLabel} added; of several feedback records on the same event, the
 * last one counts.
 */
public final class MarkedEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of("call", "end_ms", "true_label");
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();

    private MarkedEvents() {}

    /**
     * All events of a file, in order.
     *
     * @throws CorpusException if something is missing; the message names it and the line
     */
    public static List<MarkedEvent> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CorpusException("Events must be in a file: there is no file " + file + "; check the path");
        }
        String text = Files.readString(file);
        List<MarkedEvent> events = text.stripLeading().startsWith("{") ? lines(file, text) : rows(file, text);
        if (events.isEmpty()) {
            throw new CorpusException("A file of events must hold at least one: " + file);
        }
        return events;
    }

    /**
     * Checks that people used only these labels.
     *
     * @throws CorpusException if there are others; the message names them
     */
    public static void requireLabels(List<MarkedEvent> events, List<String> labels) {
        Set<String> unknown = events.stream()
                .flatMap(event -> java.util.stream.Stream.of(event.truth(), event.said()))
                .filter(label -> !label.isEmpty() && !labels.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new CorpusException("Labels must be those of the bundle, " + labels + ": labels=" + unknown
                    + "; leave those rows out, or take the bundle that gives them");
        }
    }

    private static List<MarkedEvent> lines(Path file, String text) {
        Map<String, MarkedEvent> events = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                try {
                    JsonNode json = JSON.readTree(line);
                    String id = json.path("feedbackId").asText("line " + number);
                    events.put(id, event(json));
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    throw new CorpusException(
                            "Each line must be the JSON of an event or a feedback: " + file + " line " + number + ": "
                                    + e.getMessage(),
                            e);
                }
            }
        }
        return List.copyOf(events.values());
    }

    private static MarkedEvent event(JsonNode json) {
        String said = json.path("label").asText("");
        String truth = json.path("trueLabel").isTextual()
                ? label(json.path("trueLabel").asText())
                : "";
        Mark mark = mark(json.path("verdict").asText(""), truth);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        json.path("probabilities")
                .properties()
                .forEach(one -> probabilities.put(one.getKey(), one.getValue().asDouble()));
        JsonNode end = json.path("endMs");
        JsonNode model = json.path("model");
        return new MarkedEvent(
                json.path("callId").asText(""),
                json.path("role").asText(""),
                end.isNumber() ? end.asLong() : -1,
                said,
                probabilities,
                mark,
                truth,
                model.isObject()
                        ? model.path("name").asText() + " "
                                + model.path("version").asText()
                        : "");
    }

    private static List<MarkedEvent> rows(Path file, String text) throws IOException {
        try (CSVParser rows = CSVParser.parse(new StringReader(text), CSV)) {
            List<String> columns = rows.getHeaderNames();
            if (!columns.containsAll(COLUMNS)) {
                throw new CorpusException("A table of events must have the columns " + COLUMNS
                        + " and one of probabilities for each label: " + file + ": columns=" + columns);
            }
            List<String> labels =
                    columns.stream().filter(LabelMaps.LABELS::contains).toList();
            List<MarkedEvent> events = new ArrayList<>();
            for (CSVRecord row : rows) {
                try {
                    events.add(event(row, labels));
                } catch (IllegalArgumentException e) {
                    throw new CorpusException(
                            "Each row must hold an event: " + file + " line " + (row.getRecordNumber() + 1) + ": "
                                    + e.getMessage(),
                            e);
                }
            }
            return events;
        }
    }

    private static MarkedEvent event(CSVRecord row, List<String> labels) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        labels.forEach(label -> probabilities.put(label, Double.parseDouble(row.get(label))));
        String truth = label(row.get("true_label"));
        String said = row.isSet("label")
                ? row.get("label")
                : probabilities.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse("");
        return new MarkedEvent(
                row.get("call"),
                row.isSet("role") ? row.get("role") : "",
                Math.round(Double.parseDouble(row.get("end_ms"))),
                said,
                probabilities,
                mark(row.isSet("verdict") ? row.get("verdict") : "", truth),
                truth,
                "");
    }

    private static Mark mark(String verdict, String truth) {
        if (verdict.isEmpty()) {
            return truth.isEmpty() ? Mark.NONE : Mark.LABEL;
        }
        try {
            return Mark.valueOf(verdict.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be right, wrong or label: verdict=" + verdict, e);
        }
    }

    private static String label(String word) {
        return word.isEmpty() ? "" : LabelMaps.ofManifest(word).orElse(word);
    }
}
