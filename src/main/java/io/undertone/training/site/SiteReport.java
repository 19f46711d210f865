package io.undertone.training.site;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.alert.AlertRules;
import io.undertone.bundle.BundleJson;
import io.undertone.training.report.ScoresJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of a calibration, as text, Markdown and JSON from the same numbers.
 *
 * @param bundle name and version of the bundle that was calibrated
 * @param source description of the calls
 * @param result of the calibration
 */
public record SiteReport(String bundle, String source, SiteCalibration result) {
    /** The file of the figures, within the new bundle. */
    public static final String FILE = "calibration.json";

    /** The default rule needs few windows of high confidence; with a lower threshold, more windows are required. */
    private static final String RULES =
            "angry: angry at >= %.2f for 5 of 8 windows; souring: mood fell by 0.6 over the call";

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(basis());
        lines.addAll(changes());
        lines.addAll(heldOut());
        result.thresholds().forEach((label, threshold) -> lines.add(threshold(label, threshold)));
        if (!result.thresholds().isEmpty()) {
            lines.add("alert.rules=" + rules());
        }
        if (!result.helps()) {
            lines.add("Held-out calls are judged no better than before: keep " + bundle + ", or label more windows.");
        }
        return lines;
    }

    /** A section for the bundle's card. */
    public String markdown() {
        StringBuilder text = new StringBuilder("## Calibrated to a site's own calls\n\n");
        lines().forEach(line -> text.append("- ")
                .append(line.startsWith("alert.rules") ? "`" + line + "`" : line)
                .append('\n'));
        return text.append("\nThe weights are those of ")
                .append(bundle)
                .append(", whose card follows; its temperatures and priors are the earlier ones.\n\n")
                .toString();
    }

    private String basis() {
        int labelled =
                result.labelled().values().stream().mapToInt(count -> count).sum();
        String counts = labelled == 0 ? "none labelled" : labelled + " labelled, " + result.labelled();
        return String.format(
                Locale.ROOT,
                "%s: %d calls, %d windows, %s%s",
                source,
                result.calls(),
                result.windows(),
                counts,
                result.usedLabels() ? "" : "; priors alone are fitted, without labels");
    }

    private List<String> changes() {
        Readout before = result.before();
        Readout after = result.after();
        List<String> lines = new ArrayList<>();
        if (result.usedLabels()) {
            lines.add(
                    changed("temperature of windows judged by themselves", before.temperature(), after.temperature()));
            if (before.persistence().usesEarlierWindows()) {
                lines.add(changed(
                        "temperature within a call",
                        before.persistence().temperature(),
                        after.persistence().temperature()));
            }
        }
        if (before.priors().absent()) {
            lines.add("priors: none, for the bundle does not say how common labels were in training");
        } else if (before.priors().read().equals(after.priors().read())) {
            lines.add("priors: as before, which suit these calls best");
        } else {
            List<String> shares = new ArrayList<>();
            after.priors()
                    .read()
                    .forEach((label, share) -> shares.add(String.format(
                            Locale.ROOT,
                            "%s %.3f to %.3f",
                            label,
                            LabelShares.of(before.priors().read(), label),
                            share)));
            lines.add("priors: " + String.join(", ", shares));
        }
        return lines;
    }

    private static String changed(String what, double before, double after) {
        return before == after
                ? String.format(Locale.ROOT, "%s: %.3f as before, which suits these calls best", what, before)
                : String.format(Locale.ROOT, "%s: %.3f to %.3f", what, before, after);
    }

    private List<String> heldOut() {
        SiteCalibration.HeldOut scores = result.heldOut();
        List<String> lines = new ArrayList<>();
        if (!result.shareRange().isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "largest difference of a label's prior between readouts fitted without one part of the calls: %.3f",
                    result.shareRange().values().stream()
                            .mapToDouble(range -> range.greatest() - range.least())
                            .max()
                            .orElse(0)));
        }
        if (scores != null) {
            lines.add("held-out calls, before: " + figures(scores.before()));
            lines.add("held-out calls, after: " + figures(scores.after()));
        }
        return lines;
    }

    private static String figures(SiteScores scores) {
        return String.format(
                Locale.ROOT,
                "accuracy %.3f, UAR %.3f, log loss %.3f, ECE %.3f",
                scores.tally().confusion().accuracy(),
                scores.tally().confusion().uar(),
                scores.logLoss(),
                scores.tally().reliability().expectedCalibrationError());
    }

    private static String threshold(String label, SiteCalibration.Threshold threshold) {
        return String.format(
                Locale.ROOT,
                "%s is to be believed from %.2f on; held-out calls, from 0.60 on before: %s; after: %s",
                label,
                threshold.fitted().confidence(),
                right(threshold.heldOutBefore()),
                right(threshold.heldOutAfter()));
    }

    private static String right(AlertThreshold at) {
        return String.format(
                Locale.ROOT, "%d of %d windows right, of %d that bear it", at.right(), at.windows(), at.borne());
    }

    /** Rules with the threshold of anger for these calls; the default ones if none was found. */
    private String rules() {
        SiteCalibration.Threshold angry = result.thresholds().get("angry");
        return angry == null
                ? AlertRules.DEFAULT
                : String.format(Locale.ROOT, RULES, angry.fitted().confidence());
    }

    /** All figures. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bundle", bundle).put("source", source);
        json.put("usedLabels", result.usedLabels());
        json.put("calls", result.calls()).put("windows", result.windows());
        ObjectNode labelled = json.putObject("labelledWindows");
        result.labelled().forEach(labelled::put);
        json.set("before", readout(result.before()));
        json.set("after", readout(result.after()));
        json.put("helps", result.helps());
        ObjectNode heldOut = json.putObject("heldOutCalls");
        SiteCalibration.HeldOut scores = result.heldOut();
        if (scores != null) {
            heldOut.set("before", scores(scores.before()));
            heldOut.set("after", scores(scores.after()));
            heldOut.set("aloneBefore", scores(scores.aloneBefore()));
            heldOut.set("aloneAfter", scores(scores.aloneAfter()));
        }
        ObjectNode ranges = json.putObject("sharesOverFolds");
        result.shareRange()
                .forEach((label, range) -> ranges.putArray(label)
                        .add(ScoresJson.round(range.least()))
                        .add(ScoresJson.round(range.greatest())));
        ObjectNode thresholds = json.putObject("alertThresholds");
        result.thresholds().forEach((label, threshold) -> {
            ObjectNode one = thresholds
                    .putObject(label)
                    .put("confidence", threshold.fitted().confidence());
            one.set("fitted", counts(threshold.fitted()));
            one.set("heldOutBefore", counts(threshold.heldOutBefore()));
            one.set("heldOutAfter", counts(threshold.heldOutAfter()));
        });
        if (!result.thresholds().isEmpty()) {
            json.put("alertRules", rules());
        }
        return json;
    }

    private static ObjectNode readout(Readout readout) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("temperature", readout.temperature());
        json.set("persistence", BundleJson.tree(readout.persistence()));
        json.set("priors", BundleJson.tree(readout.priors()));
        return json;
    }

    private static ObjectNode scores(SiteScores scores) {
        ObjectNode json = ScoresJson.of(scores.tally());
        json.put("logLoss", ScoresJson.round(scores.logLoss()));
        return json;
    }

    private static ObjectNode counts(AlertThreshold at) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("windows", at.windows())
                .put("right", at.right())
                .put("borne", at.borne());
    }
}
