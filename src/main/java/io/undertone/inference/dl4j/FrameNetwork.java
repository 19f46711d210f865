package io.undertone.inference.dl4j;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A trainable network over a window's frames: it computes the same function as {@link Dl4jNetworkBuilder}'s graph, with layers that train ten times faster (see {@link ConvNormRelu}). It reads {@code [n][time][band][1]}, row-major.
 *
 * <p>It supports the layers that such networks consist of: convolution without bias, batch normalisation and ReLU in that order;
 * max-pooling; stackFrequency before a one-dimensional convolution; dropout; mean and spread; dense; softmax. Masks are not supported: every frame counts.
 */
public final class FrameNetwork {
    private final NetworkSpec spec;
    private final MultiLayerNetwork network;

    /** For each layer of the network with weights: the spec's layer that they belong to. */
    private final List<Integer> origins = new ArrayList<>();

    /**
     * @param spec of the network; its input must be an image of one channel or a sequence
     * @param updater the optimiser
     * @param weightDecay decoupled decay of the weights, not of scales, shifts and biases
     * @param loss the loss function
     * @param seed fixes the initial weights and dropout
     * @throws IllegalArgumentException for a spec with other layers
     */
    public FrameNetwork(NetworkSpec spec, IUpdater updater, double weightDecay, ILossFunction loss, long seed) {
        this.spec = spec;
        NeuralNetConfiguration.Builder settings =
                new NeuralNetConfiguration.Builder().seed(seed).updater(updater);
        if (weightDecay > 0) {
            settings.weightDecay(weightDecay);
        }
        NeuralNetConfiguration.ListBuilder list = settings.list();
        int at = 0;
        while (at < spec.layers().size()) {
            at = add(list, at, loss, seed);
        }
        list.setInputType(inputType(spec.input()));
        network = new MultiLayerNetwork(list.build());
        network.init();
    }

    /** The network itself, for fitting and inference. */
    public MultiLayerNetwork network() {
        return network;
    }

    /** Its current weights, in the engine-independent form. */
    public Weights weights() {
        return Weights.of(spec, parameter -> {
            INDArray array = array(parameter);
            float[] held = array.dup('c').data().asFloat();
            return reorder(parameter, held, false);
        });
    }

    /** Sets its weights. */
    public void setWeights(Weights weights) {
        for (Parameter parameter : spec.parameters()) {
            INDArray array = array(parameter);
            float[] values = reorder(parameter, weights.get(parameter.name()), true);
            try (INDArray source = Nd4j.create(values, array.shape(), 'c')) {
                array.assign(source);
            }
        }
    }

    private int add(NeuralNetConfiguration.ListBuilder list, int at, ILossFunction loss, long seed) {
        Layer layer = spec.layers().get(at);
        int made = origins.size();
        origins.add(at);
        if (layer instanceof Layer.Conv2d conv && !conv.bias()) {
            requireNormRelu(at);
            list.layer(new ConvNormRelu(
                    conv.out(),
                    conv.kernelWidth(),
                    conv.kernelHeight(),
                    conv.strideWidth(),
                    conv.strideHeight(),
                    seed * 31 + at,
                    epsilon(at + 1)));
            return at + 3;
        }
        if (layer instanceof Layer.Conv1d conv && !conv.bias()) {
            requireNormRelu(at);
            list.layer(
                    new ConvNormRelu(conv.out(), conv.kernel(), 1, conv.stride(), 1, seed * 31 + at, epsilon(at + 1)));
            return at + 3;
        }
        if (layer instanceof Layer.MaxPool2d pool) {
            list.layer(new MaxPool(pool.width(), pool.height()));
        } else if (layer instanceof Layer.MaxPool1d pool) {
            list.layer(new MaxPool(pool.size(), 1));
        } else if (layer instanceof Layer.StackFrequency && spec.layers().get(at + 1) instanceof Layer.Conv1d) {
            list.layer(new FoldBands());
        } else if (layer instanceof Layer.Dropout dropout) {
            list.layer(new DropoutLayer.Builder(1 - dropout.rate()).build());
        } else if (layer instanceof Layer.MeanSpreadPool pool) {
            list.layer(new MeanSpread(pool.epsilon()));
        } else if (layer instanceof Layer.Dense dense && at == spec.layers().size() - 2) {
            list.layer(new OutputLayer.Builder(loss)
                    .nOut(dense.out())
                    .activation(Activation.SOFTMAX)
                    .build());
            return at + 2;
        } else {
            throw new IllegalArgumentException("layer must be one that frame networks support: layer " + made + " is "
                    + layer + "; train it with Dl4jNetworkBuilder");
        }
        return at + 1;
    }

