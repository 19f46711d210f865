package io.undertone.training.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleJson;
import io.undertone.bundle.Persistence;
import io.undertone.training.score.LabelScore;
import io.undertone.training.score.Tally;
import java.util.Locale;

/**
 * A bundle's scores on the windows of whole calls.
 *
 * @param bundle name and version
 * @param persistence of the bundle
 * @param calls number of calls
 * @param windows number of the customer's windows with enough speech
 * @param inContext scores of those that lie mostly inside one utterance, judged as in serving
 * @param alone the same, each window judged independently
 */
public record CallFigures(
        String bundle, Persistence persistence, int calls, int windows, Tally inContext, Tally alone) {
    private static final String MEANING =
            "Share of the customer's windows with its emotion, of those more than half of which lies"
                    + " inside one utterance. Independent of the speaker only where the bundle was trained without the callers.";

    /** The figures as JSON: {@code persistence}, {@code share}, {@code ece}, {@code shareAlone}, {@code eceAlone}, {@code inUtterance}, {@code perLabel}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bundle", bundle).put("meaning", MEANING).put("calls", calls).put("windows", windows);
        json.set("persistence", BundleJson.tree(persistence));
        json.put("inUtterance", inContext.confusion().total());
        json.put("share", ScoresJson.round(inContext.confusion().accuracy()))
                .put("ece", ScoresJson.round(inContext.reliability().expectedCalibrationError()));
        json.put("shareAlone", ScoresJson.round(alone.confusion().accuracy()))
                .put("eceAlone", ScoresJson.round(alone.reliability().expectedCalibrationError()));
        ObjectNode perLabel = json.putObject("perLabel");
        for (LabelScore score : inContext.confusion().perLabel()) {
            if (score.support() > 0) {
                perLabel.putObject(score.label())
                        .put("recall", ScoresJson.round(score.recall()))
                        .put("support", score.support());
            }
        }
        return json;
    }

    /** A sentence for cards, from the figures of {@link #json}. */
    public static String sentence(JsonNode json) {
        return String.format(
                Locale.ROOT,
                "On %d calls, %.3f of the %d windows of the customer that lie mostly inside one utterance get its emotion, %.3f"
                        + " where each is judged by itself; measured with a bundle of the same recipe that was trained without the callers, and by"
                        + " which what was heard counts 1/e after %.1f s.%n",
                json.path("calls").asInt(),
                json.path("share").asDouble(),
                json.path("inUtterance").asInt(),
                json.path("shareAlone").asDouble(json.path("share").asDouble()),
                json.at("/persistence/dwellSeconds").asDouble());
    }
}
