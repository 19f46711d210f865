package io.undertone.bundle.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The masks of a graph, each created once: 1 for steps of the window, 0 for padding. Where no step is padding, masks are
 * single numbers.
 */
final class StepMasks {
    private final OnnxGraph graph;
    private final Map<String, String> made = new HashMap<>();

    private final boolean padded;

    /** @param padded whether steps may be padding */
    StepMasks(OnnxGraph graph, boolean padded) {
        this.graph = graph;
        this.padded = padded;
    }

    boolean padded() {
        return padded;
    }

    /** {@code [n][1][steps]}: step {@code j} corresponds to frame {@code j x stride}. */
    String row(int stride, int steps) {
        if (!padded) {
            return number(1);
        }
        return once("row-" + stride + "-" + steps, () -> {
            long[] frames = new long[steps];
            for (int j = 0; j < steps; j++) {
                frames[j] = (long) j * stride;
            }
            String first = graph.longs("frames-" + stride + "-" + steps, List.of(1, 1, steps), frames);
            String own = graph.node("Less", List.of(first, rows()));
            return graph.node("Cast", List.of(own), Attribute.number("to", 1));
        });
    }

    /** {@code [n][1][steps]}: 1 over the number of own steps, 0 for padding. */
    String share(int stride, int steps) {
        if (!padded) {
            return number(1f / steps);
        }
        return once("share-" + stride + "-" + steps, () -> {
            String row = row(stride, steps);
            String axis = graph.longs("axis-2", List.of(1), 2);
            String count = graph.node("ReduceSum", List.of(row, axis), Attribute.number("keepdims", 1));
            return graph.node("Div", List.of(row, count));
        });
    }

    /** {@code [n][1][steps]}: 0 for own steps, -1e9 for padding, to be added to scores. */
    String exclusion(int stride, int steps) {
        if (!padded) {
            return number(0);
        }
        return once("exclusion-" + stride + "-" + steps, () -> {
            String other = graph.node("Sub", List.of(row(stride, steps), number(1)));
            return graph.node("Mul", List.of(other, number(1e9f)));
        });
    }

    /** {@code [n][1][1]}. */
    private String rows() {
        return once("rows", () -> graph.reshape("rows", List.of(1, 1)));
    }

    private String number(float value) {
        return graph.floats("number-" + value, List.of(), new float[] {value});
    }

    private String once(String key, Supplier<String> make) {
        String known = made.get(key);
        if (known == null) {
            known = make.get();
            made.put(key, known);
        }
        return known;
    }
}
