package io.undertone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code undertone}: picks a command. {@link Commands} has them. */
@Command(
        name = "undertone",
        description = "Detects emotions in the voices of live calls on Kafka, window by window.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Try first: undertone demo",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.",
            "Configuration: --set KEY=VALUE, then the environment (UNDERTONE_INFERENCE_ENGINE for inference.engine),"
                    + " then --config FILE, then the default. 'undertone config' lists every key."
        })
final class UndertoneCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log more, and show stack traces of failures.")
    private boolean debug;

    UndertoneCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean debug() {
        return debug;
    }
}
