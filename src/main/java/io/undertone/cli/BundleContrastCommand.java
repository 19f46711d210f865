package io.undertone.cli;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleFolder;
import io.undertone.training.ContrastRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone bundle contrast}. */
@Command(
        name = "contrast",
        description = {
            "Fits on recordings, over a telephone line, what a change of a caller's voice against its earlier speech says of each label, and"
                    + " writes a new version of the bundle that uses it. Its voters are kept.",
            "Its windows are of another feature spec: both stages must be given the new version, as with any new bundle."
        })
final class BundleContrastCommand extends UndertoneSubcommand {
    @Option(
            names = "--judged-by",
            paramLabel = "BUNDLE",
            description = {
                "A bundle of the same recipe that was not trained on the speakers of --corpus, such as that of a fold. Its voters"
                        + " judge the recordings. Without it: BUNDLE itself."
            })
    private @Nullable String judge;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder of labelled recordings to fit to, repeatable: see 'undertone evaluate --help'. Each is measured with weights"
                            + " fitted to the others.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> corpora = List.of();

    @Option(
            names = "--measure",
            paramLabel = "DIR",
            description = "Folder of labelled recordings that are measured alone, repeatable.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> measured = List.of();

    @Option(
            names = "--earlier",
            paramLabel = "N",
            description = "Hear each recording after up to N others of its speaker that are neutral or calm.")
    private int earlier = 6;

    @Mixin
    private NewVersion made = new NewVersion();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the networks run on.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        Path folder = made.from(surroundings().home());
        ContrastRun.Outcome outcome;
        try (ProgressBars bars = new ProgressBars(surroundings())) {
            outcome = ContrastRun.run(
                    new ContrastRun.Options(
                            folder,
                            judge == null
                                    ? folder
                                    : BundleFolder.find(surroundings().home(), judge),
                            corpora,
                            measured,
                            earlier,
                            made.models(),
                            made.of(() -> Bundle.open(folder).content(), "contrast"),
                            threads,
                            LocalDate.now(ZoneOffset.UTC)),
                    (task, done, total) -> bars.to(task, "clips", done, total));
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        outcome.report().lines().forEach(out()::println);
        say("wrote " + outcome.folder());
        return Errors.DONE;
    }
}
