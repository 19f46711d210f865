package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A network being rewritten: its layers, each with its own arrays. Not thread-safe. */
final class LayerList {
    private final Shape input;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Layer layer, Map<String, float[]> arrays) {}

    private LayerList(Shape input) {
        this.input = input;
    }

    static LayerList of(Weights weights) {
        NetworkSpec spec = weights.spec();
        LayerList list = new LayerList(spec.input());
        for (Layer layer : spec.layers()) {
            list.entries.add(new Entry(layer, new HashMap<>()));
        }
        for (Parameter parameter : spec.parameters()) {
            int dot = parameter.name().indexOf('.');
            int layer = Integer.parseInt(parameter.name().substring(0, dot));
            list.entries.get(layer).arrays.put(parameter.name().substring(dot + 1), weights.get(parameter.name()));
        }
        return list;
    }

    Weights toWeights() {
        NetworkSpec spec =
                new NetworkSpec(input, entries.stream().map(Entry::layer).toList());
        return Weights.of(spec, parameter -> {
            int dot = parameter.name().indexOf('.');
            int layer = Integer.parseInt(parameter.name().substring(0, dot));
            return array(layer, parameter.name().substring(dot + 1));
        });
    }

    int size() {
        return entries.size();
    }

    Layer layer(int i) {
        return entries.get(i).layer;
    }

    float[] array(int i, String kind) {
        return Objects.requireNonNull(entries.get(i).arrays.get(kind), kind);
    }

    /** The bias of a layer, zeros where it has none. */
    float[] bias(int i, int out) {
        float[] bias = entries.get(i).arrays.get("bias");
        return bias == null ? new float[out] : bias;
    }

    Shape shapeInto(int i) {
        Shape shape = input;
        for (int before = 0; before < i; before++) {
            shape = layer(before).output(shape);
        }
        return shape;
    }

    boolean isLinear(int i) {
        return layer(i) instanceof Layer.Conv1d || layer(i) instanceof Layer.Conv2d || layer(i) instanceof Layer.Dense;
    }

    int firstFlatten() {
        for (int i = 0; i < size(); i++) {
            if (layer(i) instanceof Layer.Flatten) {
                return i;
            }
        }
        return -1;
    }

    void set(int i, Layer layer, float[] weight, float[] bias) {
        entries.set(i, new Entry(layer, new HashMap<>(Map.of("weight", weight, "bias", bias))));
    }

    void insert(int i, Layer layer) {
        entries.add(i, new Entry(layer, new HashMap<>()));
    }

    void remove(int i) {
        entries.remove(i);
    }

    void swap(int i, int j) {
        Collections.swap(entries, i, j);
    }
}
