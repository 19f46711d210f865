package io.undertone.cli;

import io.undertone.alert.AlertRules;
import io.undertone.bundle.BundleFolder;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.training.CallsRun;
import io.undertone.training.EvaluateRun;
import io.undertone.training.FeedbackRun;
import io.undertone.training.ReadShares;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.NotSpeechFigures;
import io.undertone.training.ordinary.OrdinaryFigures;
import io.undertone.training.report.CallFigures;
import io.undertone.training.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code undertone evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Measures a bundle on labelled recordings, with the same feature extraction, engine and vote as 'serve', and writes"
                    + " report.json, report.md and figures.",
            "Conditions: clean; telephone (300-3400 Hz, 8 kHz, mu-law); gain, noise and loss (telephone with each clip"
                    + " up to 12 dB louder or softer, with noise 10 dB below the speech, with 5 %% of 20 ms packets lost)."
        })
final class EvaluateCommand extends UndertoneSubcommand {
    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            required = true,
            description = "The model: a folder, a name or name/version.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private String bundle = "";

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description =
                    "Folder of recordings, repeatable: with a manifest.csv (file, speaker, label), or RAVDESS, EmoDB,"
                            + " CREMA-D, TESS or nEMO as their authors ship them.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> corpora = List.of();

    @Option(
            names = "--ordinary",
            paramLabel = "DIR",
            description =
                    "Folder of ordinary speech, repeatable, each a kind: with a manifest.csv (file, and speaker where known), or any WAV and"
                            + " FLAC files. How many windows are called neutral or calm, how many negative with confidence, how often"
                            + " alerts fire.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> ordinary = List.of();

    @Option(
            names = "--not-speech",
            paramLabel = "DIR",
            description =
                    "Folder of music, tones or noise, repeatable, each a kind: any WAV and FLAC files. How many windows get a label nevertheless.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> notSpeech = List.of();

    @Option(
            names = "--calls",
            paramLabel = "DIR",
            description =
                    "Folder of stereo calls (left agent, right customer) with truth.csv: how many of the customer's"
                            + " windows get the emotion of the utterance they lie in goes to calls.json.")
    private @Nullable Path calls;

    @Option(
            names = "--feedback",
            paramLabel = "FILE",
            description =
                    "Feedback by people, a line of JSON for each EmotionFeedback: how many labels are right, by label, goes to feedback.json.")
    private @Nullable Path feedback;

    @Option(
            names = "--earlier",
            paramLabel = "N",
            description =
                    "Hear each recording of --corpus after up to N others of its speaker that are neutral or calm, over the same line: what is to"
                            + " be expected of a caller whose voice is known.")
    private int earlier;

    @Option(
            names = "--staged-calls",
            description = "Also combine the recordings of --corpus into calls of one speaker, over a telephone line, in"
                    + " which an emotion lasts 1 to 16 utterances, and measure the vote on their windows.")
    private boolean stagesCalls;

    @Option(
            names = "--alert-rules",
            paramLabel = "RULES",
            description =
                    "Rules for alerts in place of the default ones, as alert.rules has them: how often each fires on --ordinary, and, with --staged-calls,"
                            + " how many angry stretches each finds.")
    private String alertRules = AlertRules.DEFAULT;

    @Option(
            names = "--conditions",
            paramLabel = "NAME,...",
            description = "Conditions that the recordings are measured under.")
    private String conditions = "clean,telephone";

    @Option(names = "--report", paramLabel = "DIR", required = true, description = "Folder for the report.")
    private Path report = Path.of("report");

    @Option(names = "--seed", paramLabel = "N", description = "Random seed of the conditions.")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the networks run on.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Precision of the networks, as inference.precision: auto, float or int8.")
    private Precision precision = Precision.AUTO;

    @Option(
            names = "--priors",
            paramLabel = "NAME",
            defaultValue = "served",
            description =
                    "By which shares of labels probabilities are read: served, as in calls, or learned, as in training, for recordings that hold each label"
                            + " about as often.")
    private ReadShares shares = ReadShares.SERVED;

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        boolean hasRecordings = !corpora.isEmpty() || !ordinary.isEmpty() || !notSpeech.isEmpty();
        if (!hasRecordings && calls == null && feedback == null) {
            throw wrongUsage(
                    "must name recordings, calls or feedback: --corpus or --calls, --ordinary or --not-speech, --feedback");
        }
        if (stagesCalls && corpora.isEmpty()) {
            throw wrongUsage("calls are staged with recordings: --staged-calls must go with --corpus");
        }
        if (feedback != null) {
            FeedbackRun.run(BundleFolder.find(surroundings().home(), bundle), feedback, report)
                    .lines()
                    .forEach(out()::println);
            say("wrote " + report.resolve(FeedbackRun.FILE));
        }
        if (calls != null) {
            measureCalls(calls);
        }
        return hasRecordings ? measureRecordings() : Errors.DONE;
    }

    private void measureCalls(Path folder) throws IOException {
        CallFigures figures = CallsRun.run(
                BundleFolder.find(surroundings().home(), bundle),
                folder,
                report,
                shares,
                EngineSettings.auto(threads).in(precision));
        out().printf(
                        Locale.ROOT,
                        "%-10s %5d windows in utterances  %.3f get their emotion, %.3f where each is judged by"
                                + " itself%n",
                        "calls",
                        figures.inContext().confusion().total(),
                        figures.inContext().confusion().accuracy(),
                        figures.alone().confusion().accuracy());
        say("wrote " + report.resolve(CallsRun.FILE));
    }

    private int measureRecordings() throws IOException {
        EvaluateRun.Options options = options();
        EvaluationReport measured;
        try (ProgressBars bars = new ProgressBars(surroundings())) {
            measured = EvaluateRun.run(options, new Shown(bars));
        }
        print(measured);
        say("wrote " + report.resolve("report.md"));
        return Errors.DONE;
    }

    private EvaluateRun.Options options() {
        try {
            return new EvaluateRun.Options(
                    BundleFolder.find(surroundings().home(), bundle),
                    corpora,
                    ordinary,
                    notSpeech,
                    Condition.parse(conditions),
                    earlier,
                    stagesCalls,
                    shares,
                    AlertRules.parse(alertRules),
                    report,
                    EngineSettings.auto(threads).in(precision),
                    seed);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private void print(EvaluationReport measured) {
        measured.conditions()
                .forEach((condition, scores) -> out().printf(
                                Locale.ROOT,
                                "%-10s %5d clips  UAR %.3f  accuracy %.3f  ECE %.3f%n",
                                condition.id(),
                                scores.all().confusion().total(),
                                scores.all().confusion().uar(),
                                scores.all().confusion().accuracy(),
                                scores.all().reliability().expectedCalibrationError()));
        StagedScores staged = measured.staged();
        if (staged != null) {
            staged.lines().forEach(this::printStaged);
        }
        OrdinaryFigures.byKind(measured.ordinary()).forEach(this::printOrdinary);
        NotSpeechFigures.byKind(measured.notSpeech()).forEach(this::printNotSpeech);
        measured.notes().forEach(this::say);
    }

    private void printStaged(StagedScores.Line line) {
        out().printf(
                        Locale.ROOT,
                        "calls, an emotion for %2d utterances  %5d windows  UAR %.3f, %.3f where each is judged by"
                                + " itself%n",
                        line.episode(),
                        line.inContext().confusion().total(),
                        line.inContext().confusion().uar(),
                        line.alone().confusion().uar());
    }

    private void printOrdinary(String kind, OrdinaryFigures figures) {
        OrdinaryFigures.Way served = figures.served();
        out().printf(
                        Locale.ROOT,
                        "%-10s %5d windows of ordinary speech  %.3f neutral or calm  %.4f angry and %.4f negative at 0.6 and more  %.1f alerts"
                                + " an hour%n",
                        kind,
                        figures.windows(),
                        served.neutralOrCalm().value(),
                        served.angry().value(),
                        served.negative().value(),
                        served.alertsAnHour().value());
    }

    private void printNotSpeech(String kind, NotSpeechFigures figures) {
        out().printf(
                        Locale.ROOT,
                        "%-10s %5d windows without speech  %.3f get a label%n",
                        kind,
                        figures.all().windows(),
                        figures.labelled().value());
    }

    /** A progress bar for each condition and each folder of calls. */
    private record Shown(ProgressBars bars) implements EvaluateRun.Progress {
        @Override
        public void clips(Condition condition, int done, int total) {
            bars.to(condition.id(), "clips", done, total);
        }

        @Override
        public void calls(String kind, int done, int total) {
            bars.to(kind, "calls", done, total);
        }
    }
}
