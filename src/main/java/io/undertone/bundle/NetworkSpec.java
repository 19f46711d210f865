package io.undertone.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * A network as data: the shape of its input and its layers in order, from which every engine computes the same function.
 * Immutable.
 *
 * @param input shape of one window
 * @param layers first to last; the last two are a dense layer and a softmax over the labels
 */
public record NetworkSpec(Shape input, List<Layer> layers) {
    /** Most layers of a spec, far above any real network; a forged bundle must not exhaust memory. */
    static final int MAX_LAYERS = 200;

    /** Most output values of a layer per window, and most weights of a network. */
    static final int MAX_VALUES = 1 << 26;

    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "a network must have 1 to " + MAX_LAYERS + " layers: layers=" + layers.size());
        }
        if (layers.size() < 2
                || !(layers.get(layers.size() - 1) instanceof Layer.Softmax)
                || !(layers.get(layers.size() - 2) instanceof Layer.Dense)) {
            throw new IllegalArgumentException("a network must end in a dense layer and a softmax: layers=" + layers);
        }
        walk(input, layers);
    }

    /** All shapes: {@code shapes().get(i)} is the input of layer {@code i}, {@code get(i + 1)} its output. */
    public List<Shape> shapes() {
        return walk(input, layers);
    }

    /** Number of labels. */
    public int labels() {
        List<Shape> shapes = shapes();
        return shapes.get(shapes.size() - 1).size();
    }

    /** All arrays of weights, in the order in which a weights file holds them. */
    public List<Parameter> parameters() {
        List<Shape> shapes = shapes();
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (Parameter parameter : layers.get(i).parameters(shapes.get(i))) {
                parameters.add(new Parameter(i + "." + parameter.name(), parameter.axes(), parameter.trained()));
            }
        }
        return List.copyOf(parameters);
    }

    /** Trained weights: 416,136 for the reference network. */
    public long parameterCount() {
        return parameters().stream()
                .filter(Parameter::trained)
                .mapToLong(Parameter::size)
                .sum();
    }

    /** Values of a weights file, running means and variances included. */
    public int weightValues() {
        long values = parameters().stream().mapToLong(Parameter::size).sum();
        if (values > MAX_VALUES) {
            throw new IllegalArgumentException(
                    "a network must have at most " + MAX_VALUES + " weights: weights=" + values);
        }
        return (int) values;
    }

    /** Multiply-adds per window, padding included: 4,945,920 for the reference network. */
    public long multiplyAdds() {
        List<Shape> shapes = shapes();
        long sum = 0;
        for (int i = 0; i < layers.size(); i++) {
            sum += layers.get(i).multiplyAdds(shapes.get(i));
        }
        return sum;
    }

    /**
     * The number of frames per time step of the input of layer {@code layer}: with two convolutions of stride 2 before it, 4.
     * Step {@code j} belongs to the window where {@code j x stride < rows}; otherwise it is padding.
     */
    public int timeStride(int layer) {
        int stride = 1;
        for (int i = 0; i < layer; i++) {
            stride *= layers.get(i).timeStride();
        }
        return stride;
    }

    /** Whether it needs the number of the window's frames as another input. */
    public boolean masked() {
        return layers.stream()
                .anyMatch(layer -> layer instanceof Layer.Mask
                        || layer instanceof Layer.MeanSpreadPool
                        || layer instanceof Layer.AttentionPool);
    }

    private static List<Shape> walk(Shape input, List<Layer> layers) {
        List<Shape> shapes = new ArrayList<>(layers.size() + 1);
        shapes.add(input);
        for (int i = 0; i < layers.size(); i++) {
            try {
                Shape out = layers.get(i).output(shapes.get(i));
                if (out.size() > MAX_VALUES) {
                    throw new IllegalArgumentException("must give at most " + MAX_VALUES + " values: shape=" + out);
                }
                shapes.add(out);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(shapes);
    }
}
