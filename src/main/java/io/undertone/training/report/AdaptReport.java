package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.score.VoteScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of adapting a bundle, as text, Markdown and JSON from the same numbers.
 *
 * @param bundle name and version of the original bundle
 * @param corpora it was adapted to
 * @param clips their number of clips
 * @param networks number of fine-tuned networks
 * @param fold that was held out, from 1; null for all in turn
 * @param heldOut change on held-out speakers
 * @param elsewhere change on corpora that were not trained on, by name
 */
public record AdaptReport(
        String bundle,
        List<String> corpora,
        int clips,
        int networks,
        @Nullable Integer fold,
        Change heldOut,
        Map<String, Change> elsewhere) {
    /** The file of the figures, within the new bundle. */
    public static final String FILE = "adaptation.json";

    /** Scores on the same clips before and after. */
    public record Change(VoteScores before, VoteScores after) {}

    public AdaptReport {
        corpora = List.copyOf(corpora);
        elsewhere = Collections.unmodifiableMap(new LinkedHashMap<>(elsewhere));
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("held-out speakers", heldOut));
        elsewhere.forEach((name, change) -> lines.add(line(name + " (not learned from)", change)));
        if (heldOut.after().all().confusion().uar()
                <= heldOut.before().all().confusion().uar()) {
            lines.add("Held-out speakers are judged no better than before: keep " + bundle + ", or label more clips.");
        }
        return lines;
    }

    private static String line(String what, Change change) {
        return String.format(
                Locale.ROOT,
                "%s: %d clips  UAR %.3f to %.3f  accuracy %.3f to %.3f  ECE %.3f to %.3f",
                what,
                change.before().all().confusion().total(),
                change.before().all().confusion().uar(),
                change.after().all().confusion().uar(),
                change.before().all().confusion().accuracy(),
                change.after().all().confusion().accuracy(),
                change.before().all().reliability().expectedCalibrationError(),
                change.after().all().reliability().expectedCalibrationError());
    }

    /** A section for the bundle's card. */
    public String markdown() {
        return "## Adapted to a site's own recordings\n\n" + networks + " networks of " + bundle
                + " went on learning from " + clips
                + " clips of " + String.join(", ", corpora)
                + "; its trees, temperatures and priors are the earlier ones. "
                + (fold == null
                        ? "The figures are of networks that were not trained on the speakers they are measured on; this bundle was trained on all.\n\n"
                        : "The figures are this bundle's, on held-out speakers.\n\n")
                + "- "
                + String.join("\n- ", lines())
                + "\n\nThe card of " + bundle + " follows; its figures are of the weights before.\n\n";
    }

    /** All figures. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bundle", bundle).put("clips", clips).put("networks", networks);
        corpora.forEach(json.putArray("corpora")::add);
        if (fold != null) {
            json.put("fold", fold);
        }
        json.set("heldOutSpeakers", json(heldOut));
        ObjectNode others = json.putObject("elsewhere");
        elsewhere.forEach((name, change) -> others.set(name, json(change)));
        return json;
    }

    private static ObjectNode json(Change change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("before", ScoresJson.of(change.before()));
        json.set("after", ScoresJson.of(change.after()));
        return json;
    }
}
