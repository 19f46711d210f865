package io.undertone.training.contrast;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleContent;
import io.undertone.training.report.ScoresJson;
import io.undertone.training.score.Classes;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.ClipVerdicts;
import io.undertone.training.score.VoteScores;
import io.undertone.vote.LabelShift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What contrast weights change for clips after ordinary speech of their speaker, as text, Markdown and JSON. Immutable. */
public final class ContrastReport {
    /** The field of the bundle's scores that holds the figures. */
    public static final String FIELD = "contrast";

    private static final String TITLE = "## A voice beside its own past\n\n";
    private static final String END = "\nOther figures of this card are without it.\n\n";

    private final String judge;
    private final int earlier;
    private final Map<String, Row> rows;

    /** Of one corpus. */
    private record Row(boolean fitted, int clips, Figures before, Figures after) {}

    private record Figures(double uar, double four, double angerAuc) {
        static Figures of(List<ClipOpinion> opinions, BundleContent judge) {
            LabelShift shift = LabelShift.of(judge.priors(), judge.labels());
            List<String> voters = judge.voterNames();
            ClipVerdicts verdicts = VoteScores.of(
                            opinions.stream().map(o -> o.readWith(shift)).toList(),
                            voters,
                            judge.networks().size(),
                            judge.labels(),
                            judge.temperature())
                    .verdicts();
            return new Figures(
                    verdicts.uar().value(),
                    verdicts.uar(Classes.FOUR).value(),
                    verdicts.angerAuc().value());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("uar", ScoresJson.round(uar))
                    .put("fourClassesUar", ScoresJson.round(four))
                    .put("angerAuc", ScoresJson.round(angerAuc));
        }
    }

    private ContrastReport(String judge, int earlier, Map<String, Row> rows) {
        this.judge = judge;
        this.earlier = earlier;
        this.rows = rows;
    }

    /**
     * Measures each corpus with weights that were fitted to the others.
     *
     * @param judge whose voters were asked
     * @param earlier how many ordinary clips were heard before each, at most
     * @param fitted by corpus, those that weights are fitted to
     * @param measured by corpus, those that are measured alone, with weights fitted to all of {@code fitted}
     * @param weights these, {@code [labels][numbers of a contrast]}
     */
    static ContrastReport of(
            BundleContent judge,
            int earlier,
            Map<String, List<ContrastClip>> fitted,
            Map<String, List<ContrastClip>> measured,
            double[][] weights) {
        Map<String, Row> rows = new LinkedHashMap<>();
        int labels = judge.labels().size();
        fitted.forEach((corpus, clips) -> {
            List<ContrastClip> others = new ArrayList<>();
            fitted.forEach((name, of) -> others.addAll(name.equals(corpus) ? List.of() : of));
            rows.put(corpus, row(true, clips, ContrastFit.fit(others, labels), judge));
        });
        measured.forEach((corpus, clips) -> rows.put(corpus, row(false, clips, weights, judge)));
        return new ContrastReport(judge.name() + " " + judge.version(), earlier, rows);
    }

    private static Row row(boolean fitted, List<ContrastClip> clips, double[][] weights, BundleContent judge) {
        boolean none = weights[0].length == 0;
        return new Row(
                fitted,
                clips.size(),
                Figures.of(clips.stream().map(ContrastClip::opinion).toList(), judge),
                Figures.of(
                        clips.stream()
                                .map(clip -> none ? clip.opinion() : clip.shifted(weights))
                                .toList(),
                        judge));
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "voters of %s, each clip after up to %d neutral or calm ones of its speaker, over the telephone",
                judge,
                earlier));
        rows.forEach((corpus, row) -> lines.add(String.format(
                Locale.ROOT,
                "%s (%d clips%s): UAR %.3f, with contrast %.3f; four classes %.3f, %.3f; anger, AUC %.3f, %.3f",
                corpus,
                row.clips(),
                row.fitted() ? ", weights fitted to the other corpora" : "",
                row.before().uar(),
                row.after().uar(),
                row.before().four(),
                row.after().four(),
                row.before().angerAuc(),
                row.after().angerAuc())));
        return lines;
    }

    /** A section for the bundle's card. */
    public String markdown(String from) {
        StringBuilder text = new StringBuilder(
                TITLE + "The voters are those of " + from + ". Once a caller's voice is known, what each answers is"
                        + " shifted by how the window differs from the caller's earlier speech: level by group of bands, and pitch."
                        + " Measured on speakers that the voters asked were not trained on:\n\n");
        lines().forEach(line -> text.append("- ").append(line).append('\n'));
        return text.append(END).toString();
    }

    /** A card without this section, if it has one. */
    public static String without(String card) {
        int start = card.indexOf(TITLE);
        int end = start < 0 ? -1 : card.indexOf(END, start);
        return end < 0 ? card : card.substring(0, start) + card.substring(end + END.length());
    }

    /** All figures. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("judge", judge).put("earlierClips", earlier);
        ObjectNode corpora = json.putObject("corpora");
        rows.forEach((corpus, row) -> {
            ObjectNode of = corpora.putObject(corpus);
            of.put("clips", row.clips()).put("othersFitted", row.fitted());
            of.set("without", row.before().json());
            of.set("with", row.after().json());
        });
        return json;
    }
}
