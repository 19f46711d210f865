package io.undertone.cli;

import io.undertone.bundle.Bundle;
import io.undertone.training.QuantiseRun;
import io.undertone.training.precision.PrecisionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone bundle quantise}. */
@Command(
        name = "quantise",
        description = {
            "Measures on recordings, over a telephone line, the value ranges that a bundle's networks need to be computed in 8 bits, and"
                    + " writes a new version of the bundle. Its weights are kept.",
            "Reports what 8 bits change for held-out speakers; writes nothing where UAR falls by more than 0.3"
                    + " points or more than one of 100 probabilities of the vote differs by more than 0.01."
        })
final class BundleQuantiseCommand extends UndertoneSubcommand {
    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder of labelled recordings, repeatable: see 'undertone evaluate --help'. Half of its speakers are held out.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> corpora = List.of();

    @Option(
            names = "--held-out",
            paramLabel = "DIR",
            description =
                    "Folder of labelled recordings to measure on, repeatable, such as those of speakers that the bundle was not trained"
                            + " on. With it, the only speakers of --corpus that are held out are those of this folder.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> heldOut = List.of();

    @Option(
            names = "--clips",
            paramLabel = "N",
            description = "Maximum number of clips of each corpus that ranges are measured on.")
    private int clips = 400;

    @Mixin
    private NewVersion made = new NewVersion();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the networks run on.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        Path folder = made.from(surroundings().home());
        QuantiseRun.Options options;
        try {
            options = new QuantiseRun.Options(
                    folder,
                    corpora,
                    heldOut,
                    clips,
                    made.models(),
                    made.of(() -> Bundle.open(folder).content(), "bytes"),
                    threads,
                    LocalDate.now(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        QuantiseRun.Outcome outcome;
        try (ProgressBars bars = new ProgressBars(surroundings())) {
            outcome = QuantiseRun.run(options, (task, done, total) -> bars.to(task, "clips", done, total));
        }
        outcome.report().lines().forEach(out()::println);
        say("wrote " + outcome.folder() + ", with the figures in " + PrecisionReport.FILE + " and its card");
        return Errors.DONE;
    }
}
