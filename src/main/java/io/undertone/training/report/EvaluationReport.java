package io.undertone.training.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.AngerInCalls;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.score.ClassificationReport;
import io.undertone.training.score.ClipVerdicts;
import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's scores on some corpora, as {@code report.json}, {@code report.md} and figures in one folder.
 *
 * @param bundle name and version
 * @param protocol name of the protocol
 * @param meaning what the protocol's figures mean
 * @param notes caveats: labels left out, speakers trained on, clips without speech
 * @param corpora names of the corpora
 * @param conditions scores by condition, in order
 * @param staged scores of calls staged from the clips; null if there are none
 * @param anger how much anger is found in such calls at one false alarm per hour of ordinary speech; null if either was not measured
 * @param ordinary calls of ordinary speech, judged; empty if none were measured
 * @param notSpeech recordings without speech, judged; empty if none were measured
 */
public record EvaluationReport(
        String bundle,
        String protocol,
        String meaning,
        List<String> notes,
        List<String> corpora,
        Map<Condition, VoteScores> conditions,
        @Nullable StagedScores staged,
        @Nullable AngerInCalls anger,
        List<JudgedCall> ordinary,
        List<JudgedCall> notSpeech) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public EvaluationReport {
        ordinary = List.copyOf(ordinary);
        notSpeech = List.copyOf(notSpeech);
    }

    /** Writes all files, replacing existing ones. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("report.json"), JSON.writeValueAsString(json()) + "\n", StandardCharsets.UTF_8);
        boolean drawn = draw(folder);
        Files.writeString(folder.resolve("report.md"), markdown(drawn), StandardCharsets.UTF_8);
    }

    /**
     * The report as JSON: {@code conditions.<name>} holds {@link ScoresJson#of(VoteScores, FalseAlarms)}, {@code ordinary} and {@code
     * notSpeech} hold {@link OrdinaryTable}'s figures of each kind.
     */
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("bundle", bundle).put("protocol", protocol).put("meaning", meaning);
        corpora.forEach(json.putArray("corpora")::add);
        notes.forEach(json.putArray("notes")::add);
        ObjectNode byCondition = json.putObject("conditions");
        FalseAlarms falseAlarms = FalseAlarms.of(ordinary);
        conditions.forEach((condition, scores) ->
                byCondition.set(condition.id(), ScoresJson.of(scores, FalseAlarms.under(condition, falseAlarms))));
        if (staged != null) {
            json.set("stagedCalls", StagedTable.json(staged));
        }
        if (anger != null && anger.stretches() > 0) {
            json.set("angerInCalls", AngerTable.json(anger));
        }
        OrdinaryTable.put(json, ordinary, notSpeech);
        return json;
    }

    private boolean draw(Path folder) throws IOException {
        return Drawing.attempt(() -> {
            for (Map.Entry<Condition, VoteScores> entry : conditions.entrySet()) {
                String id = entry.getKey().id();
                Tally tally = entry.getValue().all();
                Figures.confusion(folder.resolve("confusion-" + id + ".png"), id + ": confusion", tally.confusion());
                Figures.reliability(
                        folder.resolve("reliability-" + id + ".png"), id + ": reliability", tally.reliability());
            }
            if (conditions.isEmpty()) {
                return;
            }
            Map.Entry<Condition, VoteScores> first =
                    conditions.entrySet().iterator().next();
            int[] support = first.getValue().all().confusion().perLabel().stream()
                    .mapToInt(s -> s.support())
                    .toArray();
            Figures.balance(
                    folder.resolve("balance.png"),
                    "Clips by label",
                    first.getValue().labels(),
                    Map.of("clips", support));
        });
    }

    private String markdown(boolean drawn) {
        StringBuilder md = new StringBuilder();
        Set<String> heard = new LinkedHashSet<>(corpora);
        ordinary.forEach(call -> heard.add(call.call().kind()));
        notSpeech.forEach(call -> heard.add(call.call().kind()));
        md.append("# ").append(bundle).append(" on ").append(String.join(", ", heard));
        md.append("\n\n");
        md.append("Protocol **").append(protocol).append("**: ").append(meaning).append("\n\n");
        notes.forEach(note -> md.append("- ").append(note).append('\n'));
        if (!conditions.isEmpty()) {
            scores(md);
        }
        if (staged != null) {
            md.append('\n').append(StagedTable.markdown(staged));
        }
        if (anger != null && anger.stretches() > 0) {
            md.append('\n').append(AngerTable.sentence(anger));
        }
        if (!ordinary.isEmpty() || !notSpeech.isEmpty()) {
            md.append('\n').append(OrdinaryTable.markdown(ordinary, notSpeech));
        }
        conditions.forEach((condition, scores) -> section(md, condition, scores, drawn));
        return md.toString();
    }

    private void scores(StringBuilder md) {
        md.append(
                "\nScores are per clip: each voter's windows are averaged by their speech, then the voters vote.\n\n");
        md.append("| condition | clips | UAR | accuracy | ECE | networks' vote | mean voter |\n");
        md.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        conditions.forEach((condition, scores) -> md.append(String.format(
                Locale.ROOT,
                "| %s | %d | **%.3f** | %.3f | %.3f | %.3f | %.3f |%n",
                condition.id(),
                scores.all().confusion().total(),
                scores.all().confusion().uar(),
                scores.all().confusion().accuracy(),
                scores.all().reliability().expectedCalibrationError(),
                scores.networks().confusion().uar(),
                scores.meanVoterUar())));
        md.append(
                "\nThe last two columns are UAR too: the vote of the networks alone, and the mean of all voters alone.\n");
        Map<Condition, ClipVerdicts> verdicts = new LinkedHashMap<>();
        conditions.forEach((condition, scores) -> verdicts.put(condition, scores.verdicts()));
        md.append('\n').append(CoarseTable.markdown(verdicts, FalseAlarms.of(ordinary)));
    }

    private static void section(StringBuilder md, Condition condition, VoteScores scores, boolean drawn) {
        md.append("\n## ")
                .append(condition.id())
                .append("\n\n")
                .append(condition.description())
                .append(".\n\n");
        md.append("```\n")
                .append(ClassificationReport.of(scores.all().confusion()))
                .append("```\n\n");
        md.append("| voter | UAR | accuracy |\n| --- | ---: | ---: |\n");
        scores.voters()
                .forEach((name, tally) -> md.append(String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.3f |%n",
                        name,
                        tally.confusion().uar(),
                        tally.confusion().accuracy())));
        md.append(
                drawn
                        ? String.format(
                                "%n![confusion](confusion-%1$s.png)%n![reliability](reliability-%1$s.png)%n",
                                condition.id())
                        : "\nFigures could not be drawn here: this Java has no fonts or no graphics library.\n");
    }
}
