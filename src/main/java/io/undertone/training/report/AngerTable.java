package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.ordinary.AngerInCalls;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much anger is found in calls, as JSON and Markdown. */
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
        ObjectNode rules = json.putObject("alerts");
        anger.rules()
                .forEach((name, rule) ->
                        rules.putObject(name).put("found", rule.found()).put("elsewhere", rule.elsewhere()));
        return json;
    }

    /** For people. */
    static String sentence(AngerInCalls anger) {
        return found(anger) + rules(anger);
    }

    private static String rules(AngerInCalls anger) {
        return anger.rules().entrySet().stream()
                .map(rule -> String.format(
                        Locale.ROOT,
                        "The alert %s is raised in %d of these stretches, and %d times elsewhere in these calls.%n",
                        rule.getKey(),
                        rule.getValue().found(),
                        rule.getValue().elsewhere()))
                .collect(Collectors.joining());
    }

    private static String found(AngerInCalls anger) {
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
