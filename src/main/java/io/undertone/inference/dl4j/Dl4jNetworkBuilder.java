package io.undertone.inference.dl4j;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Builds a Deeplearning4j graph from a {@link NetworkSpec}, for training or inference. Its inputs are {@code window} {@code [n][axes of the spec's input]} and, if the spec is {@link NetworkSpec#masked() masked}, {@code mask}
 * {@code [n][steps]}, 1 for the window's own frames and 0 for padding; its output is {@code [n][labels]}. The caller
 * sets its weights: see {@link Dl4jWeights}.
 */
public final class Dl4jNetworkBuilder {
    static final String WINDOW = "window";
    static final String MASK = "mask";

    private final NetworkSpec spec;
    private final NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder();
    private ILossFunction loss = new LossMCXENT();
    private double batchNormDecay = 0.9;

    public Dl4jNetworkBuilder(NetworkSpec spec) {
        this.spec = spec;
    }

    /** The seed of dropout; initial weights have their own seed. */
    public Dl4jNetworkBuilder seed(long seed) {
        settings.seed(seed);
        return this;
    }

    /** The optimiser. */
    public Dl4jNetworkBuilder updater(IUpdater updater) {
        settings.updater(updater);
        return this;
    }

    /**
     * Decoupled weight decay of the weights, not of biases (Loshchilov and Hutter 2019). It is part of the graph's score, which is then no longer the loss alone.
     */
    public Dl4jNetworkBuilder weightDecay(double decay) {
        settings.weightDecay(decay);
        return this;
    }

    /** The loss function: cross-entropy unless set. */
    public Dl4jNetworkBuilder loss(ILossFunction loss) {
        this.loss = loss;
        return this;
    }

    /** Share of its running mean and variance that batch normalisation keeps at each step: 0.9 unless set. */
    public Dl4jNetworkBuilder batchNormDecay(double decay) {
        this.batchNormDecay = decay;
        return this;
    }

    /** Any other setting of Deeplearning4j, such as gradient clipping. */
    public Dl4jNetworkBuilder settings(Consumer<NeuralNetConfiguration.Builder> change) {
        change.accept(settings);
        return this;
    }

    /** The graph, initialised with Deeplearning4j's random weights, which must be replaced before use. */
    public ComputationGraph build() {
        GraphBuilder graph = settings.graphBuilder();
        graph.addInputs(spec.masked() ? List.of(WINDOW, MASK) : List.of(WINDOW));
        List<Shape> shapes = spec.shapes();
        List<Layer> layers = spec.layers();
        String last = WINDOW;
        for (int i = 0; i < layers.size() - 1; i++) {
            last = add(graph, i, last, shapes.get(i), shapes.get(i + 1));
        }
        graph.setOutputs(last);
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    /** The name of a layer's vertex. */
    static String vertex(int layer) {
        return "layer-" + layer;
    }

    /** The name of the vertex that holds a layer's weights. */
    static String weightsVertex(NetworkSpec spec, int layer) {
        Layer of = spec.layers().get(layer);
        if (of instanceof Layer.AttentionPool) {
            return scores(layer);
        }
        return of instanceof Layer.BatchNorm ? norm(layer) : vertex(layer);
    }

    private static String scores(int layer) {
        return "scores-" + layer;
    }

    private static String norm(int layer) {
        return "norm-" + layer;
    }

    private String add(GraphBuilder graph, int i, String from, Shape in, Shape out) {
        String name = vertex(i);
        Layer layer = spec.layers().get(i);
        if (layer instanceof Layer.Conv1d conv) {
            graph.addLayer(name, conv1d(conv, in, activationAfter(i)), from);
        } else if (layer instanceof Layer.Conv2d conv) {
            graph.addLayer(name, conv2d(conv, in, activationAfter(i)), from);
        } else if (layer instanceof Layer.BatchNorm norm) {
            addBatchNorm(graph, i, norm, from, in);
        } else if (layer instanceof Layer.Relu) {
            if (fusedIntoPrevious(i)) {
                return from;
            }
            graph.addLayer(name, new ActivationLayer(Activation.RELU), from);
        } else if (layer instanceof Layer.Dropout dropout) {
            graph.addLayer(name, new DropoutLayer.Builder(1 - dropout.rate()).build(), from);
        } else if (layer instanceof Layer.MaxPool1d pool) {
            graph.addLayer(name, maxPool1d(pool), from);
        } else if (layer instanceof Layer.MaxPool2d pool) {
            graph.addLayer(name, maxPool2d(pool), from);
        } else if (layer instanceof Layer.StackFrequency || layer instanceof Layer.Flatten) {
            graph.addVertex(name, new ReshapeVertex(withBatch(out)), from);
        } else if (layer instanceof Layer.Mask) {
            graph.addVertex(name, new MaskVertex(spec.timeStride(i)), from, MASK);
        } else if (layer instanceof Layer.MeanSpreadPool pool) {
            graph.addVertex(name, new MeanSpreadVertex(spec.timeStride(i), pool.epsilon()), from, MASK);
        } else if (layer instanceof Layer.AttentionPool pool) {
            graph.addLayer(scores(i), conv1d(new Layer.Conv1d(1, 1, 1, true), in, Activation.IDENTITY), from);
            graph.addVertex(name, new MeanSpreadVertex(spec.timeStride(i), pool.epsilon()), from, MASK, scores(i));
        } else if (layer instanceof Layer.Dense dense) {
            graph.addLayer(name, i == spec.layers().size() - 2 ? head(dense, in) : dense(dense, in, i), from);
        } else {
            throw new IllegalArgumentException("softmax must be the last layer: layer=" + i);
        }
        return layer instanceof Layer.BatchNorm && !(in instanceof Shape.Sequence) ? norm(i) : name;
    }

    private Convolution1DLayer conv1d(Layer.Conv1d conv, Shape in, Activation activation) {
        return new Convolution1DLayer.Builder(conv.kernel(), conv.stride(), conv.kernel() / 2)
                .convolutionMode(ConvolutionMode.Truncate)
                .rnnDataFormat(RNNFormat.NCW)
                .nIn(in.channels())
                .nOut(conv.out())
                .hasBias(conv.bias())
                .activation(activation)
                .build();
    }

    private ConvolutionLayer conv2d(Layer.Conv2d conv, Shape in, Activation activation) {
        return new ConvolutionLayer.Builder(
                        new int[] {conv.kernelHeight(), conv.kernelWidth()},
                        new int[] {conv.strideHeight(), conv.strideWidth()},
                        new int[] {conv.kernelHeight() / 2, conv.kernelWidth() / 2})
                .convolutionMode(ConvolutionMode.Truncate)
                .nIn(in.channels())
                .nOut(conv.out())
                .hasBias(conv.bias())
                .activation(activation)
                .build();
    }

    /** Deeplearning4j's batch normalisation would treat a sequence's channels as its steps, so it is given an image of height 1. */
    private void addBatchNorm(GraphBuilder graph, int i, Layer.BatchNorm norm, String from, Shape in) {
        if (in instanceof Shape.Sequence sequence) {
            String image = "image-" + i;
            Shape asImage = new Shape.Image(sequence.channels(), 1, sequence.length());
            graph.addVertex(image, new ReshapeVertex(withBatch(asImage)), from);
            graph.addLayer(norm(i), batchNorm(norm, in), image);
            graph.addVertex(vertex(i), new ReshapeVertex(withBatch(in)), norm(i));
        } else {
            graph.addLayer(norm(i), batchNorm(norm, in), from);
        }
    }

    private BatchNormalization batchNorm(Layer.BatchNorm norm, Shape in) {
        return new BatchNormalization.Builder()
                .eps(norm.epsilon())
                .decay(batchNormDecay)
                .useLogStd(false)
                .nIn(in.channels())
                .nOut(in.channels())
                .build();
    }

    private static Subsampling1DLayer maxPool1d(Layer.MaxPool1d pool) {
        return new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, pool.size(), pool.size())
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    private static SubsamplingLayer maxPool2d(Layer.MaxPool2d pool) {
        int[] field = {pool.height(), pool.width()};
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, field, field)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
    }

    private DenseLayer dense(Layer.Dense dense, Shape in, int i) {
        return new DenseLayer.Builder()
                .nIn(in.channels())
                .nOut(dense.out())
                .activation(activationAfter(i))
                .build();
    }

    private OutputLayer head(Layer.Dense dense, Shape in) {
        return new OutputLayer.Builder(loss)
                .nIn(in.channels())
                .nOut(dense.out())
                .activation(Activation.SOFTMAX)
                .build();
    }

    private Activation activationAfter(int i) {
        return spec.layers().get(i + 1) instanceof Layer.Relu ? Activation.RELU : Activation.IDENTITY;
    }

    private boolean fusedIntoPrevious(int i) {
        return i > 0
                && (spec.layers().get(i - 1) instanceof Layer.Conv1d
                        || spec.layers().get(i - 1) instanceof Layer.Conv2d
                        || spec.layers().get(i - 1) instanceof Layer.Dense);
    }

    private static int[] withBatch(Shape shape) {
        int[] axes = new int[shape.axes().size() + 1];
        axes[0] = -1;
        for (int i = 1; i < axes.length; i++) {
            axes[i] = shape.axes().get(i - 1);
        }
        return axes;
    }
}
