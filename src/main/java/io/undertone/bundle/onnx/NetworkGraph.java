package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One network's layers as nodes of a graph, those of {@link QuantisedLayers} in integers. Not thread-safe. */
final class NetworkGraph {
    private final OnnxGraph graph;
    private final Voter.Network voter;
    private final WeightPlace place;
    private final StepMasks masks;
    private final Sequences sequences;
    private final QuantisedLayers quantised;
    private final NetworkSpec spec;
    private final List<Shape> shapes;
    private final List<String> convolved = new ArrayList<>();

    /** Unit of the last layer's bytes; 0 where its output is floats. */
    private float unit;

    NetworkGraph(
            OnnxGraph graph,
            Voter.Network voter,
            WeightPlace place,
            StepMasks masks,
            Sequences sequences,
            QuantisedLayers quantised) {
        this.graph = graph;
        this.voter = voter;
        this.place = place;
        this.masks = masks;
        this.sequences = sequences;
        this.quantised = quantised;
        this.spec = voter.spec();
        this.shapes = spec.shapes();
    }

    /** Adds all layers and returns the name of the output, {@code [n][labels]}. */
    String add(String input) {
        String last = input;
        for (int i = 0; i < spec.layers().size(); i++) {
            last = add(i, last);
        }
        return last;
    }

    /** Names of the convolutions' outputs, in order, once all layers are added. */
    List<String> convolved() {
        return List.copyOf(convolved);
    }

    private String add(int i, String from) {
        Layer layer = spec.layers().get(i);
        if (keepsBytes(layer)) {
            // Bytes are unsigned: they already include the ReLU.
            return layer instanceof Layer.Relu && unit > 0 ? from : addFitting(i, layer, from);
        }
        Optional<ByteConvolution> inBytes = quantised.at(i);
        if (inBytes.isPresent()) {
            return addFitting(i, layer, toBytes(from, inBytes.get().inputScale()));
        }
        return addFitting(i, layer, toFloats(from));
    }

    private static boolean keepsBytes(Layer layer) {
        return layer instanceof Layer.Relu
                || layer instanceof Layer.Dropout
                || layer instanceof Layer.MaxPool1d
                || layer instanceof Layer.MaxPool2d
                || layer instanceof Layer.StackFrequency;
    }

    private String toBytes(String from, float scale) {
        if (unit > 0) {
            return from;
        }
        unit = scale;
        return graph.node("QuantizeLinear", List.of(from, graph.number(scale), graph.unsignedByte(0)));
    }

    private String toFloats(String from) {
        if (unit == 0) {
            return from;
        }
        float scale = unit;
        unit = 0;
        return graph.node("DequantizeLinear", List.of(from, graph.number(scale), graph.unsignedByte(0)));
    }

    private String addFitting(int i, Layer layer, String from) {
        Shape in = shapes.get(i);
        if (layer instanceof Layer.Conv1d conv) {
            return layerConv(i, from, overTime(conv.kernel()), overTime(conv.stride()));
        } else if (layer instanceof Layer.Conv2d conv) {
            return layerConv(
                    i,
                    from,
                    List.of(conv.kernelHeight(), conv.kernelWidth()),
                    List.of(conv.strideHeight(), conv.strideWidth()));
        } else if (layer instanceof Layer.BatchNorm norm) {
            return graph.node("BatchNormalization", with(from, i), Attribute.real("epsilon", norm.epsilon()));
        } else if (layer instanceof Layer.Relu) {
            return graph.node("Relu", List.of(from));
        } else if (layer instanceof Layer.Dropout) {
            return from;
        } else if (layer instanceof Layer.MaxPool1d pool) {
            return maxPool(from, overTime(pool.size()));
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return maxPool(from, List.of(pool.height(), pool.width()));
        } else if (layer instanceof Layer.StackFrequency || layer instanceof Layer.Flatten) {
            return graph.reshape(from, sequences.axes(shapes.get(i + 1)));
        } else if (layer instanceof Layer.Mask) {
            return mask(i, from, in);
        } else if (layer instanceof Layer.MeanSpreadPool pool) {
            return meanSpread(
                    graph.reshape(from, in.axes()), masks.share(spec.timeStride(i), in.steps()), pool.epsilon());
        } else if (layer instanceof Layer.AttentionPool pool) {
            return meanSpread(graph.reshape(from, in.axes()), attention(i, from, in), pool.epsilon());
        } else if (layer instanceof Layer.Dense) {
            return graph.node("Gemm", with(from, i));
        } else if (layer instanceof Layer.Softmax) {
            return graph.node("Softmax", List.of(from), Attribute.number("axis", -1));
        }
        throw new IllegalArgumentException("no such layer: " + layer);
    }

