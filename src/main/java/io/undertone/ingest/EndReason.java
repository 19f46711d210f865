package io.undertone.ingest;

/** What ended a leg. */
public enum EndReason {
    /** Its last chunk came. */
    LAST_CHUNK,
    /** Nothing came for a while. */
    IDLE
}
