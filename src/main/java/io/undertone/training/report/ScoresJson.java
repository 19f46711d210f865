package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.score.Confusion;
import io.undertone.training.score.LabelScore;
import io.undertone.training.score.Reliability;
import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import org.jspecify.annotations.Nullable;

/**
 * Scores as JSON: {@code clips, labels, uar, accuracy, ece, perLabel, confusion} ({@code [true][said]}), and the scores of each voter and
 * of the networks' vote. Numbers are rounded to four decimals.
 */
public final class ScoresJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double PLACES = 1e4;

    private ScoresJson() {}

    /**
     * The vote of all as the object itself, with {@code networks} and {@code voters}, and the scores of coarser classes ({@link
     * CoarseTable}).
     *
     * @param falseAlarms null if no ordinary speech was measured under the same condition
     */
    static ObjectNode of(VoteScores scores, @Nullable FalseAlarms falseAlarms) {
        ObjectNode json = of(scores);
        CoarseTable.putError(json, "uarStandardError", scores.verdicts().uar());
        CoarseTable.put(json, scores.verdicts(), falseAlarms);
        return json;
    }

    /** The vote of all as the object itself, with {@code networks} and {@code voters}. */
    public static ObjectNode of(VoteScores scores) {
        ObjectNode json = of(scores.all());
        json.set("networks", brief(scores.networks()));
        ObjectNode voters = json.putObject("voters");
        scores.voters().forEach((name, tally) -> voters.set(name, brief(tally)));
        return json;
    }

    /** A complete tally. */
    public static ObjectNode of(Tally tally) {
        Confusion confusion = tally.confusion();
        ObjectNode json = JSON.objectNode();
        json.put("clips", confusion.total());
        json.put("unheard", confusion.unheard());
        ArrayNode labels = json.putArray("labels");
        confusion.labels().forEach(labels::add);
        brief(tally).properties().forEach(e -> json.set(e.getKey(), e.getValue()));
        ObjectNode perLabel = json.putObject("perLabel");
        for (LabelScore score : confusion.perLabel()) {
            ObjectNode label = perLabel.putObject(score.label());
            label.put("precision", round(score.precision()));
            label.put("recall", round(score.recall()));
            label.put("f1", round(score.f1()));
            label.put("support", score.support());
        }
        json.set("confusion", confusion(confusion));
        ArrayNode bins = json.putArray("reliability");
        for (Reliability.Bin bin : tally.reliability().bins()) {
            bins.addObject()
                    .put("confidence", round(bin.confidence()))
                    .put("accuracy", round(bin.accuracy()))
                    .put("count", bin.count());
        }
        return json;
    }

    /** Counts, {@code [true][said]}. */
    static ArrayNode confusion(Confusion confusion) {
        ArrayNode rows = JSON.arrayNode();
        for (int is = 0; is < confusion.labels().size(); is++) {
            ArrayNode row = rows.addArray();
            for (int said = 0; said < confusion.labels().size(); said++) {
                row.add(confusion.count(is, said));
            }
        }
        return rows;
    }

    /** UAR, accuracy and ECE of a tally. */
    static ObjectNode brief(Tally tally) {
        return JSON.objectNode()
                .put("uar", round(tally.confusion().uar()))
                .put("accuracy", round(tally.confusion().accuracy()))
                .put("ece", round(tally.reliability().expectedCalibrationError()));
    }

    /** Rounds to four decimals. */
    public static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * PLACES) / PLACES : 0;
    }
}
