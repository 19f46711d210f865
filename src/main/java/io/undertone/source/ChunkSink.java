package io.undertone.source;

import io.undertone.AudioChunk;
import org.jspecify.annotations.Nullable;

/** Sends chunks. Thread-safe. */
public interface ChunkSink {
    /**
     * Sends a chunk.
     *
     * @param outcome called once with the result, on any thread
     */
    void send(AudioChunk chunk, Outcome outcome);

    /** What becomes of a chunk that is sent. */
    interface Outcome {
        /** Not used. */
        Outcome IGNORED = failure -> {};

        /**
         * The chunk has been acknowledged, or will never arrive.
         *
         * @param failure why it will not arrive; null: it has been acknowledged
         */
        void settled(@Nullable Exception failure);
    }
}
