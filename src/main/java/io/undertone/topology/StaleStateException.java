package io.undertone.topology;

/** State written by another release that this one cannot read. */
final class StaleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int nextIndex;

    StaleStateException(String message) {
        this(message, 0);
    }

    /** @param nextIndex number of the leg's next window */
    StaleStateException(String message, int nextIndex) {
        super(message);
        this.nextIndex = nextIndex;
    }

    int nextIndex() {
        return nextIndex;
    }
}
