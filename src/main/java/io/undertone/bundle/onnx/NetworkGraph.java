package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Voter;
import java.util.ArrayList;
import java.util.List;

/** One network's layers as nodes of a graph. */
final class NetworkGraph {
    private final OnnxGraph graph;
    private final Voter.Network voter;
    private final WeightPlace place;
    private final StepMasks masks;
    private final Sequences sequences;
    private final NetworkSpec spec;
    private final List<Shape> shapes;

    NetworkGraph(OnnxGraph graph, Voter.Network voter, WeightPlace place, StepMasks masks, Sequences sequences) {
        this.graph = graph;
        this.voter = voter;
        this.place = place;
        this.masks = masks;
        this.sequences = sequences;
        this.spec = voter.spec();
        this.shapes = spec.shapes();
    }

    /** Adds all layers; the name of the output, {@code [n][labels]}. */
    String add(String input) {
        String last = input;
        for (int i = 0; i < spec.layers().size(); i++) {
            last = add(i, last);
        }
        return last;
    }

    private String add(int i, String from) {
        Layer layer = spec.layers().get(i);
        Shape in = shapes.get(i);
        if (layer instanceof Layer.Conv1d conv) {
            return conv(i, from, overTime(conv.kernel()), overTime(conv.stride()));
        } else if (layer instanceof Layer.Conv2d conv) {
            return conv(
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

    private String conv(int i, String from, List<Integer> kernel, List<Integer> stride) {
        List<Integer> pads = new ArrayList<>();
        kernel.forEach(size -> pads.add(size / 2));
        kernel.forEach(size -> pads.add(size / 2));
        return graph.node(
                "Conv",
                with(from, i),
                Attribute.numbers("kernel_shape", kernel),
                Attribute.numbers("strides", stride),
                Attribute.numbers("pads", pads));
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
                List<Integer> axes =
                        parameter.axes().size() == 3 ? sequences.widened(parameter.axes(), 2) : parameter.axes();
                inputs.add(place.add(graph, voter.name() + "/" + parameter.name(), voter, parameter, axes));
            }
        }
        return inputs;
    }
}
