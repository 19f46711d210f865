package io.undertone.cli;

import io.undertone.webhooks.WebhooksStage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code undertone} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        try {
            WebhooksStage.prepare();
            System.exit(run(Surroundings.ofProcess(), args));
        } catch (OutOfMemoryError e) {
            end("undertone: Java's heap is too small to begin with; give it more with UNDERTONE_JVM_OPTS=-Xmx2g");
        } catch (LinkageError e) {
            end("undertone: Java cannot read its libraries beside undertone.jar; the build is incomplete, or the system"
                    + " allows too few open files: raise the limit with ulimit -n 4096");
        }
    }

    /** Exits when neither memory nor classes can be relied on. */
    private static void end(String why) {
        System.err.println(why);
        Runtime.getRuntime().halt(Errors.FAILED);
    }

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    static int run(Surroundings surroundings, String... args) {
        UndertoneCommand root = new UndertoneCommand(surroundings);
        CommandLine commandLine = Commands.parser(root, args)
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
            return commandLine.execute(withFiles(commandLine, args));
        } catch (LinkageError | OutOfMemoryError e) {
            // Such as a native library that does not load or a heap that is too small: failures of this machine, not of
            // the
            // command.
            return Errors.report(e, root.debug(), surroundings.err());
        }
    }

    /** The arguments, with file names that begin with {@code -} rewritten so that they are not parsed as options. */
    private static String[] withFiles(CommandLine commandLine, String... args) {
        Set<String> options =
                new HashSet<>(commandLine.getCommandSpec().optionsMap().keySet());
        collectOptions(commandLine, options);
        return Arrays.stream(args)
                .map(arg -> arg.length() > 1 && arg.startsWith("-") && !options.contains(arg) && isFile(arg)
                        ? "./" + arg
                        : arg)
                .toArray(String[]::new);
    }

    private static void collectOptions(CommandLine commandLine, Set<String> options) {
        for (CommandLine command : commandLine.getSubcommands().values()) {
            options.addAll(command.getCommandSpec().optionsMap().keySet());
            collectOptions(command, options);
        }
    }

    private static boolean isFile(String arg) {
        try {
            return Files.isRegularFile(Path.of(arg));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
