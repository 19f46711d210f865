package io.undertone.cli;

import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as one line and an exit code. */
final class Errors {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Errors() {}

    /** Handles an invalid command line. */
    static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("undertone: " + Causes.firstLine(String.valueOf(failure.getMessage())));
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for its usage.");
        return WRONG_USAGE;
    }

    /** Handles a command's failure at run time. */
    static int report(Throwable failure, boolean debug, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        }
        err.println("undertone: " + describe(failure));
        err.flush();
        return failure instanceof ConfigException ? WRONG_USAGE : FAILED;
    }

    private static String describe(Throwable failure) {
        String limit = MachineLimits.now().describe(failure);
        if (limit != null) {
            return limit;
        }
        String message = failure.getMessage() == null ? "" : Causes.firstLine(failure.getMessage());
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "there is no file " + message;
        }
        if (failure instanceof AccessDeniedException) {
            return "not allowed to use the file " + message;
        }
        if (failure instanceof KafkaException && !(failure instanceof ConfigException)) {
            return "Kafka: " + Causes.all(failure);
        }
        if (failure instanceof Failure || failure instanceof ConfigException || failure instanceof IOException) {
            return message.isEmpty() ? failure.getClass().getSimpleName() : message;
        }
        return message.isEmpty() || failure instanceof NullPointerException
                ? "failed with " + failure.getClass().getSimpleName() + "; --debug shows where"
                : message;
    }
}
