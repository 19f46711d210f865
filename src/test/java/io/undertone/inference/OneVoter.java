package io.undertone.inference;

import io.undertone.window.Window;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * An ensemble of one voter, {@code one}, with one label, {@code same}.
 *
 * @param answer what it does with windows
 */
public record OneVoter(BiConsumer<List<Window>, Probabilities> answer) implements Ensemble {
    @Override
    public List<String> voters() {
        return List.of("one");
    }

    @Override
    public List<String> labels() {
        return List.of("same");
    }

    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        answer.accept(windows, probabilities);
    }

    @Override
    public void close() {}
}
