package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleJson;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.score.Tally;
import java.util.Locale;

/** Scores of staged calls, as JSON and Markdown. */
public final class StagedTable {
    private StagedTable() {}

    /**
     * {@code episodes}, one object for each length: {@code utterances} (0 for mixed calls), {@code windows}, and {@code uar}, {@code share}
     * and {@code ece} with and without context; and {@code persistenceByFold} and {@code temperatureByFold}, the values used for each fold.
     */
    static ObjectNode json(StagedScores scores) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = all.putArray("episodes");
        for (StagedScores.Line line : scores.lines()) {
            ObjectNode json = lines.addObject();
            json.put("utterances", line.episode())
                    .put("windows", line.alone().confusion().total());
            json.set("alone", json(line.alone()));
            json.set("inContext", json(line.inContext()));
        }
        ArrayNode byFold = all.putArray("persistenceByFold");
        scores.persistences().forEach(persistence -> byFold.add(BundleJson.tree(persistence)));
        scores.temperatures().forEach(all.putArray("temperatureByFold")::add);
        return all;
    }

    private static ObjectNode json(Tally tally) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("uar", ScoresJson.round(tally.confusion().uar()))
                .put("share", ScoresJson.round(tally.confusion().accuracy()))
                .put("ece", ScoresJson.round(tally.reliability().expectedCalibrationError()));
    }

    /** The scores as a table. */
    public static String markdown(StagedScores scores) {
        StringBuilder md = new StringBuilder();
        md.append(
                "Windows of calls staged with the same speakers' clips, `telephone`, by how many utterances an emotion lasts (mixed: ordinary"
                        + " speech, with one stretch of another emotion or none):\n\n");
        md.append(
                "| utterances | windows | UAR, each by itself | UAR, with those before | share, by itself | share, with those before | ECE, by itself | ECE, with those before |\n");
        md.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (StagedScores.Line line : scores.lines()) {
            md.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.3f | **%.3f** | %.3f | %.3f | %.3f | %.3f |%n",
                    line.episode() == StagedCall.MIXED ? "mixed" : Integer.toString(line.episode()),
                    line.alone().confusion().total(),
                    line.alone().confusion().uar(),
                    line.inContext().confusion().uar(),
                    line.alone().confusion().accuracy(),
                    line.inContext().confusion().accuracy(),
                    line.alone().reliability().expectedCalibrationError(),
                    line.inContext().reliability().expectedCalibrationError()));
        }
        return md.toString();
    }
}
