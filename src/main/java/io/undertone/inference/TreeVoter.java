package io.undertone.inference;

import io.undertone.window.Window;
import java.util.List;

/** A bundle's trees. Owns native memory, as {@link NetworkEngine} does. Safe for calls from several threads. */
public interface TreeVoter extends AutoCloseable {
    /** Evaluates all windows; {@code voter} is its index among the probabilities. */
    void predict(List<Window> windows, Probabilities probabilities, int voter);

    @Override
    void close();
}
