package io.undertone.inference.dl4j;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Weights;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies weights between {@link Weights}, in ONNX order, and a graph of {@link Dl4jNetworkBuilder}. Deeplearning4j reports {@code [out, in, k, 1]} as the shape of a one-dimensional convolution's kernels but stores them as {@code [k, in, out]}, Keras' order.
 */
public final class Dl4jWeights {
    private Dl4jWeights() {}

    /** Sets all weights of a graph that was built from the weights' spec. */
    public static void copyInto(ComputationGraph network, Weights weights) {
        NetworkSpec spec = weights.spec();
        for (Parameter parameter : spec.parameters()) {
            INDArray target = array(network, spec, parameter);
            float[] values = weights.get(parameter.name());
            if (isConv1d(spec, parameter)) {
                values = toKernelFirst(values, parameter);
            }
            try (INDArray source = Nd4j.create(values, target.shape(), 'c')) {
                target.assign(source);
            }
        }
    }

    /** All weights of a graph that was built from {@code spec}. */
    public static Weights copyFrom(ComputationGraph network, NetworkSpec spec) {
        return Weights.of(spec, parameter -> {
            INDArray array = array(network, spec, parameter);
            float[] values = array.dup('c').reshape(array.length()).toFloatVector();
            return isConv1d(spec, parameter) ? fromKernelFirst(values, parameter) : values;
        });
    }

    private static INDArray array(ComputationGraph network, NetworkSpec spec, Parameter parameter) {
        String vertex = Dl4jNetworkBuilder.weightsVertex(spec, layer(parameter));
        String kind = parameter.name().substring(parameter.name().indexOf('.') + 1);
        String key = switch (kind) {
            case "weight" -> "W";
            case "bias" -> "b";
            case "scale" -> "gamma";
            case "shift" -> "beta";
            case "mean" -> "mean";
            case "variance" -> "var";
            default -> throw new IllegalArgumentException("unknown kind of weights: " + parameter.name());
        };
        INDArray array = network.getVertex(vertex).paramTable(false).get(key);
        if (array == null || array.length() != parameter.size()) {
            throw new IllegalArgumentException("the graph must be built from this spec: " + parameter.name() + " has "
                    + (array == null ? 0 : array.length()) + " values, not " + parameter.size());
        }
        return array;
    }

    private static int layer(Parameter parameter) {
        return Integer.parseInt(parameter.name().substring(0, parameter.name().indexOf('.')));
    }

    private static boolean isConv1d(NetworkSpec spec, Parameter parameter) {
        Layer layer = spec.layers().get(layer(parameter));
        return (layer instanceof Layer.Conv1d || layer instanceof Layer.AttentionPool)
                && parameter.axes().size() == 3;
    }

    private static float[] toKernelFirst(float[] values, Parameter parameter) {
        int out = parameter.axes().get(0);
        int in = parameter.axes().get(1);
        int kernel = parameter.axes().get(2);
        float[] moved = new float[values.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int k = 0; k < kernel; k++) {
                    moved[(k * in + i) * out + o] = values[(o * in + i) * kernel + k];
                }
            }
        }
        return moved;
    }

    private static float[] fromKernelFirst(float[] values, Parameter parameter) {
        int out = parameter.axes().get(0);
        int in = parameter.axes().get(1);
        int kernel = parameter.axes().get(2);
        float[] moved = new float[values.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int k = 0; k < kernel; k++) {
                    moved[(o * in + i) * kernel + k] = values[(k * in + i) * out + o];
                }
            }
        }
        return moved;
    }
}
