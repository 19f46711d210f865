package io.undertone.training.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table of features: a header, then {@code label} (0 to 7) and one column per feature, such as {@code mfcc0} to {@code mfcc39}. */
public final class FeaturesCsv {
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private FeaturesCsv() {}

    /**
     * Reads it.
     *
     * @param file the table
     * @param width required number of features per row
     * @param classes number of labels
     * @throws IllegalArgumentException if a row is short, not a number, or labelled outside 0 to {@code classes - 1}
     */
    public static FeatureTable read(Path file, int width, int classes) throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSV)) {
            if (parser.getHeaderNames().isEmpty()
                    || !"label".equals(parser.getHeaderNames().get(0))) {
                throw new IllegalArgumentException(
                        "the first column must be label: " + file + ": columns=" + parser.getHeaderNames());
            }
            for (CSVRecord record : parser) {
                rows.add(row(file, record, width));
                labels.add(label(file, record, classes));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a table must have rows: " + file);
        }
        return new FeatureTable(
                rows.toArray(float[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                classes);
    }

    private static float[] row(Path file, CSVRecord record, int width) {
        if (record.size() != width + 1) {
            throw new IllegalArgumentException("a row must have a label and " + width + " features: " + file + ", row "
                    + record.getRecordNumber() + ": fields=" + record.size());
        }
        float[] row = new float[width];
        for (int i = 0; i < width; i++) {
            try {
                row[i] = Float.parseFloat(record.get(i + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "a feature must be a number: " + file + ", row " + record.getRecordNumber() + ": value="
                                + record.get(i + 1),
                        e);
            }
            if (!Float.isFinite(row[i])) {
                throw new IllegalArgumentException("a feature must be finite: " + file + ", row "
                        + record.getRecordNumber() + ": value=" + row[i]);
            }
        }
        return row;
    }

    private static int label(Path file, CSVRecord record, int classes) {
        String text = record.get(0).strip();
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) >= classes) {
            throw new IllegalArgumentException("a label must be 0 to " + (classes - 1) + ": " + file + ", row "
                    + record.getRecordNumber() + ": label=" + text);
        }
        return Integer.parseInt(text);
    }
}
