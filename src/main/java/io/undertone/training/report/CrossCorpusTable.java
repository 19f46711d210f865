package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.condition.Condition;
import io.undertone.training.score.ClipVerdicts;
import io.undertone.training.score.Confusion;
import io.undertone.training.score.LabelScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Scores of corpora that were left out entirely, as JSON and Markdown. */
public final class CrossCorpusTable {
    private CrossCorpusTable() {}

    /**
     * By corpus: {@code temperature}, {@code labelsInCommon}, {@code conditions} with {@link ScoresJson} of the clips of those
     * labels and {@link CoarseTable} of all clips, {@code stagedCalls}, and {@code ordinary}, the same voters' results on ordinary speech.
     */
    static ObjectNode json(Map<String, CrossCorpusScores> corpora) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        corpora.forEach((corpus, scores) -> {
            ObjectNode json = all.putObject(corpus);
            json.put("temperature", ScoresJson.round(scores.temperature()));
            labels(scores).forEach(json.putArray("labelsInCommon")::add);
            FalseAlarms falseAlarms = FalseAlarms.of(scores.ordinary());
            ObjectNode conditions = json.putObject("conditions");
            scores.inCommon().forEach((condition, inCommon) -> {
                ObjectNode one = ScoresJson.of(inCommon, null);
                CoarseTable.put(one, verdicts(scores, condition), FalseAlarms.under(condition, falseAlarms));
                conditions.set(condition.id(), one);
            });
            json.set("stagedCalls", StagedTable.json(scores.staged()));
            OrdinaryTable.put(json, scores.ordinary(), List.of());
        });
        return all;
    }

    private static ClipVerdicts verdicts(CrossCorpusScores scores, Condition condition) {
        return Objects.requireNonNull(scores.all().get(condition), condition.id())
                .verdicts();
    }

    /** Labels that have clips and were learned from other corpora. */
    private static List<String> labels(CrossCorpusScores scores) {
        return scores.inCommon().values().stream()
                .findFirst()
                .map(inCommon -> inCommon.all().confusion().perLabel().stream()
                        .filter(label -> label.support() > 0)
                        .map(LabelScore::label)
                        .toList())
                .orElse(List.of());
    }

    /** A table for each corpus, with the same voters' results on ordinary speech. */
    public static String markdown(Map<String, CrossCorpusScores> corpora) {
        StringBuilder md = new StringBuilder();
        corpora.forEach((corpus, scores) -> {
            md.append(md.isEmpty() ? "" : "\n")
                    .append("### Without ")
                    .append(corpus)
                    .append("\n\n");
            md.append("| condition | clips | labels in common | UAR | accuracy | ECE | vote of five | mean voter |\n");
            md.append("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |\n");
            scores.inCommon().forEach((condition, inCommon) -> {
                Confusion confusion = inCommon.all().confusion();
                md.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %s | %.3f | %.3f | %.3f | %.3f |%n",
                        condition.id(),
                        confusion.total(),
                        String.join(", ", labels(scores)),
                        CoarseTable.text(inCommon.verdicts().uar()),
                        confusion.accuracy(),
                        inCommon.all().reliability().expectedCalibrationError(),
                        inCommon.networks().confusion().uar(),
                        inCommon.meanVoterUar()));
            });
            Map<Condition, ClipVerdicts> verdicts = new LinkedHashMap<>();
            scores.all().keySet().forEach(condition -> verdicts.put(condition, verdicts(scores, condition)));
            md.append('\n').append(CoarseTable.markdown(verdicts, FalseAlarms.of(scores.ordinary())));
            if (!scores.staged().lines().isEmpty()) {
                md.append('\n').append(StagedTable.markdown(scores.staged()));
            }
            if (!scores.ordinary().isEmpty()) {
                md.append('\n').append(OrdinaryTable.markdown(scores.ordinary(), List.of(), "#### "));
            }
        });
        return md.toString();
    }
}
