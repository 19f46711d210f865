package io.undertone.ingest;

/** What happened to a chunk that a leg accepted. */
public enum Outcome {
    /** Some of its audio was new: it is analysed, or held until the missing audio before it arrives. */
    USED,
    /** All of its audio had been received before. */
    DUPLICATE,
    /** It arrived after its place had been given up as a gap. */
    LATE,
    /** It arrived after the leg's end. */
    AFTER_END
}
