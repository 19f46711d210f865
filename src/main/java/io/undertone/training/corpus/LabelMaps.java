package io.undertone.training.corpus;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps each corpus' names of emotions to the labels used here. {@link #LABELS} are in the order of the models' outputs, which is that of
 * RAVDESS; other emotions of a corpus have a name too, but no shipped model outputs them.
 */
public final class LabelMaps {
    /** The eight labels, in the order of the models' outputs. */
    public static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");

    /** RAVDESS: third field of the file name. */
    static final Map<String, String> RAVDESS = Map.of(
            "01", "neutral",
            "02", "calm",
            "03", "happy",
            "04", "sad",
            "05", "angry",
            "06", "fearful",
            "07", "disgust",
            "08", "surprised");

    /** EmoDB: sixth letter of the file name, the German word's initial (Wut, Langeweile, Ekel, Angst, Freude, Trauer). */
    static final Map<String, String> EMODB = Map.of(
            "W", "angry",
            "L", "bored",
            "E", "disgust",
            "A", "fearful",
            "F", "happy",
            "T", "sad",
            "N", "neutral");

    /** CREMA-D: third field of the file name. */
    static final Map<String, String> CREMA_D = Map.of(
            "ANG", "angry",
            "DIS", "disgust",
            "FEA", "fearful",
            "HAP", "happy",
            "NEU", "neutral",
            "SAD", "sad");

    /** TESS: last field of the file name; {@code ps} is "pleasant surprise". */
    static final Map<String, String> TESS = Map.of(
            "angry", "angry",
            "disgust", "disgust",
            "fear", "fearful",
            "happy", "happy",
            "neutral", "neutral",
            "ps", "surprised",
            "sad", "sad");

    /** nEMO: second field of the file name. */
    static final Map<String, String> NEMO = Map.of(
            "anger", "angry",
            "fear", "fearful",
            "happiness", "happy",
            "neutral", "neutral",
            "sadness", "sad",
            "surprise", "surprised");

    /** Words a {@code manifest.csv} may use, beside the labels themselves. */
    static final Map<String, String> MANIFEST = Map.ofEntries(
            entry("anger", "angry"),
            entry("happiness", "happy"),
            entry("joy", "happy"),
            entry("sadness", "sad"),
            entry("fear", "fearful"),
            entry("anxiety", "fearful"),
            entry("surprise", "surprised"),
            entry("disgusted", "disgust"),
            entry("calmness", "calm"),
            entry("boredom", "bored"),
            entry("bored", "bored"));

    private LabelMaps() {}

    /** Those of {@link #LABELS}, in their order, that at least one of these clips has, so that it can be learned. */
    public static List<String> taughtBy(Collection<Clip> clips) {
        Set<String> borne = clips.stream().map(Clip::label).collect(Collectors.toSet());
        return LABELS.stream().filter(borne::contains).toList();
    }

    /** The label for a word of a manifest, case-insensitive; empty if the table lacks it. */
    public static Optional<String> ofManifest(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        return LABELS.contains(lower) ? Optional.of(lower) : Optional.ofNullable(MANIFEST.get(lower));
    }
}
