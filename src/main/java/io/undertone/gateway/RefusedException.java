package io.undertone.gateway;

/** A connection must be closed. The message states the rule, the value and the remedy; never audio, a secret or a call id. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    RefusedException(Refusal refusal, String message) {
        // No stack trace: any client can cause this at any rate.
        super(message, null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    /** The message, never null. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
