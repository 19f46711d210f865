package io.undertone.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Recordings that need no emotion label: ordinary speech, or other sound. They come from the folder's {@code manifest.csv} (at least the
 * column {@code file}; optionally {@code speaker} and {@code label}) if there is one, else from all WAV and FLAC files at any depth. A file
 * without a speaker counts as its own speaker.
 */
public final class AudioFolder {
    /** The label of a recording that has none. */
    public static final String UNLABELLED = "";

    private static final String FILE = "file";
    private static final String SPEAKER = "speaker";
    private static final String LABEL = "label";
    private static final List<String> ORDINARY = List.of(UNLABELLED, "neutral", "calm");

    private AudioFolder() {}

    /**
     * All recordings of a folder.
     *
     * @throws CorpusException if there are none, or files of the manifest are missing
     */
    public static Corpus all(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CorpusException("Recordings must be in a folder: folder=" + folder + "; check the path");
        }
        Path manifest = folder.resolve(CorpusReader.MANIFEST);
        try {
            String name = folder.toRealPath().getFileName().toString();
            List<Clip> clips = new ArrayList<>(
                    Files.isRegularFile(manifest) ? byManifest(name, folder, manifest) : byFiles(name, folder));
            if (clips.isEmpty()) {
                throw new CorpusException(
                        "A folder of recordings must hold a WAV or FLAC file: folder=" + folder + "; check the path");
            }
            clips.sort(Comparator.comparing(clip -> clip.file().toString()));
            return new Corpus(name, clips);
        } catch (IOException e) {
            throw new CorpusException("A folder must be readable: folder=" + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * The recordings of ordinary speech: those labelled neutral or calm, or not at all.
     *
     * @throws CorpusException if there are none
     */
    public static Corpus ordinary(Path folder) {
        Corpus all = all(folder);
        Corpus ordinary = all.withLabels(ORDINARY);
        if (ordinary.clips().isEmpty()) {
            throw new CorpusException("Ordinary speech must be labelled neutral or calm, or not at all: folder="
                    + folder + ", labels=" + all.balance() + " (label=recordings)");
        }
        return ordinary;
    }

    private static List<Clip> byManifest(String name, Path folder, Path manifest) throws IOException {
        List<Clip> clips = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (CSVParser rows = CorpusReader.rows(manifest)) {
            if (!rows.getHeaderNames().contains(FILE)) {
                throw new CorpusException("A manifest must have the column " + FILE + ": " + manifest + ": columns="
                        + rows.getHeaderNames());
            }
            for (CSVRecord row : rows) {
                Path file = folder.resolve(row.get(FILE));
                if (Files.isRegularFile(file)) {
                    clips.add(clip(name, folder, file, text(row, SPEAKER), text(row, LABEL)));
                } else {
                    missing.add(row.get(FILE));
                }
            }
        }
        CorpusReader.requireNoneMissing(manifest, missing);
        return clips;
    }

    private static String text(CSVRecord row, String column) {
        return row.isSet(column) ? row.get(column) : "";
    }

    private static List<Clip> byFiles(String name, Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(CorpusReader::isAudio)
                    .map(file -> clip(name, folder, file, "", UNLABELLED))
                    .toList();
        }
    }

    private static Clip clip(String name, Path folder, Path file, String speaker, String label) {
        String own = folder.toAbsolutePath()
                .relativize(file.toAbsolutePath())
                .toString()
                .replace('\\', '/');
        return new Clip(
                name,
                file,
                speaker.isEmpty() ? own : speaker,
                LabelMaps.ofManifest(label).orElse(label));
    }
}
