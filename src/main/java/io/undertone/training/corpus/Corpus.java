package io.undertone.training.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labelled recordings under one folder, in a fixed order (by file name). Immutable.
 *
 * @param name the corpus' name if the file names tell it, else the folder's
 * @param clips its recordings
 */
public record Corpus(String name, List<Clip> clips) {
    private static final String NEUTRAL = "neutral";

    public Corpus {
        clips = List.copyOf(clips);
    }

    /**
     * Reads a folder: by its {@code manifest.csv} (at least the columns {@code file, speaker, label}) if there is one, else
     * by the file names of RAVDESS, EmoDB, CREMA-D, TESS or nEMO as their authors ship them, at any depth.
     *
     * @throws CorpusException if files are missing, labels unknown, or no recording is found
     */
    public static Corpus open(Path folder) {
        return CorpusReader.read(folder, UnknownLabels.REFUSE);
    }

    /** As {@link #open}, but labels outside {@link LabelMaps} are kept unchanged: evaluation leaves them out and reports it. */
    public static Corpus openLeniently(Path folder) {
        return CorpusReader.read(folder, UnknownLabels.KEEP);
    }

    /** Speakers in alphabetical order. */
    public List<String> speakers() {
        return List.copyOf(new TreeSet<>(clips.stream().map(Clip::speaker).toList()));
    }

    /** Clips of each label, by label in alphabetical order. */
    public Map<String, Long> balance() {
        Map<String, Long> counts = new TreeMap<>();
        clips.forEach(c -> counts.merge(c.label(), 1L, Long::sum));
        return counts;
    }

    /** The clips of some labels only. */
    public Corpus withLabels(List<String> labels) {
        return new Corpus(
                name, clips.stream().filter(c -> labels.contains(c.label())).toList());
    }

    /** Whether it holds only ordinary speech: its only label is neutral, which is a negative example of every emotion. */
    public boolean isOrdinarySpeech() {
        return balance().keySet().equals(Set.of(NEUTRAL));
    }

    /**
     * This corpus, if a model can be trained on it.
     *
     * @throws CorpusException if it has a single class, other than ordinary speech, or a single speaker
     */
    public Corpus requireTrainable() {
        if (balance().size() < 2 && !isOrdinarySpeech()) {
            throw new CorpusException(
                    "A corpus must have at least two classes, or neutral speech alone, to train on: corpus=" + name
                            + ", labels=" + balance().keySet() + "; add recordings of other emotions");
        }
        if (speakers().size() < 2) {
            throw new CorpusException("A corpus must have at least two speakers, so that one can be held out: corpus="
                    + name + ", speakers=" + speakers()
                    + "; add recordings of other people, or name them in the speaker column");
        }
        return this;
    }

    /** What to do about a label that the table of {@link LabelMaps} lacks. */
    enum UnknownLabels {
        REFUSE,
        KEEP
    }
}
