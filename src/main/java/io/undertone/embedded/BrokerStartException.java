package io.undertone.embedded;

/** The in-process broker could not be started; the message says why. */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
