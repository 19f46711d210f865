package io.undertone.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What {@code train --init} takes beside the options of all trainings. */
final class AdaptOptions {
    private static final double MS_PER_MINUTE = 60_000;

    @Option(
            names = "--init",
            paramLabel = "BUNDLE",
            description =
                    "In place of --recipe: go on with the networks of this bundle, on --corpus, at a tenth of the rate; its trees, temperatures and"
                            + " priors stay. Figures before and after, on held-out speakers and on --measure.")
    @Nullable
    String init;

    @Option(names = "--epochs", paramLabel = "N", description = "With --init: most passes over the clips.")
    int epochs = 8;

    @Option(
            names = "--time-budget",
            paramLabel = "MINUTES",
            description =
                    "With --init: time for all trainings together, shared evenly; rates fall to nothing as it ends.")
    private @Nullable Double minutes;

    @Option(
            names = "--labels",
            paramLabel = "LABEL,...",
            split = ",",
            description = "With --init: learn from clips of these labels alone.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    List<String> labels = List.of();

    @Option(
            names = "--networks",
            paramLabel = "N",
            description =
                    "With --init: so many networks go on learning, the others stay; 1 for a quick look. Default: all.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    int networks = Integer.MAX_VALUE;

    /** The time for all trainings; null for no limit. */
    @Nullable
    Duration budget() {
        return minutes == null ? null : Duration.ofMillis(Math.round(minutes * MS_PER_MINUTE));
    }
}
