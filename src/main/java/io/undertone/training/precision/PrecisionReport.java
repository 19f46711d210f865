package io.undertone.training.precision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.corpus.Clip;
import io.undertone.training.report.ScoresJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The effect of computing in 8 bits, as text, Markdown and JSON from the same numbers, and whether it is within limits. Immutable.
 */
public final class PrecisionReport {
    /** The file of the figures, within the new bundle. */
    public static final String FILE = "quantisation.json";

    /** The largest allowed drop of clips' UAR against floats. */
    static final double MOST_UAR_LOST = 0.003;

    /** The largest allowed difference from floats of 99 of 100 of the vote's probabilities. */
    static final double MOST_DIFFERENCE = 0.01;

    private static final String TITLE = "## In 8 bits\n\n";
    private static final String END = "; other figures of this card are of floats.\n\n";
    private static final double POINTS = 100;
    private static final double PLACES = 1e5;

    private final String bundle;
    private final int learnedClips;
    private final int learnedWindows;
    private final int heldOutClips;
    private final int speakers;
    private final int knownSpeakers;
    private final PrecisionScores.Uar all;
    private final Map<String, PrecisionScores.Uar> byCorpus;
    private final VoteDifference.Figures difference;

    private PrecisionReport(
            String bundle,
            int learnedClips,
            int learnedWindows,
            int heldOutClips,
            int speakers,
            int knownSpeakers,
            PrecisionScores.Uar all,
            Map<String, PrecisionScores.Uar> byCorpus,
            VoteDifference.Figures difference) {
        this.bundle = bundle;
        this.learnedClips = learnedClips;
        this.learnedWindows = learnedWindows;
        this.heldOutClips = heldOutClips;
        this.speakers = speakers;
        this.knownSpeakers = knownSpeakers;
        this.all = all;
        this.byCorpus = new LinkedHashMap<>(byCorpus);
        this.difference = difference;
    }

    /**
     * Makes the report from scores on all held-out clips.
     *
     * @param bundle name and version of the original bundle
     * @param learnedWindows number of windows used to find the ranges
     * @param trainedOn speakers of the bundle's training data, as {@link Clip#speakerKey()}
     */
    public static PrecisionReport of(
            String bundle, RangeClips clips, int learnedWindows, Set<String> trainedOn, PrecisionScores scores) {
        List<String> speakers =
                clips.heldOut().stream().map(Clip::speakerKey).distinct().toList();
        Map<String, PrecisionScores.Uar> byCorpus = new LinkedHashMap<>();
        clips.heldOut().stream().map(Clip::corpus).distinct().forEach(name -> byCorpus.put(name, scores.uar(name)));
        return new PrecisionReport(
                bundle,
                clips.learned().size(),
                learnedWindows,
                clips.heldOut().size(),
                speakers.size(),
                (int) speakers.stream().filter(trainedOn::contains).count(),
                scores.uar(),
                byCorpus,
                scores.difference());
    }

    /**
     * Checks that 8 bits stay within the limits.
     *
     * @throws PrecisionException if they do not
     */
    public void requireHeld() {
        if (!(all.inFloats() - all.inBytes() <= MOST_UAR_LOST)) {
            throw refused("UAR must fall by at most 0.3 points in 8 bits: " + uar("held-out clips", all));
        }
        if (!(difference.ofHundred() <= MOST_DIFFERENCE)) {
            throw refused("99 of 100 probabilities of the vote must differ by at most " + MOST_DIFFERENCE
                    + " from those in floats: " + differences());
        }
    }

    private PrecisionException refused(String rule) {
        return new PrecisionException(
                rule + "; learn the ranges from more speech (--clips, or one more --corpus), or keep " + bundle
                        + " in floats");
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "ranges from %,d windows of %,d clips; held out: %,d windows of %,d clips by %d other speakers",
                learnedWindows,
                learnedClips,
                difference.windows(),
                heldOutClips,
                speakers));
        if (knownSpeakers > 0) {
            lines.add("the bundle was trained on " + knownSpeakers + " of these " + speakers
                    + " speakers: what the UAR is says nothing, how it changes does");
        }
        lines.add(uar("all", all));
        byCorpus.forEach((corpus, uar) -> lines.add(uar(corpus, uar)));
        lines.add(differences());
        return lines;
    }

    private static String uar(String what, PrecisionScores.Uar uar) {
        return String.format(
                Locale.ROOT,
                "%s: UAR %.4f in floats, %.4f in 8 bits (%+.2f points)",
                what,
                uar.inFloats(),
                uar.inBytes(),
                POINTS * (uar.inBytes() - uar.inFloats()));
    }

    private String differences() {
        return String.format(
                Locale.ROOT,
                "probabilities of labels in windows differ by %.5f in the mean, 99 of 100 by at most %.5f, all by at most %.5f; in"
                        + " %.2f %% of the windows none by more than %s, %.2f %% get the same label",
                difference.mean(),
                difference.ofHundred(),
                difference.max(),
                POINTS * difference.close(),
                VoteDifference.CLOSE,
                POINTS * difference.sameLabel());
    }

    /** A section for the bundle's card. */
    public String markdown() {
        StringBuilder text = new StringBuilder(
                TITLE + "The networks can be computed in 8 bits (`inference.precision`). Compared with"
                        + " floats, over a telephone line, on speakers that the ranges were not learned from:\n\n");
        lines().forEach(line -> text.append("- ").append(line).append('\n'));
        return text.append("\nThe weights are those of ")
                .append(bundle)
                .append(END)
                .toString();
    }

    /** A card without this section at its start, if it has one. */
    public static String without(String card) {
        int end = card.indexOf(END);
        return card.startsWith(TITLE) && end > 0 ? card.substring(end + END.length()) : card;
    }

    /** All figures. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bundle", bundle);
        json.put("learnedClips", learnedClips).put("learnedWindows", learnedWindows);
        json.put("heldOutClips", heldOutClips).put("heldOutWindows", difference.windows());
        json.put("heldOutSpeakers", speakers).put("ofThemTrainedOn", knownSpeakers);
        json.set("uar", json(all));
        ObjectNode corpora = json.putObject("uarByCorpus");
        byCorpus.forEach((corpus, uar) -> corpora.set(corpus, json(uar)));
        json.putObject("differenceOfProbability")
                .put("mean", round(difference.mean()))
                .put("99Of100", round(difference.ofHundred()))
                .put("max", round(difference.max()));
        json.put("windowsWithin0.01", ScoresJson.round(difference.close()));
        json.put("sameLabel", ScoresJson.round(difference.sameLabel()));
        return json;
    }

    private static ObjectNode json(PrecisionScores.Uar uar) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("floats", ScoresJson.round(uar.inFloats()))
                .put("bytes", ScoresJson.round(uar.inBytes()));
    }

    private static double round(double value) {
        return Math.round(value * PLACES) / PLACES;
    }
}
