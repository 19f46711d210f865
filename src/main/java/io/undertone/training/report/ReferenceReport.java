package io.undertone.training.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.network.EpochScore;
import io.undertone.training.network.FittedMember;
import io.undertone.training.score.ClassificationReport;
import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The reference protocol's report, next to the original's figures: {@code report.json}, {@code report.md} and figures.
 *
 * @param protocol name of the protocol
 * @param meaning what its figures mean
 * @param labels in order
 * @param before rows of each label before SMOTE
 * @param after rows of each label after SMOTE
 * @param xgboost scores of XGBoost on its own fifth of the rows
 * @param votes scores of networks and votes on the tenth of the rows that no voter saw
 * @param members the networks' training histories
 */
public record ReferenceReport(
        String protocol,
        String meaning,
        List<String> labels,
        List<Integer> before,
        List<Integer> after,
        Tally xgboost,
        VoteScores votes,
        List<FittedMember> members) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String ORIGINAL_XGBOOST = "0.892";
    private static final String ORIGINAL_NETWORK = "0.92";
    private static final String ORIGINAL_FIVE = "0.95";

    /** Writes all files, replacing existing ones. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(FoldReport.FILE), JSON.writeValueAsString(json()) + "\n", StandardCharsets.UTF_8);
        boolean drawn = Drawing.attempt(() -> draw(folder));
        Files.writeString(folder.resolve("report.md"), markdown(drawn), StandardCharsets.UTF_8);
    }

    /** The report as JSON. */
    public ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("protocol", protocol).put("meaning", meaning);
        ArrayNode rowsBefore = json.putArray("rowsBefore");
        before.forEach(rowsBefore::add);
        ArrayNode rowsAfter = json.putArray("rowsAfter");
        after.forEach(rowsAfter::add);
        json.set("xgboost", ScoresJson.of(xgboost));
        json.set("votes", ScoresJson.of(votes));
        ArrayNode histories = json.putArray("epochs");
        for (FittedMember member : members) {
            ArrayNode history = histories.addArray();
            for (EpochScore score : member.history()) {
                history.addObject()
                        .put("epoch", score.epoch())
                        .put("trainLoss", ScoresJson.round(score.trainLoss()))
                        .put("validationLoss", ScoresJson.round(score.validationLoss()))
                        .put("validationAccuracy", ScoresJson.round(score.validationAccuracy()));
            }
        }
        return json;
    }

    /** Accuracy of each system next to the original's. */
    public String table() {
        double mean = votes.voters().entrySet().stream()
                .filter(e -> !e.getKey().equals("xgboost"))
                .mapToDouble(e -> e.getValue().confusion().accuracy())
                .average()
                .orElse(Double.NaN);
        return "| system | original | here |\n| --- | ---: | ---: |\n"
                + row(
                        "XGBoost, 20 % of the rows",
                        ORIGINAL_XGBOOST, xgboost.confusion().accuracy())
                + row("one network (mean of the five)", ORIGINAL_NETWORK, mean)
                + row(
                        "vote of five networks",
                        ORIGINAL_FIVE,
                        votes.networks().confusion().accuracy())
                + row("vote of six", "–", votes.all().confusion().accuracy());
    }

    private static String row(String system, String original, double here) {
        return String.format(Locale.ROOT, "| %s | %s | **%.3f** |%n", system, original, here);
    }

    private void draw(Path folder) throws IOException {
        Figures.confusion(
                folder.resolve("confusion-six.png"), "vote of six", votes.all().confusion());
        Figures.confusion(
                folder.resolve("confusion-five.png"),
                "vote of five",
                votes.networks().confusion());
        Figures.confusion(folder.resolve("confusion-xgboost.png"), "XGBoost", xgboost.confusion());
        Figures.reliability(
                folder.resolve("reliability.png"), "vote of six", votes.all().reliability());
        Map<String, int[]> balance = new LinkedHashMap<>();
        balance.put("before SMOTE", before.stream().mapToInt(Integer::intValue).toArray());
        balance.put("after SMOTE", after.stream().mapToInt(Integer::intValue).toArray());
        Figures.balance(folder.resolve("balance.png"), "Rows by label", labels, balance);
        List<List<EpochScore>> histories = new ArrayList<>();
        members.forEach(m -> histories.add(m.history()));
        Figures.curves(
                folder.resolve("accuracy.png"),
                "Accuracy on validation rows",
                "accuracy",
                histories,
                EpochScore::validationAccuracy);
        Figures.curves(
                folder.resolve("loss.png"), "Loss on validation rows", "loss", histories, EpochScore::validationLoss);
        Figures.curves(
                folder.resolve("loss-training.png"), "Loss on training rows", "loss", histories, EpochScore::trainLoss);
    }

    private String markdown(boolean drawn) {
        StringBuilder md = new StringBuilder("# Reference\n\n");
        md.append("Protocol **").append(protocol).append("**: ").append(meaning).append("\n\n");
        md.append(table()).append("\nAccuracy. Rows by label, before and after SMOTE:\n\n| label | before | after |\n");
        md.append("| --- | ---: | ---: |\n");
        for (int i = 0; i < labels.size(); i++) {
            md.append("| ")
                    .append(labels.get(i))
                    .append(" | ")
                    .append(before.get(i))
                    .append(" | ");
            md.append(after.get(i)).append(" |\n");
        }
        section(md, "XGBoost, on 20 % of the rows", xgboost);
        votes.voters().forEach((name, tally) -> section(md, name + ", on the rows that no voter saw", tally));
        section(md, "Vote of five", votes.networks());
        section(md, "Vote of six", votes.all());
        if (drawn) {
            for (String figure : List.of(
                    "balance",
                    "accuracy",
                    "loss",
                    "loss-training",
                    "confusion-xgboost",
                    "confusion-five",
                    "confusion-six",
                    "reliability")) {
                md.append("\n![").append(figure).append("](").append(figure).append(".png)\n");
            }
        }
        return md.toString();
    }

    private static void section(StringBuilder md, String title, Tally tally) {
        md.append("\n## ").append(title).append("\n\n```\n");
        md.append(ClassificationReport.of(tally.confusion())).append("```\n");
    }
}
