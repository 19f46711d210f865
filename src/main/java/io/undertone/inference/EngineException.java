package io.undertone.inference;

/** An engine or device that was asked for and can't serve, or an engine that failed; the message says what to do. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
