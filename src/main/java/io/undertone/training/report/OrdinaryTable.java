package io.undertone.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.ordinary.NotSpeechFigures;
import io.undertone.training.ordinary.OrdinaryFigures;
import io.undertone.training.score.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of ordinary speech and of other sound, as JSON and Markdown. */
public final class OrdinaryTable {
    /** Explains the figures of ordinary speech. */
    private static final String MEANING =
            "Ordinary speech over a telephone line (condition telephone): the recordings of each speaker joined to a call, in order,"
                    + " with short pauses. Shares are of the windows with a label, errors are over speakers. As served: each window together with"
                    + " those before it; alone: each independently. Alerts are those of the default rules, or of --alert-rules; a rule cannot fire in a call with fewer"
                    + " windows than it looks back on.";

    /** Explains the figures of other sound. */
    private static final String NOT_SPEECH_MEANING =
            "Recordings without speech, over a telephone line (condition telephone), each a call. No window, of which one begins every"
                    + " second, should get a label; errors are over files.";

    private OrdinaryTable() {}

    /** Adds {@code ordinary} and {@code notSpeech} to a report, each with its explanation; adds nothing if nothing was measured. */
    static void put(ObjectNode json, List<JudgedCall> ordinary, List<JudgedCall> notSpeech) {
        if (!ordinary.isEmpty()) {
            json.put("ordinaryMeaning", MEANING);
            json.set("ordinary", json(OrdinaryFigures.byKind(ordinary)));
        }
        if (!notSpeech.isEmpty()) {
            json.put("notSpeechMeaning", NOT_SPEECH_MEANING);
            json.set("notSpeech", notSpeechJson(NotSpeechFigures.byKind(notSpeech)));
        }
    }

