package io.undertone.cli;

import io.undertone.bundle.Bundle;
import io.undertone.inference.EngineSettings;
import io.undertone.training.CalibrateRun;
import io.undertone.training.site.SiteReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone bundle calibrate}. */
@Command(
        name = "calibrate",
        description = {
            "Fits temperatures, label priors and thresholds of alerts to labelled windows of your own calls, some 100 of them,"
                    + " or priors alone to calls without labels, and writes a new version of the bundle. Its weights are kept.",
            "Reports the effect on held-out calls. Nothing is trained."
        })
final class BundleCalibrateCommand extends UndertoneSubcommand {
    @Option(
            names = "--calls",
            paramLabel = "DIR",
            description =
                    "Folder of recorded calls (left agent, right customer; mono: customer). With truth.csv (call, role,"
                            + " start_ms, end_ms, label): labelled; without: priors alone.")
    private @Nullable Path calls;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = {
                "Events that people judged: a CSV with the columns call, end_ms, true_label (may be empty) and a column of"
                        + " probabilities for each label; or lines of JSON, EmotionFeedback or EmotionEvent with trueLabel.",
            })
    private @Nullable Path events;

    @Option(names = "--priors-only", description = "Fits priors only and ignores labels.")
    private boolean priorsOnly;

    @Option(
            names = "--part",
            paramLabel = "P",
            description = "How far priors move to those estimated without labels, 0 to 1.")
    private double part = 0.5;

    @Mixin
    private NewVersion made = new NewVersion();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the networks run on.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        Path folder = made.from(surroundings().home());
        CalibrateRun.Options options;
        try {
            options = new CalibrateRun.Options(
                    folder,
                    calls,
                    events,
                    priorsOnly,
                    part,
                    made.models(),
                    made.of(() -> Bundle.open(folder).content(), "site"),
                    EngineSettings.auto(threads),
                    LocalDate.now(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        CalibrateRun.Outcome outcome = CalibrateRun.run(options);
        outcome.report().lines().forEach(out()::println);
        say("wrote " + outcome.folder() + ", with the figures in " + SiteReport.FILE + " and its card");
        return Errors.DONE;
    }
}
