package io.undertone.topology;

/** State that another release wrote and that cannot be used by this one. */
final class StaleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int nextIndex;

    StaleStateException(String message) {
        this(message, 0);
    }

    /** @param nextIndex number of the first window that the leg has not given yet */
    StaleStateException(String message, int nextIndex) {
        super(message);
        this.nextIndex = nextIndex;
    }

    int nextIndex() {
        return nextIndex;
    }
}
