package io.undertone.webhooks;

/** Posts to one receiver. Thread-safe. */
interface Poster {
    /**
     * Posts a message and waits for the answer, up to the timeout.
     *
     * @param failures number of earlier tries
     */
    Outcome post(Message message, int failures);
}
