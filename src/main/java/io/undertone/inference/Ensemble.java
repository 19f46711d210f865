package io.undertone.inference;

import io.undertone.window.Window;
import java.util.List;

/**
 * All voters of a bundle, evaluated together. Owns native memory: the caller that opens it closes it, once no call is under way. Safe for
 * calls from several threads.
 */
public interface Ensemble extends AutoCloseable {
    /** Names of the voters, in the order of the probabilities: five networks, then XGBoost. */
    List<String> voters();

    /** Labels, in the order of the probabilities. */
    List<String> labels();

    /** Evaluates every voter on every window.
     *
     * @param windows {@code n} windows of the bundle's feature spec
     * @param probabilities filled with {@code [n][voter][label]}
     */
    void predict(List<Window> windows, Probabilities probabilities);

    @Override
    void close();
}
