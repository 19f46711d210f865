package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link ConvNormRelu}. Not thread-safe: it keeps what the backward pass needs, and its scratch, between calls. */
final class ConvNormReluLayer extends BaseLayer<ConvNormRelu> {
    private final FirstConvolution firstLayer = new FirstConvolution();
    private @Nullable INDArray convolved;
    private @Nullable INDArray convolvedGradient;
    private @Nullable INDArray denseInput;
    private float[] normalised = new float[0];
    private float[] output = new float[0];
    private float[] upstream = new float[0];
    private float[] inverseSpread = new float[0];
    private double[] batchMean = new double[0];
    private double[] batchVariance = new double[0];

    ConvNormReluLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** Running statistics are no gradients: they stay as they are, whatever the batch's size. */
    @Override
    public boolean updaterDivideByMinibatch(String name) {
        return !name.equals(ConvNormRelu.MEAN) && !name.equals(ConvNormRelu.VARIANCE);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray x = HostFloats.rowMajor(input);
        denseInput = x;
        int channels = channels();
        long[] shape = outputShape(x);
        convolved = scratch(convolved, shape);
        Nd4j.exec(DynamicCustomOp.builder("conv2d")
                .addInputs(x, getParam(ConvNormRelu.WEIGHTS))
                .addOutputs(convolved)
                .addIntegerArguments(convolutionArguments())
                .build());
        int length = Math.toIntExact(convolved.length());
        normalised = HostFloats.atLeast(normalised, length);
        output = HostFloats.atLeast(output, length);
        HostFloats.read(convolved, normalised);
        if (training) {
            takeBatchStatistics(length, channels);
        } else {
            takeRunningStatistics(channels);
        }
        normalise(length, channels);
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        HostFloats.write(output, y);
        return y;
    }

    private void takeBatchStatistics(int length, int channels) {
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        for (int i = 0; i < length; i += channels) {
            for (int c = 0; c < channels; c++) {
                double v = normalised[i + c];
                sum[c] += v;
                squares[c] += v * v;
            }
        }
        double n = (double) length / channels;
        for (int c = 0; c < channels; c++) {
            sum[c] /= n;
            squares[c] = Math.max(0, squares[c] / n - sum[c] * sum[c]);
        }
        batchMean = sum;
        batchVariance = squares;
    }

    private void takeRunningStatistics(int channels) {
        batchMean = getParam(ConvNormRelu.MEAN).dup('c').data().asDouble();
        batchVariance = getParam(ConvNormRelu.VARIANCE).dup('c').data().asDouble();
        if (batchMean.length != channels) {
            throw new IllegalStateException("running statistics must have one value a channel: " + batchMean.length);
        }
    }

