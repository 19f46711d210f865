package io.undertone.ingest;

/** What ended a leg. */
public enum EndReason {
    /** Its last chunk arrived. */
    LAST_CHUNK,
    /** No chunk arrived for the idle time. */
    IDLE
}
