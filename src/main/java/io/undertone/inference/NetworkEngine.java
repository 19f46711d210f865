package io.undertone.inference;

import io.undertone.window.Window;
import java.util.List;

/**
 * All networks of a bundle on one engine. Owns native memory: the caller that opens it closes it. Safe for calls from several threads;
 * once closed, calls fail with {@link IllegalStateException}.
 */
public interface NetworkEngine extends AutoCloseable {
    /** What computes, such as {@code ONNX Runtime 1.29.0 on cpu, 2 threads}. */
    String description();

    /**
     * Asks all networks about all windows.
     *
     * @param windows of the bundle's feature spec, at least one
     * @param probabilities room for all of them; voters 0 to the number of networks are set
     */
    void predict(List<Window> windows, Probabilities probabilities);

    /** Frees its resources after current calls have ended; a second call does nothing. */
    @Override
    void close();
}
