package io.undertone.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: {@code --help}, and the surroundings. Returns the exit code. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        showDefaultValues = true)
abstract class UndertoneSubcommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    Surroundings surroundings() {
        return root().surroundings();
    }

    /** Standard output: what was asked for. */
    PrintWriter out() {
        return surroundings().out();
    }

    /** Says on standard error what is going on. */
    void say(String line) {
        surroundings().err().println(line);
    }

    boolean debug() {
        return root().debug();
    }

    /** Wrong usage: exit code 2 and this line. */
    ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private UndertoneCommand root() {
        return (UndertoneCommand) spec.root().userObject();
    }
}
