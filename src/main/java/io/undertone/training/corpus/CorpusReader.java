package io.undertone.training.corpus;

import io.undertone.training.corpus.Corpus.UnknownLabels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a corpus' folder: its manifest, else its file names. */
final class CorpusReader {
    private static final Logger LOG = LoggerFactory.getLogger(CorpusReader.class);
    static final String MANIFEST = "manifest.csv";
    private static final List<String> COLUMNS = List.of("file", "speaker", "label");
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .get();
    private static final int NAMED = 3;

    private CorpusReader() {}

    /** The format that a folder was recognised as. */
    static String describe(Corpus corpus, boolean byManifest) {
        return "corpus " + corpus.name() + ", " + corpus.clips().size() + " clips of "
                + corpus.speakers().size() + " speakers, "
                + (byManifest ? "by its " + MANIFEST : "by file names like those of " + corpus.name());
    }

    static Corpus read(Path folder, UnknownLabels unknown) {
        if (!Files.isDirectory(folder)) {
            throw new CorpusException("A corpus must be a folder: corpus=" + folder + "; check the path");
        }
        Path manifest = folder.resolve(MANIFEST);
        try {
            Corpus corpus = Files.isRegularFile(manifest) ? byManifest(folder, manifest, unknown) : byNames(folder);
            List<Clip> sorted = new ArrayList<>(corpus.clips());
            sorted.sort(Comparator.comparing((Clip c) -> c.file().getFileName().toString())
                    .thenComparing(c -> c.file().toString()));
            Corpus read = new Corpus(corpus.name(), sorted);
            LOG.info("{}: {}", folder, describe(read, Files.isRegularFile(manifest)));
            return read;
        } catch (IOException e) {
            throw new CorpusException("A corpus must be readable: corpus=" + folder + ": " + e.getMessage(), e);
        }
    }

    /** The rows of a manifest, keyed by the names in its header. */
    static CSVParser rows(Path manifest) throws IOException {
        return rows(manifest, CSV);
    }

    /** The rows of a table in UTF-8; the byte order mark that spreadsheets write is removed from the first name. */
    static CSVParser rows(Path table, CSVFormat format) throws IOException {
        String text = Files.readString(table, StandardCharsets.UTF_8);
        return CSVParser.parse(text.startsWith("\ufeff") ? text.substring(1) : text, format);
    }

    private static Corpus byManifest(Path folder, Path manifest, UnknownLabels unknown) throws IOException {
        String name = folder.toRealPath().getFileName().toString();
        List<Clip> clips = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<String, Long> unknownLabels = new TreeMap<>();
        try (CSVParser rows = rows(manifest)) {
            requireColumns(manifest, rows.getHeaderNames());
            for (CSVRecord row : rows) {
                if (!row.isConsistent()) {
                    throw new CorpusException("A manifest's rows must have as many fields as its header: " + manifest
                            + ", row " + row.getRecordNumber() + ": fields=" + row.size());
                }
                Path file = folder.resolve(row.get("file"));
                Optional<String> label = LabelMaps.ofManifest(row.get("label"));
                if (!Files.isRegularFile(file)) {
                    missing.add(row.get("file"));
                } else if (label.isEmpty() && unknown == UnknownLabels.REFUSE) {
                    unknownLabels.merge(row.get("label"), 1L, Long::sum);
                } else {
                    clips.add(new Clip(name, file, row.get("speaker"), label.orElse(row.get("label"))));
                }
            }
        }
        requireNoneMissing(manifest, missing);
        if (!unknownLabels.isEmpty()) {
            throw new CorpusException("A manifest's labels must be known: " + manifest + ": " + unknownLabels
                    + " (label=rows); use one of " + LabelMaps.LABELS + ", or drop those rows");
        }
        if (clips.isEmpty()) {
            throw new CorpusException("A manifest must list at least one recording: " + manifest);
        }
        return new Corpus(name, clips);
    }

    private static void requireColumns(Path manifest, List<String> header) {
        if (!header.containsAll(COLUMNS)) {
            throw new CorpusException(
                    "A manifest must have the columns " + COLUMNS + ": " + manifest + ": columns=" + header);
        }
    }

    static void requireNoneMissing(Path manifest, List<String> missing) {
        if (!missing.isEmpty()) {
            throw new CorpusException("Every file of a manifest must exist: " + manifest + ": missing=" + missing.size()
                    + ", first " + missing.subList(0, Math.min(NAMED, missing.size()))
                    + "; restore them or drop their rows");
        }
    }

    private static Corpus byNames(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(CorpusReader::isAudio).sorted().toList();
        }
        Map<ShippedCorpus, List<Clip>> found = new EnumMap<>(ShippedCorpus.class);
        for (Path file : files) {
            String fileName = file.getFileName().toString();
            String stem = fileName.substring(0, fileName.lastIndexOf('.'));
            for (ShippedCorpus corpus : ShippedCorpus.values()) {
                corpus.parse(stem)
                        .ifPresent(e -> found.computeIfAbsent(corpus, c -> new ArrayList<>())
                                .add(new Clip(corpus.corpusName(), file, e.speaker(), e.label())));
            }
        }
        return found.entrySet().stream()
                .max(Comparator.comparingInt(e -> e.getValue().size()))
                .map(e -> new Corpus(e.getKey().corpusName(), e.getValue()))
                .orElseThrow(() ->
                        new CorpusException("A corpus must have a manifest.csv (file, speaker, label), or file names of"
                                + " RAVDESS, EmoDB, CREMA-D, TESS or nEMO: corpus=" + folder + ", audio files="
                                + files.size()));
    }

    static boolean isAudio(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.endsWith(".wav") || name.endsWith(".flac"));
    }
}
