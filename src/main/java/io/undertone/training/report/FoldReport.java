package io.undertone.training.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleJson;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.score.ClassificationReport;
import io.undertone.training.score.ClipVerdicts;
import io.undertone.training.score.LabelScore;
import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The speaker-independent protocol's report: {@code report.json}, {@code report.md} and figures in one folder.
 *
 * @param recipe name of the recipe
 * @param description of the recipe's method
 * @param protocol name of the protocol
 * @param meaning what its figures mean
 * @param temperature fitted on all held-out clips, for a bundle of this recipe
 * @param corpora scores by corpus and condition
 * @param priors fitted on all held-out clips, for a bundle of this recipe
 * @param staged scores of staged calls by corpus
 * @param persistence fitted on all staged calls, for a bundle of this recipe
 * @param neverTrainedOn scores of corpora that no training was fitted to, by corpus and condition
 * @param ordinary calls of ordinary speech, each judged by voters that were not fitted to its speaker
 * @param notSpeech recordings without speech, judged
 * @param crossCorpus scores of corpora that were left out entirely, by corpus; empty if none were
 * @param crossCorpusMeaning what that protocol's figures mean
 */
public record FoldReport(
        String recipe,
        String description,
        String protocol,
        String meaning,
        double temperature,
        Map<String, Map<Condition, FoldScores>> corpora,
        Priors priors,
        Map<String, StagedScores> staged,
        Persistence persistence,
        Map<String, Map<Condition, FoldScores>> neverTrainedOn,
        List<JudgedCall> ordinary,
        List<JudgedCall> notSpeech,
        Map<String, CrossCorpusScores> crossCorpus,
        String crossCorpusMeaning) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Name of the JSON file. */
    public static final String FILE = "report.json";

    /** Writes all files, replacing existing ones. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(json()) + "\n", StandardCharsets.UTF_8);
        boolean drawn = Drawing.attempt(() -> draw(folder));
        Files.writeString(folder.resolve("report.md"), markdown(drawn), StandardCharsets.UTF_8);
    }

    /** The report as JSON. */
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("recipe", recipe).put("protocol", protocol).put("meaning", meaning);
        json.put("description", description).put("temperature", ScoresJson.round(temperature));
        FalseAlarms falseAlarms = FalseAlarms.of(ordinary);
        put(json.putObject("corpora"), corpora, falseAlarms);
        json.set("priors", BundleJson.tree(priors));
        json.set("persistence", BundleJson.tree(persistence));
        ObjectNode calls = json.putObject("stagedCalls");
        staged.forEach((corpus, scores) -> calls.set(corpus, StagedTable.json(scores)));
        if (!neverTrainedOn.isEmpty()) {
            put(json.putObject("neverTrainedOn"), neverTrainedOn, falseAlarms);
        }
        OrdinaryTable.put(json, ordinary, notSpeech);
        if (!crossCorpus.isEmpty()) {
            json.put("crossCorpusMeaning", crossCorpusMeaning);
            json.set("crossCorpus", CrossCorpusTable.json(crossCorpus));
        }
        return json;
    }

    private static void put(
            ObjectNode json, Map<String, Map<Condition, FoldScores>> corpora, @Nullable FalseAlarms falseAlarms) {
        corpora.forEach((corpus, conditions) -> {
            ObjectNode byCondition = json.putObject(corpus);
            conditions.forEach((condition, scores) ->
                    byCondition.set(condition.id(), json(scores, FalseAlarms.under(condition, falseAlarms))));
        });
    }

    private static ObjectNode json(FoldScores scores, @Nullable FalseAlarms falseAlarms) {
        ObjectNode json = ScoresJson.of(scores.pooled(), falseAlarms);
        List<Double> uars = scores.uars(VoteScores::all);
        json.put("uar", ScoresJson.round(FoldScores.mean(uars)));
        json.put("uarSpread", ScoresJson.round(FoldScores.spread(uars)));
        ArrayNode folds = json.putArray("uarByFold");
        uars.forEach(u -> folds.add(ScoresJson.round(u)));
        json.put("networksUar", ScoresJson.round(FoldScores.mean(scores.uars(VoteScores::networks))));
        ObjectNode voters = json.putObject("voterUar");
        voterUars(scores).forEach((name, uar) -> voters.put(name, ScoresJson.round(uar)));
        return json;
    }

    private static Map<String, Double> voterUars(FoldScores scores) {
        Map<String, Double> uars = new LinkedHashMap<>();
        for (String name : scores.folds().get(0).voters().keySet()) {
            uars.put(name, FoldScores.mean(scores.uars(s -> voter(s, name))));
        }
        return uars;
    }

    private static Tally voter(VoteScores scores, String name) {
        Tally tally = scores.voters().get(name);
        if (tally == null) {
            throw new IllegalArgumentException("folds must have the same voters: voter=" + name);
        }
        return tally;
    }

    private void draw(Path folder) throws IOException {
        for (Map.Entry<String, Map<Condition, FoldScores>> corpus : corpora.entrySet()) {
            for (Map.Entry<Condition, FoldScores> entry : corpus.getValue().entrySet()) {
                String id = corpus.getKey() + "-" + entry.getKey().id();
                Tally tally = entry.getValue().pooled().all();
                Figures.confusion(folder.resolve("confusion-" + id + ".png"), id + ": confusion", tally.confusion());
                Figures.reliability(
                        folder.resolve("reliability-" + id + ".png"), id + ": reliability", tally.reliability());
            }
        }
    }

    private String markdown(boolean drawn) {
        StringBuilder md = new StringBuilder();
        md.append("# ").append(recipe).append(": speaker-independent\n\n");
        md.append("Protocol **").append(protocol).append("**: ").append(meaning).append("\n\n");
        md.append(description).append("\n\n");
        md.append(String.format(Locale.ROOT, "Temperature fitted on held-out speakers: %.3f.%n", temperature));
        md.append("Emotions in a call: ").append(persistence.describe()).append(".\n");
        corpora.forEach((corpus, conditions) -> {
            md.append("\n## ").append(corpus).append("\n\n").append(tables(corpus, conditions));
            conditions.forEach((condition, scores) -> section(md, corpus, condition, scores, drawn));
        });
        md.append(beside("\n## Beside the folds\n\n"));
        return md.toString();
    }

    /** The section for a bundle's card: the tables of each corpus, then those of the further data. */
    public String summary() {
        StringBuilder md = new StringBuilder();
        corpora.forEach((corpus, conditions) -> md.append("### ")
                .append(corpus)
                .append("\n\n")
                .append(tables(corpus, conditions))
                .append('\n'));
        return md.append(beside("")).toString();
    }

    private String tables(String corpus, Map<Condition, FoldScores> conditions) {
        StringBuilder md = new StringBuilder(table(conditions));
        md.append("\nRecall of each emotion, all folds together:\n\n").append(recalls(conditions));
        md.append('\n').append(coarse(conditions));
        StagedScores calls = staged.get(corpus);
        if (calls != null) {
            md.append('\n').append(StagedTable.markdown(calls));
        }
        return md.toString();
    }

    private String coarse(Map<Condition, FoldScores> conditions) {
        Map<Condition, ClipVerdicts> verdicts = new LinkedHashMap<>();
        conditions.forEach(
                (condition, scores) -> verdicts.put(condition, scores.pooled().verdicts()));
        return CoarseTable.markdown(verdicts, FalseAlarms.of(ordinary));
    }

    /** Empty if nothing was measured besides the folds. */
    private String beside(String heading) {
        StringBuilder md = new StringBuilder();
        neverTrainedOn.forEach((corpus, conditions) -> md.append("### ")
                .append(corpus)
                .append(", never trained on\n\n")
                .append(table(conditions))
                .append("\nRecall of each emotion:\n\n")
                .append(recalls(conditions))
                .append('\n')
                .append(coarse(conditions))
                .append('\n'));
        md.append(OrdinaryTable.markdown(ordinary, notSpeech));
        if (!crossCorpus.isEmpty()) {
            md.append(md.isEmpty() ? "" : "\n");
            md.append("Protocol **cross-corpus**: ").append(crossCorpusMeaning).append("\n\n");
            md.append(CrossCorpusTable.markdown(crossCorpus));
        }
        return md.isEmpty() ? "" : heading + md;
    }

    /** One row per condition: UAR with its spread, folds, accuracy, ECE, voters. */
    public static String table(Map<Condition, FoldScores> conditions) {
        StringBuilder md = new StringBuilder();
        md.append(
                "| condition | UAR, vote of six | by fold | worst emotion | accuracy | ECE | vote of five | mean voter |\n");
        md.append("| --- | --- | --- | --- | ---: | ---: | ---: | ---: |\n");
        conditions.forEach((condition, scores) -> {
            List<Double> uars = scores.uars(VoteScores::all);
            Tally pooled = scores.pooled().all();
            LabelScore worst = pooled.confusion().perLabel().stream()
                    .filter(s -> s.support() > 0)
                    .min(java.util.Comparator.comparingDouble(LabelScore::recall))
                    .orElseThrow();
            double meanVoter = FoldScores.mean(List.copyOf(voterUars(scores).values()));
            md.append(String.format(
                    Locale.ROOT,
                    "| %s | **%.3f** ± %.3f | %s | %s %.2f | %.3f | %.3f | %.3f | %.3f |%n",
                    condition.id(),
                    FoldScores.mean(uars),
                    FoldScores.spread(uars),
                    uars.stream()
                            .map(u -> String.format(Locale.ROOT, "%.3f", u))
                            .collect(Collectors.joining(" ")),
                    worst.label(),
                    worst.recall(),
                    pooled.confusion().accuracy(),
                    pooled.reliability().expectedCalibrationError(),
                    FoldScores.mean(scores.uars(VoteScores::networks)),
                    meanVoter));
        });
        return md.toString();
    }

    /** One row per condition, one column per label that has clips: recall over the clips of all folds. */
    public static String recalls(Map<Condition, FoldScores> conditions) {
        StringBuilder head = new StringBuilder("| condition |");
        StringBuilder line = new StringBuilder("| --- |");
        StringBuilder rows = new StringBuilder();
        conditions.forEach((condition, scores) -> {
            boolean first = rows.isEmpty();
            rows.append("| ").append(condition.id()).append(" |");
            for (LabelScore score : scores.pooled().all().confusion().perLabel()) {
                if (score.support() == 0) {
                    continue;
                }
                if (first) {
                    head.append(' ').append(score.label()).append(" |");
                    line.append(" ---: |");
                }
                rows.append(String.format(Locale.ROOT, " %.2f |", score.recall()));
            }
            rows.append('\n');
        });
        return head + "\n" + line + "\n" + rows;
    }

    private static void section(
            StringBuilder md, String corpus, Condition condition, FoldScores scores, boolean drawn) {
        md.append("\n### ").append(corpus).append(", ").append(condition.id()).append("\n\n");
        md.append(condition.description()).append(".\n\n");
        md.append("```\n")
                .append(ClassificationReport.of(scores.pooled().all().confusion()))
                .append("```\n\n");
        md.append("| voter | UAR, mean over folds |\n| --- | ---: |\n");
        voterUars(scores).forEach((name, uar) -> md.append(String.format(Locale.ROOT, "| %s | %.3f |%n", name, uar)));
        if (drawn) {
            md.append(String.format(
                    "%n![confusion](confusion-%1$s-%2$s.png)%n![reliability](reliability-%1$s-%2$s.png)%n",
                    corpus, condition.id()));
        }
    }
}
