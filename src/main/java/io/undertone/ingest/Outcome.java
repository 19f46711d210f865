package io.undertone.ingest;

/** What became of a chunk that a leg took. */
public enum Outcome {
    /** Some of its audio was new: it is analysed, or held until what is missing before it has come. */
    USED,
    /** All of its audio had come before. */
    DUPLICATE,
    /** It came after its place had been given up as a gap. */
    LATE,
    /** It came after the leg's end. */
    AFTER_END
}
