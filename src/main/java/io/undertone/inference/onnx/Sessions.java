package io.undertone.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** The sessions that compute one bundle's networks, by the size of a batch. Owns native memory. Thread-safe. */
interface Sessions extends AutoCloseable {
    /**
     * The session for a batch.
     *
     * @param session to run; must not be closed
     * @param size of the batch that it is given, at least the number of windows; what lies beyond them is ignored
     */
    record Fitting(OrtSession session, int size) {}

    /** The largest batch that is computed at once. */
    int largest();

    /**
     * Finds the session for a batch.
     *
     * @param windows 1 to {@link #largest}
     */
    Fitting of(int windows) throws OrtException;

    @Override
    void close() throws OrtException;
}
