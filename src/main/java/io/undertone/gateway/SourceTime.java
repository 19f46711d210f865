package io.undertone.gateway;

/**
 * What a source says of when a piece of audio was spoken.
 *
 * @param sequence number of the piece among those of its role, ascending by one, if they may come out of order; -1: they come in order
 * @param timestampMs when its first sample was spoken, from any origin that all of a connection's share; -1: not said
 */
record SourceTime(long sequence, long timestampMs) {
    /** Nothing is said: order and time are those of arrival. */
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