    private void requireNormRelu(int at) {
        boolean holds = spec.layers().get(at + 1) instanceof Layer.BatchNorm
                && spec.layers().get(at + 2) instanceof Layer.Relu;
        if (!holds) {
            throw new IllegalArgumentException(
                    "a convolution without bias must be followed by batchNorm and relu: layer=" + at);
        }
    }

    private double epsilon(int at) {
        return ((Layer.BatchNorm) spec.layers().get(at)).epsilon();
    }

    private static InputType inputType(Shape input) {
        if (input instanceof Shape.Image image && image.channels() == 1) {
            return InputType.convolutional(
                    /* height= */ image.width(), /* width= */ image.height(), /* depth= */ 1, CNN2DFormat.NHWC);
        }
        if (input instanceof Shape.Sequence sequence) {
            return InputType.convolutional(sequence.length(), 1, sequence.channels(), CNN2DFormat.NHWC);
        }
        throw new IllegalArgumentException("input must be an image of one channel or a sequence: " + input);
    }

    private INDArray array(Parameter parameter) {
        int layer = layerOf(parameter);
        int owner = spec.layers().get(layer) instanceof Layer.BatchNorm ? layer - 1 : layer;
        String key = switch (kindOf(parameter)) {
            case "weight" -> "W";
            case "bias" -> "b";
            case "scale" -> ConvNormRelu.GAMMA;
            case "shift" -> ConvNormRelu.BETA;
            case "mean" -> ConvNormRelu.MEAN;
            case "variance" -> ConvNormRelu.VARIANCE;
            default -> throw new IllegalArgumentException("unknown kind of weights: " + parameter.name());
        };
        return network.getLayer(origins.indexOf(owner)).getParam(key);
    }

    /**
     * Between the spec's {@code [out][in][band][time]} and a layer's {@code [time][band][in][out]}. After a stackFrequency layer, the spec
     * counts its inputs {@code [channel][band]}, a layer {@code [band][channel]}.
     */
    private float[] reorder(Parameter parameter, float[] from, boolean intoLayer) {
        Layer layer = spec.layers().get(layerOf(parameter));
        boolean kernel = kindOf(parameter).equals("weight") && !(layer instanceof Layer.Dense);
        if (!kernel) {
            return from;
        }
        int out = parameter.axes().get(0);
        int in = parameter.axes().get(1);
        int bands = parameter.axes().size() == 4 ? parameter.axes().get(2) : 1;
        int times = parameter.axes().get(parameter.axes().size() - 1);
        int stacked = stackedBands(layerOf(parameter));
        float[] to = new float[from.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                int inLayer = i % stacked * (in / stacked) + i / stacked;
                for (int b = 0; b < bands; b++) {
                    for (int t = 0; t < times; t++) {
                        int atSpec = ((o * in + i) * bands + b) * times + t;
                        int atLayer = ((t * bands + b) * in + inLayer) * out + o;
                        to[intoLayer ? atLayer : atSpec] = from[intoLayer ? atSpec : atLayer];
                    }
                }
            }
        }
        return to;
    }

    private int stackedBands(int layer) {
        if (layer == 0 || !(spec.layers().get(layer - 1) instanceof Layer.StackFrequency)) {
            return 1;
        }
        return ((Shape.Image) spec.shapes().get(layer - 1)).height();
    }

    private static int layerOf(Parameter parameter) {
        return Integer.parseInt(parameter.name().substring(0, parameter.name().indexOf('.')));
    }

    private static String kindOf(Parameter parameter) {
        return parameter.name().substring(parameter.name().indexOf('.') + 1);
    }
}
