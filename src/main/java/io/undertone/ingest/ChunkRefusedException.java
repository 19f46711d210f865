package io.undertone.ingest;

/** A chunk that cannot be used: bad data, not a crash. The message states the rule, the value and the remedy, never audio. */
public final class ChunkRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why; each has its namesake among the reasons of dead letters. */
    public enum Reason {
        /** Rate outside [8000; 48000] Hz. */
        BAD_SAMPLE_RATE,
        /** Position outside [0; 2^53). */
        BAD_POSITION,
        /** Time outside [1970; 2100). */
        BAD_TIME,
        /** No samples, and not the last chunk. */
        EMPTY_AUDIO,
        /** Bytes that are no whole number of samples. */
        PARTIAL_SAMPLE,
        /** A float that is NaN, infinite or far beyond full scale. */
        NOT_FINITE,
        /** Over the size limit. */
        TOO_LARGE,
        /** Another rate than the leg began with. */
        RATE_CHANGED
    }

    private final Reason reason;

    public ChunkRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
