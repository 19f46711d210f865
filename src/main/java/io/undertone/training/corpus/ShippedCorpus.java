package io.undertone.training.corpus;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Corpora that are read as their authors distribute them: the file name holds speaker and emotion. Groups of the pattern:
 * {@code speaker} and {@code emotion}.
 */
enum ShippedCorpus {
    /** Livingstone and Russo (2018); audio-only speech files: {@code 03-01-06-01-02-01-12.wav}. */
    RAVDESS("ravdess", "03-01-(?<emotion>\\d\\d)-\\d\\d-\\d\\d-\\d\\d-(?<speaker>\\d\\d)", LabelMaps.RAVDESS, "Actor_"),
    /** Burkhardt et al. (2005): {@code 03a01Fa.wav}: speaker, text, emotion, version. */
    EMODB("emodb", "(?<speaker>\\d\\d)[a-z]\\d\\d(?<emotion>[A-Z])[a-z]?", LabelMaps.EMODB, ""),
    /** Cao et al. (2014): {@code 1001_DFA_ANG_XX.wav}. */
    CREMA_D("crema-d", "(?<speaker>1\\d{3})_[A-Z]{3}_(?<emotion>[A-Z]{3})_[A-Z]{2}", LabelMaps.CREMA_D, ""),
    /** Pichora-Fuller and Dupuis (2020): {@code OAF_back_angry.wav}; the release has one {@code OA_bite_neutral.wav}. */
    TESS("tess", "(?<speaker>[OY]A)F?_[a-z]+_(?<emotion>[a-z]+)", LabelMaps.TESS, ""),
    /** Christop (2024): {@code EB0_anger_10.wav}. */
    NEMO("nemo", "(?<speaker>[A-Z]{2}\\d)_(?<emotion>[a-z]+)_\\d+", LabelMaps.NEMO, "");

    private final String corpusName;
    private final Pattern name;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> labels;

    private final String speakerPrefix;

    ShippedCorpus(String corpusName, String name, Map<String, String> labels, String speakerPrefix) {
        this.corpusName = corpusName;
        this.name = Pattern.compile(name);
        this.labels = labels;
        this.speakerPrefix = speakerPrefix;
    }

    /** The corpus' name used here. */
    String corpusName() {
        return corpusName;
    }

    /** Speaker and label of a file, by its name without extension; empty if it is not a file of this corpus. */
    Optional<Entry> parse(String stem) {
        Matcher m = name.matcher(stem);
        if (!m.matches()) {
            return Optional.empty();
        }
        String label = labels.get(m.group("emotion"));
        return label == null ? Optional.empty() : Optional.of(new Entry(speakerPrefix + m.group("speaker"), label));
    }

    /**
     * The fields of a file name.
     *
     * @param speaker who speaks
     * @param label the emotion, as in {@link LabelMaps}
     */
    record Entry(String speaker, String label) {}
}
