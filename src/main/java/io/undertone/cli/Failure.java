package io.undertone.cli;

/** What a command could not do, as one line for whoever called it: exit code 1, no stack trace. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what failed, with names and values, and what to do about it */
    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
