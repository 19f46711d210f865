package io.undertone.web;

import io.undertone.EmotionFeedback;

/** Takes what people say of labels. */
interface FeedbackSink extends AutoCloseable {
    /** Returns once it is kept. */
    void write(EmotionFeedback feedback) throws NotTakenException, InterruptedException;

    @Override
    default void close() {}

    /** It is not kept. */
    final class NotTakenException extends Exception {
        private static final long serialVersionUID = 1;

        NotTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
