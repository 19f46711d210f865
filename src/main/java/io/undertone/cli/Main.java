package io.undertone.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code undertone} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    static int run(Surroundings surroundings, String... args) {
        UndertoneCommand root = new UndertoneCommand(surroundings);
        CommandLine commandLine = new CommandLine(root)
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(surroundings.outIsTerminal())
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionStrategy(parsed -> {
                    Logging.apply(root.debug());
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(Errors::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> Errors.report(failure, root.debug(), surroundings.err()));
        int exitCode = execute(commandLine, root, surroundings, args);
        surroundings.out().flush();
        surroundings.err().flush();
        return exitCode;
    }

    private static int execute(
            CommandLine commandLine, UndertoneCommand root, Surroundings surroundings, String... args) {
        try {
            return commandLine.execute(args);
        } catch (LinkageError | OutOfMemoryError e) {
            // A native library that does not load, a heap that is too small: failures of this machine, not of picocli's
            // caller.
            return Errors.report(e, root.debug(), surroundings.err());
        }
    }
}
