package io.undertone.inference;

/** A requested engine or device is unavailable, or an engine failed; the message states the remedy. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
