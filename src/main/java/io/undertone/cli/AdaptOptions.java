package io.undertone.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Further options of {@code train --init}. */
final class AdaptOptions {
    private static final double MS_PER_MINUTE = 60_000;

    @Option(
            names = "--init",
            paramLabel = "BUNDLE",
            description =
                    "In place of --recipe: continue training this bundle's networks on --corpus, at a tenth of the learning rate; its trees, temperatures and"
                            + " priors are kept. Reports figures before and after, on held-out speakers and on --measure.")
    @Nullable
    String init;

    @Option(names = "--epochs", paramLabel = "N", description = "With --init: maximum number of passes over the clips.")
    int epochs = 8;

    @Option(
            names = "--time-budget",
            paramLabel = "MINUTES",
            description =
                    "With --init: time for all trainings together, shared evenly; learning rates decay to 0 within it.")
    private @Nullable Double minutes;

    @Option(
            names = "--labels",
            paramLabel = "LABEL,...",
            split = ",",
            description = "With --init: train on clips of these labels only.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    List<String> labels = List.of();

    @Option(
            names = "--networks",
            paramLabel = "N",
            description =
                    "With --init: number of networks to train further, the others are kept; 1 for a quick look. Default: all.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    int networks = Integer.MAX_VALUE;

    /** The time for all trainings; null for no limit. */
    @Nullable
    Duration budget() {
        return minutes == null ? null : Duration.ofMillis(Math.round(minutes * MS_PER_MINUTE));
    }
}
