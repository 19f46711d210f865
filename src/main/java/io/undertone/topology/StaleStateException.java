package io.undertone.topology;

/** State that another release or another feature spec wrote and that cannot be used by this one. */
final class StaleStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleStateException(String message) {
        super(message);
    }
}
