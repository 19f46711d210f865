package io.undertone.inference;

/** The engine hangs, or the thread that ran it has died: nothing more can be expected of this process. */
public final class EngineTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EngineTimeoutException(String message) {
        super(message);
    }

    EngineTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
