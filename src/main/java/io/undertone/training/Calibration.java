package io.undertone.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleJson;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.report.CallFigures;
import io.undertone.training.report.FoldReport;
import io.undertone.training.score.VoiceBaselines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A bundle's calibration and accuracy figures: from the report of the folds, from an earlier one, or set by hand. Immutable by agreement:
 * callers must not change its scores.
 *
 * @param scores the report
 * @param tables the same as Markdown, for the card
 * @param temperature of windows judged independently
 * @param persistence how earlier windows are used
 * @param priors shares of the labels, in training and in use
 */
record Calibration(ObjectNode scores, String tables, double temperature, Persistence persistence, Priors priors) {
    /** The file with the tables, next to a report. */
    static final String TABLES_FILE = "scores.md";

    private static final Calibration NOT_MEASURED = new Calibration(
            JsonNodeFactory.instance.objectNode(),
            "Not measured yet: run the recipe with `--report` before `--out`.\n",
            1,
            Persistence.NONE,
            Priors.NONE);

    /** The calibration of the bundle that a run writes. */
    static Calibration of(TrainRun.Options options, Recipe.Prepared prepared) throws IOException {
        Path report = options.report() == null ? options.calibration() : options.report();
        Calibration calibration =
                (report == null ? NOT_MEASURED : reported(report, options, prepared)).orByHand(options);
        Path calls = options.callsReport();
        return (calls == null ? calibration : calibration.withCalls(calls)).withVoiceBaseline();
    }

    /** The temperature of a report, unless set by hand. */
    static double temperature(TrainRun.Options options, JsonNode report) {
        Double byHand = options.temperature();
        return byHand == null ? report.path("temperature").asDouble(1) : byHand;
    }

    private static Calibration reported(Path report, TrainRun.Options options, Recipe.Prepared prepared)
            throws IOException {
        ObjectNode scores = (ObjectNode)
                new ObjectMapper().readTree(report.resolve(FoldReport.FILE).toFile());
        Priors priors = BundleJson.priors(scores.path("priors"));
        if (options.calibration() != null) {
            Map<String, Double> learned = prepared.learned();
            priors = new Priors(learned, priors.absent() ? learned : priors.read());
        }
        return new Calibration(
                scores,
                tables(report, options),
                temperature(options, scores),
                persistence(scores.path("persistence")),
                priors);
    }

    private static String tables(Path report, TrainRun.Options options) throws IOException {
        String tables =
                "Protocol **" + Protocol.SPEAKER_INDEPENDENT.id() + "**: " + Protocol.SPEAKER_INDEPENDENT.meaning()
                        + "\n" + whoseFigures(options) + Files.readString(report.resolve(TABLES_FILE));
        return options.persistence() == null
                ? tables
                : tables
                        + "\nHow long emotions last was set by hand; the tables of staged calls are by what the folds chose.\n";
    }

    private static String whoseFigures(TrainRun.Options options) {
        if (options.calibration() != null) {
            return "The figures, and the calibration, are of an earlier run of the same recipe with the options that its report names; this"
                    + " bundle is fitted to all speakers of the corpora above.\n\n";
        }
        if (options.fold() == null) {
            return "The figures are those of the folds; this bundle is fitted to all speakers by the same recipe.\n\n";
        }
        return "The figures are this very bundle's, on the speakers of fold " + options.fold()
                + ", to whom it was not fitted.\n\n";
    }

    /** The value in a report; reports of earlier versions have none. */
    private static Persistence persistence(JsonNode json) {
        return json.isObject()
                ? new Persistence(
                        json.path("dwellSeconds").asDouble(),
                        json.path("evidence").asDouble(),
                        json.path("temperature").asDouble())
                : Persistence.NONE;
    }

    private Calibration orByHand(TrainRun.Options options) {
        return new Calibration(
                scores,
                tables,
                Objects.requireNonNullElse(options.temperature(), temperature),
                Objects.requireNonNullElse(options.persistence(), persistence),
                priors);
    }

    private Calibration withCalls(Path report) throws IOException {
        JsonNode calls = new ObjectMapper().readTree(report.toFile());
        ObjectNode all = scores.deepCopy();
        all.set("calls", calls);
        return new Calibration(all, tables + "\n" + CallFigures.sentence(calls), temperature, persistence, priors);
    }

    private Calibration withVoiceBaseline() {
        return persistence.usesEarlierWindows()
                ? new Calibration(
                        scores, tables, temperature, persistence.withVoiceBaseline(VoiceBaselines.of(priors)), priors)
                : this;
    }
}
