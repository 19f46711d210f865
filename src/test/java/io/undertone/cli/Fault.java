package io.undertone.cli;

/** What a chaos run does to the program. */
enum Fault {
    /** SIGKILL of the only instance, which is started again at once. */
    KILL_THE_ONLY_ONE,
    /** SIGKILL of one of two; it comes back after a while. */
    KILL_ONE_OF_TWO,
    /** SIGKILL, and SIGKILL again while it starts up. */
    KILL_DURING_START,
    /** SIGKILL of all instances before any is started again. */
    KILL_ALL,
    /** The only instance is killed, started and killed again several times, at any moment of its start and first work. */
    CRASH_LOOP,
    /** SIGKILL of one of two, and of the other while it takes over. */
    KILL_THE_HEIR,
    /** Two instances are killed by turns, each as soon as events come again. */
    ROLLING_KILLS,
    /** SIGKILL, and its local state is gone when it comes back. */
    DELETE_STATE,
    /** The broker is stopped, or killed, and started again. */
    RESTART_BROKER,
    /** SIGSTOP for longer than its session lasts, then SIGCONT. */
    PAUSE,
    /** One more instance than there were. */
    SCALE_UP,
    /** SIGTERM of one of several. */
    SCALE_DOWN,
    /** The disk of an instance's state is full: while it runs, and while it is started again. */
    FILL_DISK,
    /** The schema registry is gone for a while, and an instance is killed and started meanwhile. Only where it is planned is there one. */
    REGISTRY_DOWN
}
