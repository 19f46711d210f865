package io.undertone.webhooks;

/**
 * The outcome of a try.
 *
 * @param result how to proceed
 * @param cause for metrics, one of few: {@code delivered}, {@code timeout}, {@code status} and so on
 * @param detail for messages, without secrets and URL
 * @param retryAfterMs least wait requested by the receiver; 0: none
 */
record Outcome(Result result, String cause, String detail, long retryAfterMs) {
    enum Result {
        /** Delivered. */
        DELIVERED,
        /** To be retried. */
        FAILED,
        /** The receiver no longer accepts posts (410). */
        GONE
    }

    static Outcome delivered() {
        return new Outcome(Result.DELIVERED, "delivered", "", 0);
    }

    static Outcome failed(String cause, String detail) {
        return new Outcome(Result.FAILED, cause, detail, 0);
    }
}
