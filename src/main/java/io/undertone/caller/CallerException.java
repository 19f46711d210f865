package io.undertone.caller;

/** The gateway does not do what a platform expects of it. */
public final class CallerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallerException(String message) {
        super(message);
    }

    CallerException(String message, Throwable cause) {
        super(message, cause);
    }
}
