package io.undertone.webhooks;

/** Posts to one receiver. Thread-safe. */
interface Poster {
    /**
     * Posts a message and waits for the answer, no longer than the time-out.
     *
     * @param failures how often it was tried before
     */
    Outcome post(Message message, int failures);
}
