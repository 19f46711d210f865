package io.undertone.training.precision;

/** A bundle that can't be computed in 8 bits, or not well enough; the message states the rule and the remedy. */
public final class PrecisionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PrecisionException(String message) {
        super(message);
    }
}
