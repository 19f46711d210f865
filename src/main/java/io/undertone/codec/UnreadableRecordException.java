package io.undertone.codec;

import io.undertone.DeadLetterReason;

/** A record that cannot be used: data for a dead letter, not a crash. The message states rule, value and remedy, never audio. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    private final DeadLetterReason reason;

    public UnreadableRecordException(DeadLetterReason reason, String message) {
        // No stack trace: it says nothing about the data, and bad data may arrive at any rate.
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The reason given in the dead letter. */
    public DeadLetterReason reason() {
        return reason;
    }
}
