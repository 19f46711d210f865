package io.undertone.web;

import io.undertone.EmotionFeedback;

/** Stores people's feedback on labels. */
interface FeedbackSink extends AutoCloseable {
    /** Returns after it is stored. */
    void write(EmotionFeedback feedback) throws NotTakenException, InterruptedException;

    @Override
    default void close() {}

    /** The feedback was not stored. */
    final class NotTakenException extends Exception {
        private static final long serialVersionUID = 1;

        NotTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
