package io.undertone.cli;

import io.undertone.bundle.BundleFolder;
import io.undertone.inference.EngineSettings;
import io.undertone.training.CallsRun;
import io.undertone.training.EvaluateRun;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.report.CallFigures;
import io.undertone.training.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code undertone evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Measures a bundle on labelled recordings, through the front end, engine and vote that serve, and writes"
                    + " report.json, report.md and figures.",
            "Conditions: clean; telephone (300-3400 Hz, 8 kHz, mu-law); gain, noise and loss (telephone with each clip up to 12"
                    + " dB louder or softer, with noise 10 dB below the speech, with 5 %% of 20 ms packets lost)."
        })
final class EvaluateCommand extends UndertoneSubcommand {
    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            required = true,
            description = "The model: a folder, a name or name/version.")
    private String bundle = "";

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description =
                    "Folder of recordings, repeatable: with a manifest.csv (file, speaker, label), or RAVDESS, EmoDB,"
                            + " CREMA-D, TESS or nEMO as their authors ship them.")
    private List<Path> corpora = List.of();

    @Option(
            names = "--calls",
            paramLabel = "DIR",
            description =
                    "Folder of stereo calls (left agent, right customer) with truth.csv: how many of the customer's windows"
                            + " get the emotion of the utterance they lie in goes to calls.json.")
    private @Nullable Path calls;

    @Option(
            names = "--staged-calls",
            description =
                    "Also put the recordings of --corpus together to calls of one speaker, over a telephone line, in which an emotion"
                            + " lasts 1 to 16 utterances, and say what the vote makes of their windows.")
    private boolean stagesCalls;

    @Option(names = "--conditions", paramLabel = "NAME,...", description = "What the recordings go through first.")
    private String conditions = "clean,telephone";

    @Option(names = "--report", paramLabel = "DIR", required = true, description = "Where the report goes.")
    private Path report = Path.of("report");

    @Option(names = "--seed", paramLabel = "N", description = "Fixes what is random in the conditions.")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the networks run on.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        if (corpora.isEmpty() && calls == null) {
            throw wrongUsage("must name recordings or calls: --corpus or --calls");
        }
        if (stagesCalls && corpora.isEmpty()) {
            throw wrongUsage("calls are staged with recordings: --staged-calls must go with --corpus");
        }
        if (calls != null) {
            hearCalls(calls);
        }
        return corpora.isEmpty() ? Errors.DONE : hearCorpora();
    }

    private void hearCalls(Path folder) throws IOException {
        CallFigures figures = CallsRun.run(
                BundleFolder.find(surroundings().home(), bundle), folder, report, EngineSettings.auto(threads));
        out().printf(
                        Locale.ROOT,
                        "%-10s %5d windows in utterances  %.3f get their emotion, %.3f where each is judged by itself%n",
                        "calls",
                        figures.inContext().confusion().total(),
                        figures.inContext().confusion().accuracy(),
                        figures.alone().confusion().accuracy());
        say("wrote " + report.resolve(CallsRun.FILE));
    }

    private int hearCorpora() throws IOException {
        EvaluateRun.Options options;
        try {
            options = new EvaluateRun.Options(
                    BundleFolder.find(surroundings().home(), bundle),
                    corpora,
                    Condition.parse(conditions),
                    stagesCalls,
                    report,
                    EngineSettings.auto(threads),
                    seed);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        EvaluationReport measured;
        Map<Condition, Progress> bars = new EnumMap<>(Condition.class);
        try {
            measured = EvaluateRun.run(options, (condition, done, total) -> {
                synchronized (bars) {
                    bars.computeIfAbsent(condition, c -> Progress.of(surroundings(), c.id(), "clips", total))
                            .to(done);
                }
            });
        } finally {
            bars.values().forEach(Progress::close);
        }
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
        measured.notes().forEach(this::say);
        say("wrote " + report.resolve("report.md"));
        return Errors.DONE;
    }

    private void printStaged(StagedScores.Line line) {
        out().printf(
                        Locale.ROOT,
                        "calls, an emotion for %2d utterances  %5d windows  UAR %.3f, %.3f where each is judged by itself%n",
                        line.episode(),
                        line.inContext().confusion().total(),
                        line.inContext().confusion().uar(),
                        line.alone().confusion().uar());
    }
}
