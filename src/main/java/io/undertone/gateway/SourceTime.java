package io.undertone.gateway;

/**
 * A source's own sequence number and timestamp of a piece of audio.
 *
 * @param sequence number of the piece among those of its role, ascending by one, if they may come out of order; -1 if they arrive in order
 * @param timestampMs when its first sample was spoken, from an origin common to the connection; -1 if not given
 */
record SourceTime(long sequence, long timestampMs) {
    /** Neither is given: order and time are those of arrival. */
    static final SourceTime UNSAID = new SourceTime(-1, -1);

    /** In order. */
    static SourceTime at(long timestampMs) {
        return new SourceTime(-1, timestampMs);
    }

    boolean hasTimestamp() {
        return timestampMs >= 0;
    }

    boolean hasSequence() {
        return sequence >= 0;
    }
}