    private String layerConv(int i, String from, List<Integer> kernel, List<Integer> stride) {
        String to = quantised
                .at(i)
                .map(conv -> conv(i, from, conv, kernel, stride))
                .orElseGet(() -> conv(i, from, kernel, stride));
        convolved.add(to);
        return to;
    }

    private String conv(int i, String from, List<Integer> kernel, List<Integer> stride) {
        return graph.node("Conv", with(from, i), places(kernel, stride));
    }

    private String conv(int i, String from, ByteConvolution conv, List<Integer> kernel, List<Integer> stride) {
        String name = voter.name() + "/" + i;
        int[] bias = conv.bias();
        List<Integer> channels = List.of(bias.length);
        String zero = graph.unsignedByte(0);
        unit = conv.outputScale();
        return graph.node(
                "QLinearConv",
                List.of(
                        from,
                        graph.number(conv.inputScale()),
                        zero,
                        graph.bytes(name + ".weight", weightAxes(i), conv.weights()),
                        graph.floats(name + ".scale", channels, conv.weightScales()),
                        graph.bytes(name + ".zero", channels, new byte[bias.length]),
                        graph.number(unit),
                        zero,
                        graph.ints(name + ".bias", channels, bias)),
                places(kernel, stride));
    }

    private static Attribute[] places(List<Integer> kernel, List<Integer> stride) {
        List<Integer> pads = new ArrayList<>();
        kernel.forEach(size -> pads.add(size / 2));
        kernel.forEach(size -> pads.add(size / 2));
        return new Attribute[] {
            Attribute.numbers("kernel_shape", kernel),
            Attribute.numbers("strides", stride),
            Attribute.numbers("pads", pads)
        };
    }

    private List<Integer> weightAxes(int i) {
        return spec.parameters().stream()
                .filter(parameter -> parameter.name().equals(i + ".weight"))
                .map(this::axes)
                .findFirst()
                .orElseThrow();
    }

    private List<Integer> axes(Parameter parameter) {
        return parameter.axes().size() == 3 ? sequences.widened(parameter.axes(), 2) : parameter.axes();
    }

    private String maxPool(String from, List<Integer> field) {
        return graph.node(
                "MaxPool",
                List.of(from),
                Attribute.numbers("kernel_shape", field),
                Attribute.numbers("strides", field));
    }

    private List<Integer> overTime(int size) {
        return sequences.widened(List.of(size), 0);
    }

    private String mask(int i, String from, Shape in) {
        String row = masks.row(spec.timeStride(i), in.steps());
        if (sequences.axes(in).size() == 3 && masks.padded()) {
            row = graph.node("Unsqueeze", List.of(row, graph.longs("axis-1", List.of(1), 1)));
        }
        return graph.node("Mul", List.of(from, row));
    }

    private String attention(int i, String from, Shape in) {
        String scores = graph.reshape(conv(i, from, overTime(1), overTime(1)), List.of(1, in.steps()));
        String own = graph.node("Add", List.of(scores, masks.exclusion(spec.timeStride(i), in.steps())));
        return graph.node("Softmax", List.of(own), Attribute.number("axis", -1));
    }

    /** @param weights {@code [n][1][steps]}, sum 1 */
    private String meanSpread(String from, String weights, double epsilon) {
        String axis = graph.longs("axis-2", List.of(1), 2);
        Attribute keep = Attribute.number("keepdims", 1);
        String mean = graph.node("ReduceSum", List.of(graph.node("Mul", List.of(from, weights)), axis), keep);
        String off = graph.node("Sub", List.of(from, mean));
        String squares = graph.node("Mul", List.of(graph.node("Mul", List.of(off, off)), weights));
        String variance = graph.node("ReduceSum", List.of(squares, axis), keep);
        String constant = graph.floats("epsilon-" + epsilon, List.of(), new float[] {(float) epsilon});
        String spread = graph.node("Sqrt", List.of(graph.node("Add", List.of(variance, constant))));
        String both = graph.node("Concat", List.of(mean, spread), Attribute.number("axis", 1));
        return graph.node("Flatten", List.of(both), Attribute.number("axis", 1));
    }

    /** A node's inputs: the values, then the layer's arrays. */
    private List<String> with(String from, int i) {
        List<String> inputs = new ArrayList<>();
        inputs.add(from);
        for (Parameter parameter : spec.parameters()) {
            if (parameter.name().startsWith(i + ".")) {
                inputs.add(place.add(graph, voter.name() + "/" + parameter.name(), voter, parameter, axes(parameter)));
            }
        }
        return inputs;
    }
}
