package io.undertone.inference.tensorflow;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.Layer;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Voter;
import io.undertone.bundle.WindowPreparer;
import io.undertone.inference.NetworkEngine;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * TensorFlow Java as an engine, to measure against: all networks of a bundle in one graph, layer for layer, in TensorFlow's own order of
 * axes ({@code [n][1][length][channels]}). Knows the layers of the reference network only.
 */
public final class TensorFlowPeer implements NetworkEngine {
    private final Graph graph = new Graph();
    private final Session session;
    private final WindowPreparer preparer;
    private final List<String> outputs = new ArrayList<>();
    private final int labels;

    private TensorFlowPeer(BundleContent content, int threads) {
        Ops tf = Ops.create(graph);
        InputPreparation preparation = content.networks().get(0).preparation();
        this.preparer = new WindowPreparer(preparation, content.features());
        this.labels = content.labels().size();
        Placeholder<TFloat32> input =
                tf.withName("input").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, preparer.width())));
        for (Voter.Network voter : content.networks()) {
            outputs.add(add(tf, voter, input).asOutput().op().name());
        }
        ConfigProto config = ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build();
        this.session = new Session(graph, config);
    }

    /** Opens it; all networks must be prepared alike. */
    public static TensorFlowPeer open(BundleContent content, int threads) {
        return new TensorFlowPeer(content, threads);
    }

    private Operand<TFloat32> add(Ops tf, Voter.Network voter, Operand<TFloat32> input) {
        Operand<TFloat32> at = tf.reshape(input, tf.constant(new int[] {-1, 1, preparer.width(), 1}));
        for (int i = 0; i < voter.spec().layers().size(); i++) {
            at = layer(tf, voter, i, voter.spec().layers().get(i), at);
        }
        return at;
    }

    private static Operand<TFloat32> layer(Ops tf, Voter.Network voter, int i, Layer layer, Operand<TFloat32> at) {
        if (layer instanceof Layer.Conv1d) {
            Operand<TFloat32> sums = tf.nn.conv2d(at, kernel(tf, voter, i), List.of(1L, 1L, 1L, 1L), "SAME");
            return tf.nn.biasAdd(sums, array(tf, voter, i, "bias"));
        } else if (layer instanceof Layer.Relu) {
            return tf.nn.relu(at);
        } else if (layer instanceof Layer.MaxPool1d pool) {
            Operand<TInt32> field = tf.constant(new int[] {1, 1, pool.size(), 1});
            return tf.nn.maxPool(at, field, field, "VALID");
        } else if (layer instanceof Layer.Flatten) {
            // Undertone's order: all steps of channel 0 first.
            int size = voter.spec().shapes().get(i).size();
            return tf.reshape(
                    tf.linalg.transpose(at, tf.constant(new int[] {0, 3, 1, 2})), tf.constant(new int[] {-1, size}));
        } else if (layer instanceof Layer.Dense) {
            Parameter weight = parameter(voter, i, "weight");
            float[] values = voter.weights().get(weight.name());
            Operand<TFloat32> matrix = tf.reshape(
                    tf.constant(values),
                    tf.constant(new int[] {weight.axes().get(0), weight.axes().get(1)}));
            return tf.nn.biasAdd(tf.linalg.matMul(at, matrix), array(tf, voter, i, "bias"));
        } else if (layer instanceof Layer.Softmax) {
            return tf.nn.softmax(at);
        } else if (layer instanceof Layer.Dropout) {
            return at;
        }
        throw new IllegalArgumentException("knows the reference network's layers only: " + layer);
    }

    /** {@code [out][in][kernel]} as {@code [1][kernel][in][out]}, turned here so that the graph has it as a constant. */
    private static Operand<TFloat32> kernel(Ops tf, Voter.Network voter, int i) {
        Parameter weight = parameter(voter, i, "weight");
        int out = weight.axes().get(0);
        int in = weight.axes().get(1);
        int steps = weight.axes().get(2);
        float[] values = voter.weights().get(weight.name());
        float[] turned = new float[values.length];
        for (int o = 0; o < out; o++) {
            for (int c = 0; c < in; c++) {
                for (int k = 0; k < steps; k++) {
                    turned[(k * in + c) * out + o] = values[(o * in + c) * steps + k];
                }
            }
        }
        return tf.constant(Shape.of(1, steps, in, out), DataBuffers.of(turned));
    }

    private static Operand<TFloat32> array(Ops tf, Voter.Network voter, int i, String kind) {
        return tf.constant(voter.weights().get(i, kind));
    }

    private static Parameter parameter(Voter.Network voter, int i, String kind) {
        return voter.spec().parameters().stream()
                .filter(parameter -> parameter.name().equals(i + "." + kind))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String description() {
        return "TensorFlow Java";
    }

    @Override
    public void predict(List<Window> windows, Probabilities probabilities) {
        int width = preparer.width();
        float[] values = new float[windows.size() * width];
        for (int i = 0; i < windows.size(); i++) {
            preparer.prepare(windows.get(i), values, i * width);
        }
        try (TFloat32 batch = TFloat32.tensorOf(Shape.of(windows.size(), width), DataBuffers.of(values))) {
            Session.Runner runner = session.runner().feed("input", batch);
            outputs.forEach(runner::fetch);
            try (Result result = runner.run()) {
                float[] answers = new float[windows.size() * labels];
                for (int voter = 0; voter < outputs.size(); voter++) {
                    ((TFloat32) result.get(voter))
                            .asRawTensor()
                            .data()
                            .asFloats()
                            .read(answers);
                    for (int i = 0; i < answers.length; i++) {
                        probabilities.set(i / labels, voter, i % labels, answers[i]);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
