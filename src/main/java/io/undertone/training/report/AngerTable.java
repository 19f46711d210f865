package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.ordinary.AngerInCalls;
import java.util.Locale;

/** How much anger is found in calls, for programs and for people. */
final class AngerTable {
    private AngerTable() {}

    /** As JSON. */
    static ObjectNode json(AngerInCalls anger) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("stretches", anger.stretches());
        json.put("found", anger.found());
        json.put("recall", ScoresJson.round(anger.recall().value()));
        CoarseTable.putError(json, "recallStandardError", anger.recall());
        json.put("threshold", ScoresJson.round(anger.threshold()));
        json.put("ordinaryHours", ScoresJson.round(anger.hours()));
        json.put("falseAlarms", anger.falseAlarms());
        return json;
    }

    /** For people. */
    static String sentence(AngerInCalls anger) {
        return String.format(
                Locale.ROOT,
                "Anger in calls, as served: two windows in a row with a probability of anger of at least %.3f raise %d alarms in %.2f hours of ordinary"
                        + " speech, and an alarm in %d of %d angry stretches of six utterances in calls that are neutral otherwise: %s.%n",
                anger.threshold(),
                anger.falseAlarms(),
                anger.hours(),
                anger.found(),
                anger.stretches(),
                CoarseTable.text(anger.recall()));
    }
}
