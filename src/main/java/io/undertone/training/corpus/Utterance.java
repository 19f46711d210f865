package io.undertone.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A stretch of a call in which one party speaks with one emotion.
 *
 * @param call name of the call; its recording is {@code <call>.wav}
 * @param role who speaks: {@code customer} (right channel) or {@code agent} (left)
 * @param startMs from the call's start
 * @param endMs where it ends
 * @param label the emotion, in the words of {@link LabelMaps}
 */
public record Utterance(String call, String role, long startMs, long endMs, String label) {
    /** The table's usual name, in the folder of the recordings. */
    public static final String FILE = "truth.csv";

    private static final List<String> COLUMNS = List.of("call", "role", "start_ms", "end_ms", "label");

    /**
     * Reads a table with the columns {@code call, role, start_ms, end_ms, label}, and optionally others.
     *
     * @throws CorpusException if a column is missing or a value is not a number; the message names it
     */
    public static List<Utterance> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CorpusException("Utterances must be in a table " + COLUMNS + ": there is no file " + file);
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser rows = CorpusReader.rows(file, format)) {
            if (!rows.getHeaderNames().containsAll(COLUMNS)) {
                throw new CorpusException("What is spoken must have the columns " + COLUMNS + ": " + file + ": columns="
                        + rows.getHeaderNames());
            }
            List<Utterance> utterances = new ArrayList<>();
            for (CSVRecord row : rows) {
                utterances.add(new Utterance(
                        row.get("call"),
                        row.get("role").toLowerCase(Locale.ROOT),
                        millis(file, row, "start_ms"),
                        millis(file, row, "end_ms"),
                        row.get("label")));
            }
            return utterances;
        }
    }

    /** Those of one role in one call. */
    public static List<Utterance> of(List<Utterance> all, String call, String role) {
        return all.stream()
                .filter(one -> one.call.equals(call) && one.role.equals(role))
                .toList();
    }

    /** The share of {@code [fromMs; toMs)} that lies in it: of [0; 3000) and an utterance [1000; 2500), half. */
    public double shareOf(long fromMs, long toMs) {
        long inside = Math.min(endMs, toMs) - Math.max(startMs, fromMs);
        return toMs <= fromMs ? 0 : Math.max(0, inside) / (double) (toMs - fromMs);
    }

    private static long millis(Path file, CSVRecord row, String column) {
        try {
            return Math.round(Double.parseDouble(row.get(column)));
        } catch (NumberFormatException e) {
            throw new CorpusException("Times of utterances must be numbers, ms: " + file + " line "
                    + (row.getRecordNumber() + 1) + ": " + column + "=" + row.get(column));
        }
    }
}
