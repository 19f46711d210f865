package io.undertone.gateway;

/** Told what happens on one connection. Thread-safe. */
interface SessionWatch {
    /** Ignores everything. */
    SessionWatch NONE = new SessionWatch() {};

    default void message() {}

    /** A call was opened. */
    default void opened() {}

    /** Audio was accepted. */
    default void frame() {}

    /** Time passed without audio. */
    default void gap(long ms) {}

    /** An unexpected message was ignored. */
    default void odd() {}

    default void refused(RefusedException refusal) {}

    /** A decoder failed on a message: a defect. */
    default void broken(RuntimeException failure) {}
}
