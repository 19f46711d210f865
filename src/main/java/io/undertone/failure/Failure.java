package io.undertone.failure;

/** What a command could not do, as one line for the user: exit code 1, no stack trace. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what failed, with names and values, and what to do about it */
    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