    /**
     * By kind: {@code recordings, calls, hours, windows, silentWindows, notSpeechWindows}, the shares {@code neutralOrCalm}, {@code
     * angryAt06}, {@code negativeAt06}, {@code meanConfidence}, {@code labels} and alerts as in serving, the same {@code alone}, and
     * {@code standardErrors}.
     */
    private static ObjectNode json(Map<String, OrdinaryFigures> kinds) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        kinds.forEach((kind, figures) -> {
            ObjectNode json = all.putObject(kind);
            json.put("recordings", figures.recordings()).put("calls", figures.calls());
            json.put("hours", ScoresJson.round(figures.hours())).put("windows", figures.windows());
            json.put("silentWindows", figures.silentWindows());
            json.put("notSpeechWindows", figures.notSpeechWindows());
            put(json, figures.served());
            put(json.putObject("alone"), figures.alone());
        });
        return all;
    }

    private static void put(ObjectNode json, OrdinaryFigures.Way way) {
        ObjectNode errors = JsonNodeFactory.instance.objectNode();
        put(json, errors, "neutralOrCalm", way.neutralOrCalm());
        put(json, errors, "angryAt06", way.angry());
        put(json, errors, "negativeAt06", way.negative());
        put(json, errors, "meanConfidence", way.confidence());
        put(json, errors, "alertsAnHour", way.alertsAnHour());
        put(json, errors, "angerAlertsAnHour", way.angerAlertsAnHour());
        ObjectNode alerts = json.putObject("alerts");
        way.alerts().forEach(alerts::put);
        ObjectNode labels = json.putObject("labels");
        way.labels().forEach((label, share) -> labels.put(label, ScoresJson.round(share)));
        json.set("standardErrors", errors);
    }

    private static void put(ObjectNode json, ObjectNode errors, String name, Figure figure) {
        json.put(name, ScoresJson.round(figure.value()));
        if (Double.isFinite(figure.standardError())) {
            errors.put(name, ScoresJson.round(figure.standardError()));
        }
    }

    /**
     * By kind: {@code windows}, the shares {@code labelled} and {@code negativeAt06}, {@code labelledWindows}, {@code silentWindows},
     * {@code notSpeechWindows}, {@code standardErrors}, and the same {@code byFile}.
     */
    private static ObjectNode notSpeechJson(Map<String, NotSpeechFigures> kinds) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        kinds.forEach((kind, figures) -> {
            ObjectNode json = all.putObject(kind);
            put(json, figures.all());
            ObjectNode errors = json.putObject("standardErrors");
            put(json, errors, "labelled", figures.labelled());
            put(json, errors, "negativeAt06", figures.negative());
            ArrayNode files = json.putArray("byFile");
            figures.byFile().forEach(file -> put(files.addObject().put("file", file.file()), file.counts()));
        });
        return all;
    }

    private static void put(ObjectNode json, NotSpeechFigures.Counts counts) {
        json.put("windows", counts.windows());
        json.put("labelled", ScoresJson.round(counts.shareLabelled()));
        json.put("negativeAt06", ScoresJson.round(counts.shareNegative()));
        json.put("labelledWindows", counts.labelled());
        json.put("silentWindows", counts.silent());
        json.put("notSpeechWindows", counts.notSpeech());
    }

    /** Both as tables; empty without figures. */
    public static String markdown(List<JudgedCall> ordinary, List<JudgedCall> notSpeech) {
        return markdown(ordinary, notSpeech, "### ");
    }

    /** Both as tables, under headings of this depth. */
    static String markdown(List<JudgedCall> ordinary, List<JudgedCall> notSpeech, String heading) {
        StringBuilder md = new StringBuilder();
        if (!ordinary.isEmpty()) {
            md.append(heading).append("Ordinary speech\n\n").append(MEANING).append("\n\n");
            md.append(
                    "| kind | calls, hours | windows | judged | neutral or calm | angry at 0.6 and more | negative at 0.6 and more |"
                            + " mean confidence | alerts an hour | of anger |\n");
            md.append("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
            OrdinaryFigures.byKind(ordinary).forEach((kind, figures) -> {
                row(md, kind, figures, "as served", figures.served());
                row(md, kind, figures, "alone", figures.alone());
            });
        }
        if (!notSpeech.isEmpty()) {
            md.append(ordinary.isEmpty() ? "" : "\n").append(heading).append("Not speech\n\n");
            md.append(NOT_SPEECH_MEANING).append("\n\n");
            md.append(
                    "| kind, file | windows | get a label | silent | not speech | of the labelled, negative at 0.6 and more |\n");
            md.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
            NotSpeechFigures.byKind(notSpeech).forEach((kind, figures) -> {
                row(md, "**" + kind + "**", figures.all(), error(figures.labelled()), error(figures.negative()));
                figures.byFile().forEach(file -> row(md, file.file(), file.counts(), "", ""));
            });
        }
        return md.toString();
    }

    private static void row(
            StringBuilder md, String kind, OrdinaryFigures figures, String judged, OrdinaryFigures.Way way) {
        md.append(String.format(
                Locale.ROOT,
                "| %s | %d, %.2f | %,d | %s | %s | %s | %s | %s | %s | %s |%n",
                kind,
                figures.calls(),
                figures.hours(),
                figures.windows(),
                judged,
                text("%.3f", way.neutralOrCalm()),
                text("%.4f", way.angry()),
                text("%.4f", way.negative()),
                text("%.3f", way.confidence()),
                text("%.1f", way.alertsAnHour()),
                text("%.1f", way.angerAlertsAnHour())));
    }

    private static void row(
            StringBuilder md, String name, NotSpeechFigures.Counts counts, String labelledError, String negativeError) {
        md.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %.3f%s | %,d | %,d | %.3f%s |%n",
                name,
                counts.windows(),
                counts.shareLabelled(),
                labelledError,
                counts.silent(),
                counts.notSpeech(),
                counts.shareNegative(),
                negativeError));
    }

    private static String text(String format, Figure figure) {
        return String.format(Locale.ROOT, format, figure.value())
                + (Double.isFinite(figure.standardError())
                        ? String.format(Locale.ROOT, " ± " + format, figure.standardError())
                        : "");
    }

    private static String error(Figure figure) {
        return Double.isFinite(figure.standardError())
                ? String.format(Locale.ROOT, " ± %.3f", figure.standardError())
                : "";
    }
}
