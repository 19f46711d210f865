package io.undertone.training.site;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.report.ScoresJson;
import io.undertone.training.score.Tally;
import io.undertone.training.site.MarkedEvent.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accuracy of a bundle's labels by people's feedback, and the right labels of those marked wrong. Not thread-safe. */
public final class FeedbackFigures {
    private static final String MEANING =
            "Of what people marked, which is no random sample: labels that seem wrong are marked more often.";

    private final String bundle;
    private final Map<String, Counts> windows = new LinkedHashMap<>();
    private final Counts calls = new Counts();
    private final Tally known;
    private int ofOthers;

    /** The marks on one label. */
    private static final class Counts {
        private int right;
        private int wrong;

        void add(boolean isRight) {
            right += isRight ? 1 : 0;
            wrong += isRight ? 0 : 1;
        }

        int all() {
            return right + wrong;
        }

        double share() {
            return (double) right / all();
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("marked", all())
                    .put("right", right)
                    .put("share", ScoresJson.round(share()));
        }
    }

    private FeedbackFigures(String bundle, List<String> labels) {
        this.bundle = bundle;
        this.known = new Tally(labels);
        labels.forEach(label -> windows.put(label, new Counts()));
    }

    /**
     * The figures of a bundle; marks on other bundles' labels are left out.
     *
     * @param bundle its name and version
     * @throws io.undertone.training.corpus.CorpusException if labels are not the bundle's
     */
    public static FeedbackFigures of(List<MarkedEvent> events, String bundle, List<String> labels) {
        FeedbackFigures figures = new FeedbackFigures(bundle, labels);
        List<MarkedEvent> own = events.stream()
                .filter(event -> event.model().isEmpty() || event.model().equals(bundle))
                .toList();
        figures.ofOthers = events.size() - own.size();
        MarkedEvents.requireLabels(own, labels);
        own.stream().filter(event -> event.mark() != Mark.NONE).forEach(event -> figures.add(event, labels));
        return figures;
    }

    private void add(MarkedEvent event, List<String> labels) {
        boolean right = event.said().equals(event.truth());
        if (event.endMs() < 0) {
            calls.add(right);
            return;
        }
        windows.computeIfAbsent(event.said(), label -> new Counts()).add(right);
        if (!event.truth().isEmpty()) {
            known.add(
                    labels.indexOf(event.truth()),
                    labels.indexOf(event.said()),
                    event.probabilities().getOrDefault(event.said(), 0.0));
        }
    }

    /** Windows that were marked. */
    public int marked() {
        return windows.values().stream().mapToInt(Counts::all).sum();
    }

    private int right() {
        return windows.values().stream().mapToInt(counts -> counts.right).sum();
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-10s %5d windows marked", "feedback", marked())
                + (marked() == 0 ? "" : String.format(Locale.ROOT, "  %.3f right", (double) right() / marked())));
        windows.forEach((label, counts) -> {
            if (counts.all() > 0) {
                lines.add(String.format(
                        Locale.ROOT, "  %-9s %4d marked, %.3f right", label, counts.all(), counts.share()));
            }
        });
        if (calls.all() > 0) {
            lines.add(String.format(Locale.ROOT, "  whole legs %3d marked, %.3f right", calls.all(), calls.share()));
        }
        if (ofOthers > 0) {
            lines.add("  " + ofOthers + " marks on labels of other bundles than " + bundle + " are left out");
        }
        return lines;
    }

    /** All figures; {@code known} for windows whose right label was given, {@code confusion} as {@code [true][said]}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bundle", bundle).put("meaning", MEANING);
        json.put("windows", marked()).put("right", right());
        json.put("share", ScoresJson.round((double) right() / marked()));
        ObjectNode byLabel = json.putObject("byLabelGiven");
        windows.forEach((label, counts) -> {
            if (counts.all() > 0) {
                byLabel.set(label, counts.json());
            }
        });
        json.set("wholeLegs", calls.json());
        json.put("ofOtherBundles", ofOthers);
        json.set("known", ScoresJson.of(known));
        return json;
    }
}
