package io.undertone.inference;

/** The engine hangs, or the thread that ran it has died: this process cannot continue inference. */
public final class EngineTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EngineTimeoutException(String message) {
        super(message);
    }

    EngineTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
