package io.undertone.cli;

import io.undertone.Role;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Who speaks when with which emotion, as people know it: a table with the columns {@code call} (the audio file's name without
 * extension), {@code role}, {@code start_ms}, {@code end_ms} and {@code label}, whatever else it holds. Immutable.
 *
 * @param spoken in the order of the table
 */
record SpokenTruth(List<Stretch> spoken) {
    private static final List<String> COLUMNS = List.of("call", "role", "start_ms", "end_ms", "label");

    SpokenTruth {
        spoken = List.copyOf(spoken);
    }

    /** One stretch of speech of one leg, from {@code startMs} to before {@code endMs} of the call. */
    record Stretch(String call, String role, long startMs, long endMs, String label) {}

    /** Nothing is known. */
    static SpokenTruth none() {
        return new SpokenTruth(List.of());
    }

    /**
     * Reads a table.
     *
     * @throws Failure where a column is missing or a time is no number
     */
    static SpokenTruth read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Failure("there is no file " + file);
        }
        List<Stretch> spoken = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var rows = format.parse(reader)) {
            if (!rows.getHeaderNames().containsAll(COLUMNS)) {
                throw new Failure("columns must hold " + COLUMNS + ": " + file + " has " + rows.getHeaderNames());
            }
            for (CSVRecord row : rows) {
                spoken.add(new Stretch(
                        row.get("call"),
                        row.get("role").toLowerCase(Locale.ROOT),
                        ms(file, row, "start_ms"),
                        ms(file, row, "end_ms"),
                        row.get("label")));
            }
        }
        return new SpokenTruth(spoken);
    }

    private static long ms(Path file, CSVRecord row, String column) {
        try {
            return Math.round(Double.parseDouble(row.get(column)));
        } catch (NumberFormatException e) {
            throw new Failure(
                    column + " must be ms: " + row.get(column) + " in line " + (row.getRecordNumber() + 1) + " of "
                            + file,
                    e);
        }
    }

    /** What is known of one leg. */
    List<Stretch> of(String call, Role role) {
        String name = role.name().toLowerCase(Locale.ROOT);
        return spoken.stream()
                .filter(stretch -> stretch.call.equals(call) && stretch.role.equals(name))
                .toList();
    }
}
