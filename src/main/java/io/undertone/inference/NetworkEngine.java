package io.undertone.inference;

import io.undertone.window.Window;
import java.util.List;

/**
 * All networks of a bundle on one engine. Owns native memory: the caller that opens it closes it. Safe for calls from several threads;
 * once closed, calls fail with {@link IllegalStateException}.
 */
public interface NetworkEngine extends AutoCloseable {
    /** Engine, device and threads, such as {@code ONNX Runtime 1.29.0 on cpu, 2 threads}. */
    String description();

    /** Evaluates all networks on all windows.
     *
     * @param windows of the bundle's feature spec, at least one
     * @param probabilities with room for all windows; sets the first voters, one for each network
     */
    void predict(List<Window> windows, Probabilities probabilities);

    /** Frees its resources after current calls have ended; a second call does nothing. */
    @Override
    void close();
}
