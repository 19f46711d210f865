package io.undertone.bundle;

import java.util.List;

/**
 * One array of weights of a network.
 *
 * @param name {@code LAYER.KIND}, such as {@code 0.weight}: the layer's number in its spec and the array's kind
 * @param axes shape in ONNX order: {@code [out, in, kernel…]} of a convolution, {@code [in, out]} of a dense layer
 * @param trained false for the running mean and variance of a batch normalisation
 */
public record Parameter(String name, List<Integer> axes, boolean trained) {
    public Parameter {
        axes = List.copyOf(axes);
    }

    /** Number of values. */
    public int size() {
        return axes.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
}
