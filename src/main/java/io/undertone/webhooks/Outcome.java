package io.undertone.webhooks;

/**
 * What became of a try.
 *
 * @param result what follows from it
 * @param cause one of few words, for metrics: {@code delivered}, {@code timeout}, {@code status} and so on
 * @param detail what happened; neither secrets nor a URL
 * @param retryAfterMs how long the receiver asked to be left alone, at least; 0: it did not ask
 */
record Outcome(Result result, String cause, String detail, long retryAfterMs) {
    enum Result {
        /** The receiver has it. */
        DELIVERED,
        /** To be tried again. */
        FAILED,
        /** The receiver says that it takes nothing any more (410). */
        GONE
    }

    static Outcome delivered() {
        return new Outcome(Result.DELIVERED, "delivered", "", 0);
    }

    static Outcome failed(String cause, String detail) {
        return new Outcome(Result.FAILED, cause, detail, 0);
    }
}
