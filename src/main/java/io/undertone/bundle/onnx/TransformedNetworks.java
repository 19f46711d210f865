package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Voter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks of the reference network's structure, computed by transforms: a convolution of the input, one that is max-pooled by 8, some over so few
 * steps that their kernels cover them all, dense, softmax. The pooled convolution takes 13 products for 8 steps instead of 40, the short
 * ones 10 for 5 steps instead of 25 (see {@link FastCorrelation}): with the transforms 18 MFLOP a window for five networks, compared with 45 for the
 * matrices of {@link Rewrites#apply}.
 *
 * <p>Values are laid out with time first, {@code [step][n][channel]}, so that each transform is one matrix product for all windows and
 * channels. The first convolution gives the overlapping tiles of 12 steps that the second reads, by a matrix of its kernel and its bias
 * over patches of the input with a 1 appended; where a tile extends beyond the ends, patches and results are zeros. Not
 * thread-safe.
 */
final class TransformedNetworks {
    private static final int POOL = 8;
    private static final int KERNEL = 5;

    /** Of many sets tried, the most accurate: an error of 1.2e-6 of the values' spread in single precision. */
    private static final double[] POINTS = {0, 1, -1, 2.5, -2.5, 0.4, -0.4, 4.0 / 3, -0.75};

    /** Where the tail of short convolutions begins. */
    private static final int TAIL = 4;

    private final OnnxGraph graph;
    private final FastCorrelation tile = FastCorrelation.toomCook(POOL, KERNEL, POINTS);
    private final Map<String, String> patches = new HashMap<>();

    TransformedNetworks(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Whether a network, rewritten by {@link Rewrites#keepingConvolutions}, has that structure. */
    static boolean fits(NetworkSpec spec) {
        List<Layer> layers = spec.layers();
        List<Shape> shapes = spec.shapes();
        int end = layers.size() - 3;
        if (end <= TAIL
                || !(shapes.get(0) instanceof Shape.Sequence in)
                || in.channels() != 1
                || in.length() % POOL != 0
                || !isConvolution(layers.get(0))
                || !(layers.get(1) instanceof Layer.Relu)
                || !isConvolution(layers.get(2))
                || ((Layer.Conv1d) layers.get(2)).kernel() != KERNEL
                || !layers.get(3).equals(new Layer.MaxPool1d(POOL))
                || !(layers.get(TAIL) instanceof Layer.Relu)) {
            return false;
        }
        for (int i = TAIL + 1; i < end; i += 2) {
            if (!isConvolution(layers.get(i))
                    || shapes.get(i).steps() > ((Layer.Conv1d) layers.get(i)).kernel()
                    || !(layers.get(i + 1) instanceof Layer.Relu)) {
                return false;
            }
        }
        return layers.get(end) instanceof Layer.Flatten
                && layers.get(end + 1) instanceof Layer.Dense
                && layers.get(end + 2) instanceof Layer.Softmax;
    }

    private static boolean isConvolution(Layer layer) {
        return layer instanceof Layer.Conv1d conv && conv.stride() == 1 && conv.bias();
    }

    /**
     * Adds a network of that structure.
     *
     * @param prepared its prepared input, {@code n} times the length of its sequence
     * @return the name of its probabilities, {@code [n][labels]}
     */
    String add(Voter.Network voter, String prepared) {
        NetworkSpec spec = voter.spec();
        int steps = spec.input().steps() / POOL;
        String values = pooled(voter, tiles(voter, prepared));
        values = reluWithBias(values, voter, 2);
        int end = spec.layers().size() - 3;
        for (int i = TAIL + 1; i < end; i += 2) {
            values = reluWithBias(shortConvolution(voter, i, values, steps), voter, i);
        }
        return graph.node("Softmax", List.of(dense(voter, end + 1, values, steps)), Attribute.number("axis", -1));
    }

    /** The first convolution and its ReLU at all steps of all tiles, {@code [12][tile, n and channel]}. */
    private String tiles(Voter.Network voter, String prepared) {
        Layer.Conv1d conv = (Layer.Conv1d) voter.spec().layers().get(0);
        int length = voter.spec().input().steps();
        float[] kernel = voter.weights().get("0.weight");
        float[] bias = voter.weights().get("0.bias");
        float[] matrix = new float[(conv.kernel() + 1) * conv.out()];
        for (int o = 0; o < conv.out(); o++) {
            for (int k = 0; k < conv.kernel(); k++) {
                matrix[k * conv.out() + o] = kernel[o * conv.kernel() + k];
            }
            matrix[conv.kernel() * conv.out() + o] = bias[o];
        }
        String weight = graph.floats(voter.name() + "/tiles", List.of(conv.kernel() + 1, conv.out()), matrix);
        String from = patches.computeIfAbsent(
                prepared + " " + conv.kernel(), key -> patches(prepared, length, conv.kernel()));
        String values = graph.node("Relu", List.of(graph.node("Gemm", List.of(from, weight))));
        return graph.reshaped(values, tile.stepsIn(), -1);
    }

    /** {@code [step in tile, tile and n][kernel and 1]}. */
    private String patches(String prepared, int length, int kernel) {
        String flat = graph.reshape(prepared, List.of(length));
        String pads = graph.longs("one-behind", List.of(4), 0, 0, 0, 1);
        String zero = graph.node("Pad", List.of(flat, pads));
        String one = graph.floats("one", List.of(), new float[] {1});
        String both = graph.node("Pad", List.of(zero, pads, one));
        String byStep = graph.node("Transpose", List.of(both), Attribute.numbers("perm", List.of(1, 0)));
        int tiles = length / POOL;
        long[] places = new long[tile.stepsIn() * tiles * (kernel + 1)];
        Arrays.fill(places, length);
        for (int p = 0; p < tile.stepsIn(); p++) {
            for (int t = 0; t < tiles; t++) {
                int step = t * POOL + p - KERNEL / 2;
                int patch = (p * tiles + t) * (kernel + 1);
                if (step >= 0 && step < length) {
                    fill(places, patch, step - kernel / 2, kernel, length);
                }
            }
        }
        String where =
                graph.longs("patches-" + length + "-" + kernel, List.of(tile.stepsIn() * tiles, kernel + 1), places);
        String taken = graph.node("Gather", List.of(byStep, where), Attribute.number("axis", 0));
        String turned = graph.node("Transpose", List.of(taken), Attribute.numbers("perm", List.of(0, 2, 1)));
        return graph.reshape(turned, List.of(kernel + 1));
    }

    private static void fill(long[] places, int patch, int first, int kernel, int length) {
        for (int k = 0; k < kernel; k++) {
            if (first + k >= 0 && first + k < length) {
                places[patch + k] = first + k;
            }
        }
        places[patch + kernel] = length + 1;
    }

    /** The second convolution without its bias, max-pooled, {@code [tile][n][channel]}. */
    private String pooled(Voter.Network voter, String tiles) {
        int steps = voter.spec().input().steps() / POOL;
        String all = correlate(voter, 2, tile, "tile", tiles);
        int out = ((Layer.Conv1d) voter.spec().layers().get(2)).out();
        // ONNX Runtime pools rows of at most 2,048 values three times as fast as ReduceMax.
        String most = graph.node(
                "MaxPool",
                List.of(graph.reshaped(all, 1, 1, POOL, -1, out)),
                Attribute.numbers("kernel_shape", List.of(POOL, 1, 1)),
                Attribute.numbers("strides", List.of(POOL, 1, 1)));
        return graph.reshaped(most, steps, -1, out);
    }

    /** A convolution without its bias, {@code [step][n][channel]}. */
    private String shortConvolution(Voter.Network voter, int i, String from, int steps) {
        Layer.Conv1d conv = (Layer.Conv1d) voter.spec().layers().get(i);
        FastCorrelation fourier = FastCorrelation.fourier(steps, conv.kernel());
        String name = "fourier-" + steps + "-" + conv.kernel();
        String all = correlate(voter, i, fourier, name, graph.reshaped(from, steps, -1));
        return graph.reshaped(all, steps, -1, conv.out());
    }

    /** @param from {@code [steps in][…]}; the result is {@code [steps out][…]} */
    private String correlate(Voter.Network voter, int i, FastCorrelation way, String name, String from) {
        int out = ((Layer.Conv1d) voter.spec().layers().get(i)).out();
        int in = voter.spec().shapes().get(i).channels();
        int products = way.products();
        String inputs = graph.floats(name + "-in", List.of(products, way.stepsIn()), way.inputs());
        String outputs = graph.floats(name + "-out", List.of(way.stepsOut(), products), way.outputs());
        String kernels = graph.floats(
                voter.name() + "/" + i + ".transformed",
                List.of(products, in, out),
                way.transform(voter.weights().get(i + ".weight"), out));
        String transformed = graph.reshaped(graph.node("MatMul", List.of(inputs, from)), products, -1, in);
        String multiplied = graph.reshaped(graph.node("MatMul", List.of(transformed, kernels)), products, -1);
        return graph.node("MatMul", List.of(outputs, multiplied));
    }

    private String reluWithBias(String from, Voter.Network voter, int i) {
        float[] values = voter.weights().get(i + ".bias");
        String bias = graph.floats(voter.name() + "/" + i + ".bias", List.of(values.length), values);
        return graph.node("Relu", List.of(graph.node("Add", List.of(from, bias))));
    }

    /** A dense layer after a flattening, as a sum of one product per step. */
    private String dense(Voter.Network voter, int i, String from, int steps) {
        float[] weight = voter.weights().get(i + ".weight");
        float[] bias = voter.weights().get(i + ".bias");
        int out = bias.length;
        int channels = weight.length / out / steps;
        float[] byStep = new float[weight.length];
        for (int row = 0; row < channels * steps; row++) {
            int to = row % steps * channels + row / steps;
            System.arraycopy(weight, row * out, byStep, to * out, out);
        }
        String matrices = graph.floats(voter.name() + "/" + i + ".steps", List.of(steps, channels, out), byStep);
        String products = graph.node("MatMul", List.of(from, matrices));
        String axis = graph.longs("axis-0", List.of(1), 0);
        String sum = graph.node("ReduceSum", List.of(products, axis), Attribute.number("keepdims", 0));
        String constant = graph.floats(voter.name() + "/" + i + ".bias", List.of(out), bias);
        return graph.node("Add", List.of(sum, constant));
    }
}