    /** normalised = (z - mean) / spread; output = max(0, gamma * normalised + beta). */
    private void normalise(int length, int channels) {
        float[] gamma = vector(ConvNormRelu.GAMMA);
        float[] beta = vector(ConvNormRelu.BETA);
        inverseSpread = HostFloats.atLeast(inverseSpread, channels);
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) {
            inverseSpread[c] =
                    (float) (1 / Math.sqrt(batchVariance[c] + layerConf().epsilon()));
            shift[c] = (float) (-batchMean[c] * inverseSpread[c]);
        }
        for (int i = 0; i < length; i += channels) {
            for (int c = 0; c < channels; c++) {
                float v = normalised[i + c] * inverseSpread[c] + shift[c];
                normalised[i + c] = v;
                output[i + c] = Math.max(0, gamma[c] * v + beta[c]);
            }
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray x = java.util.Objects.requireNonNull(denseInput, "activate comes before backpropGradient");
        INDArray dense = HostFloats.rowMajor(epsilon);
        int channels = channels();
        int length = Math.toIntExact(dense.length());
        upstream = HostFloats.atLeast(upstream, length);
        HostFloats.read(dense, upstream);
        double[] gradBeta = new double[channels];
        double[] gradGamma = new double[channels];
        for (int i = 0; i < length; i += channels) {
            for (int c = 0; c < channels; c++) {
                float d = output[i + c] > 0 ? upstream[i + c] : 0;
                upstream[i + c] = d;
                gradBeta[c] += d;
                gradGamma[c] += d * normalised[i + c];
            }
        }
        double n = (double) length / channels;
        float[] gamma = vector(ConvNormRelu.GAMMA);
        float[] scale = new float[channels];
        float[] meanBeta = new float[channels];
        float[] meanGamma = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = gamma[c] * inverseSpread[c];
            meanBeta[c] = (float) (gradBeta[c] / n);
            meanGamma[c] = (float) (gradGamma[c] / n);
        }
        for (int i = 0; i < length; i += channels) {
            for (int c = 0; c < channels; c++) {
                upstream[i + c] = scale[c] * (upstream[i + c] - meanBeta[c] - normalised[i + c] * meanGamma[c]);
            }
        }
        convolvedGradient = scratch(convolvedGradient, dense.shape());
        HostFloats.write(upstream, convolvedGradient);
        INDArray inputGradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
        convolutionGradients(x, convolvedGradient, inputGradient);
        fill(ConvNormRelu.GAMMA, gradGamma);
        fill(ConvNormRelu.BETA, gradBeta);
        moveRunning(ConvNormRelu.MEAN, batchMean);
        moveRunning(ConvNormRelu.VARIANCE, batchVariance);
        Gradient result = new DefaultGradient();
        for (String key : ConvNormRelu.PARAMETERS) {
            result.setGradientFor(key, gradientViews.get(key));
        }
        return new Pair<>(result, inputGradient);
    }

    private void convolutionGradients(INDArray x, INDArray dz, INDArray inputGradient) {
        INDArray weights = getParam(ConvNormRelu.WEIGHTS);
        INDArray weightGradient = ParameterViews.of(gradientViews, ConvNormRelu.WEIGHTS);
        if (index == 0 && x.size(3) == 1) {
            // Nothing stands before the first layer: its input's gradient, most of the operation's work, is left out.
            firstLayer.weightGradient(x, dz, layerConf(), weightGradient);
            return;
        }
        try (INDArray gradient = Nd4j.createUninitializedDetached(DataType.FLOAT, weights.shape())) {
            Nd4j.exec(DynamicCustomOp.builder("conv2d_bp")
                    .addInputs(x, weights, dz)
                    .addOutputs(inputGradient, gradient)
                    .addIntegerArguments(convolutionArguments())
                    .build());
            weightGradient.assign(gradient);
        }
    }

    /** The parameter moves by minus this: running = decay * running + (1 - decay) * batch. */
    private void moveRunning(String name, double[] batch) {
        double[] running = getParam(name).dup('c').data().asDouble();
        double[] step = new double[running.length];
        for (int c = 0; c < step.length; c++) {
            step[c] = (1 - ConvNormRelu.DECAY) * (running[c] - batch[c]);
        }
        fill(name, step);
    }

    private void fill(String name, double[] values) {
        INDArray view = ParameterViews.of(gradientViews, name);
        view.assign(Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(view.shape()));
    }

    private float[] vector(String name) {
        return getParam(name).dup('c').data().asFloat();
    }

    private int channels() {
        return Math.toIntExact(layerConf().getNOut());
    }

    private long[] outputShape(INDArray x) {
        ConvNormRelu conf = layerConf();
        return new long[] {
            x.size(0),
            (x.size(1) + conf.strideTime() - 1) / conf.strideTime(),
            (x.size(2) + conf.strideBand() - 1) / conf.strideBand(),
            conf.getNOut()
        };
    }

    /** Kernel, stride, padding, dilation; then explicit padding, NHWC, weights as [time][band][in][out]. */
    private int[] convolutionArguments() {
        ConvNormRelu conf = layerConf();
        return new int[] {
            conf.kernelTime(),
            conf.kernelBand(),
            conf.strideTime(),
            conf.strideBand(),
            conf.kernelTime() / 2,
            conf.kernelBand() / 2,
            1,
            1,
            0,
            1,
            0
        };
    }

    private static INDArray scratch(@Nullable INDArray held, long[] shape) {
        if (held != null && java.util.Arrays.equals(held.shape(), shape)) {
            return held;
        }
        if (held != null) {
            held.close();
        }
        return Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    }
}
