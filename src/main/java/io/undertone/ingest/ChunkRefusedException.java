package io.undertone.ingest;

/** A chunk that cannot be used: bad data, not a crash. The message states the rule, the value and the remedy, never audio. */
public final class ChunkRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why a chunk is refused; each reason has a dead-letter reason of the same name. */
    public enum Reason {
        /** Rate outside [8000; 48000] Hz. */
        BAD_SAMPLE_RATE,
        /** Position outside [0; 2^53). */
        BAD_POSITION,
        /** Time outside [1970; 2100). */
        BAD_TIME,
        /** No samples, and not the last chunk. */
        EMPTY_AUDIO,
        /** Not a whole number of samples. */
        PARTIAL_SAMPLE,
        /** A float that is NaN, infinite or far beyond full scale. */
        NOT_FINITE,
        /** Over the size limit. */
        TOO_LARGE,
        /** Another rate than that of the leg's first chunk. */
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
