package io.undertone.training.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A figure with its standard error.
 *
 * @param value NaN if there is none
 * @param standardError over speakers ({@link Bootstrap}); NaN with fewer than two
 */
public record Figure(double value, double standardError) {
    /**
     * Computes a figure over items and its standard error over their speakers.
     *
     * @param speaker of an item
     * @param figure of some of the items
     */
    public static <T> Figure of(Collection<T> things, Function<T, String> speaker, ToDoubleFunction<List<T>> figure) {
        Map<String, List<T>> bySpeaker = new TreeMap<>();
        things.forEach(thing -> bySpeaker
                .computeIfAbsent(speaker.apply(thing), key -> new ArrayList<>())
                .add(thing));
        List<List<T>> speakers = List.copyOf(bySpeaker.values());
        double error = Bootstrap.standardError(speakers.size(), draw -> {
            List<T> drawn = new ArrayList<>();
            for (int unit : draw) {
                drawn.addAll(speakers.get(unit));
            }
            return figure.applyAsDouble(drawn);
        });
        return new Figure(figure.applyAsDouble(List.copyOf(things)), error);
    }
}
