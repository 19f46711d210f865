package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.condition.Condition;
import io.undertone.training.score.Classes;
import io.undertone.training.score.ClipVerdicts;
import io.undertone.training.score.Confusion;
import io.undertone.training.score.Figure;
import io.undertone.training.score.LabelScore;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores of coarser classes than the labels: four classes, sentiment, anger against the rest; as JSON and Markdown. */
public final class CoarseTable {
    private CoarseTable() {}

    /**
     * Adds {@code fourClasses}, {@code sentiment} and {@code anger} to scores.
     *
     * @param falseAlarms null if no ordinary speech was measured under the same condition
     */
    static void put(ObjectNode json, ClipVerdicts clips, @Nullable FalseAlarms falseAlarms) {
        json.set("fourClasses", json(clips, Classes.FOUR));
        json.set("sentiment", json(clips, Classes.SENTIMENT));
        ObjectNode anger = json.putObject("anger");
        anger.put("clips", clips.angry());
        Figure auc = clips.angerAuc();
        if (Double.isFinite(auc.value())) {
            anger.put("auc", ScoresJson.round(auc.value()));
            putError(anger, "aucStandardError", auc);
        }
        if (falseAlarms != null && clips.angry() > 0) {
            Figure recall = clips.angerRecall(falseAlarms.threshold());
            anger.put("recallAtOneFalseAlarmAnHour", ScoresJson.round(recall.value()));
            putError(anger, "recallStandardError", recall);
            anger.put("threshold", ScoresJson.round(falseAlarms.threshold()));
            anger.put("ordinaryHours", ScoresJson.round(falseAlarms.hours()));
        }
    }

    private static ObjectNode json(ClipVerdicts clips, Classes classes) {
        Confusion confusion = clips.confusion(classes);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("clips", confusion.total());
        ArrayNode names = json.putArray("classes");
        classes.names().forEach(names::add);
        Figure uar = clips.uar(classes);
        json.put("uar", ScoresJson.round(uar.value()));
        putError(json, "standardError", uar);
        json.put("accuracy", ScoresJson.round(confusion.accuracy()));
        ObjectNode recall = json.putObject("recall");
        for (LabelScore score : confusion.perLabel()) {
            if (score.support() > 0) {
                recall.put(score.label(), ScoresJson.round(score.recall()));
            }
        }
        json.set("confusion", ScoresJson.confusion(confusion));
        return json;
    }

    static void putError(ObjectNode json, String name, Figure figure) {
        if (Double.isFinite(figure.standardError())) {
            json.put(name, ScoresJson.round(figure.standardError()));
        }
    }

    /** One row per condition: four classes, sentiment and anger. */
    public static String markdown(Map<Condition, ClipVerdicts> conditions, @Nullable FalseAlarms falseAlarms) {
        StringBuilder md = new StringBuilder(
                "Coarser questions: UAR over four classes (neutral or calm, happy, sad, angry; clips of other labels left out) and over sentiment"
                        + " (negative: angry, sad, fearful, disgust; neutral: neutral, calm; positive: happy), the class with the highest sum of"
                        + " probabilities counting as said; anger against the rest, by its probability. Errors are over speakers.\n\n");
        md.append(
                "| condition | four classes | neutral or calm, happy, sad, angry | sentiment | negative, neutral, positive | anger, AUC |"
                        + " anger found at one false alarm an hour |\n");
        md.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        conditions.forEach((condition, clips) -> row(md, condition, clips, FalseAlarms.under(condition, falseAlarms)));
        if (falseAlarms != null) {
            md.append(falseAlarms.sentence());
        }
        return md.toString();
    }

    private static void row(
            StringBuilder md, Condition condition, ClipVerdicts clips, @Nullable FalseAlarms falseAlarms) {
        String found = falseAlarms == null ? "–" : text(clips.angerRecall(falseAlarms.threshold()));
        md.append(String.format(
                "| %s | %s | %s | %s | %s | %s | %s |%n",
                condition.id(),
                text(clips.uar(Classes.FOUR)),
                recalls(clips.confusion(Classes.FOUR)),
                text(clips.uar(Classes.SENTIMENT)),
                recalls(clips.confusion(Classes.SENTIMENT)),
                text(clips.angerAuc()),
                found));
    }

    private static String recalls(Confusion confusion) {
        StringBuilder text = new StringBuilder();
        for (LabelScore score : confusion.perLabel()) {
            text.append(text.isEmpty() ? "" : " ");
            text.append(score.support() == 0 ? "–" : String.format(Locale.ROOT, "%.2f", score.recall()));
        }
        return text.toString();
    }

    static String text(Figure figure) {
        if (!Double.isFinite(figure.value())) {
            return "–";
        }
        return String.format(Locale.ROOT, "%.3f", figure.value())
                + (Double.isFinite(figure.standardError())
                        ? String.format(Locale.ROOT, " ± %.3f", figure.standardError())
                        : "");
    }
}
