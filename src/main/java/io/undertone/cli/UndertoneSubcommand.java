package io.undertone.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Base class of all commands: {@code --help} and the environment. Returns the exit code. */
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

    /** Standard output, for results. */
    PrintWriter out() {
        return surroundings().out();
    }

    /** Prints a progress message on standard error. */
    void say(String line) {
        surroundings().err().println(line);
    }

    boolean debug() {
        return root().debug();
    }

    /** Wrong usage: exit code 2 and this message. */
    ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Checks the value of an option. */
    void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrongUsage(option + " must be " + least + " to " + most + ": " + value);
        }
    }

    private UndertoneCommand root() {
        return (UndertoneCommand) spec.root().userObject();
    }
}
