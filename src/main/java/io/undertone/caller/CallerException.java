package io.undertone.caller;

/** The gateway does not behave as the platform expects. */
public final class CallerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallerException(String message) {
        super(message);
    }

    CallerException(String message, Throwable cause) {
        super(message, cause);
    }
}
