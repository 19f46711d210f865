package io.undertone.inference.dl4j;

import java.util.Objects;
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

/** Computes {@link ConvNormRelu}. Not thread-safe: it keeps the backward pass' input and scratch buffers between calls. */
final class ConvNormReluLayer extends BaseLayer<ConvNormRelu> {
    private @Nullable UnrolledConvolution convolution;
    private @Nullable NormRelu norm;
    private float[] x = new float[0];
    private float[] normalised = new float[0];
    private float[] upstream = new float[0];
    private float[] inputGradient = new float[0];

    ConvNormReluLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** Running statistics are not gradients and must not be divided by the batch's size. */
    @Override
    public boolean updaterDivideByMinibatch(String name) {
        return !name.equals(ConvNormRelu.MEAN) && !name.equals(ConvNormRelu.VARIANCE);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray dense = HostFloats.rowMajor(input);
        int n = Math.toIntExact(dense.size(0));
        prepare(dense);
        UnrolledConvolution convolution = Objects.requireNonNull(this.convolution);
        NormRelu norm = Objects.requireNonNull(this.norm);
        x = HostFloats.atLeast(x, Math.toIntExact(dense.length()));
        normalised = HostFloats.atLeast(normalised, n * convolution.outputSize());
        HostFloats.read(dense, x);
        convolution.setWeights(parameter(ConvNormRelu.WEIGHTS));
        convolution.forward(x, n, normalised);
        if (training) {
            norm.takeStatistics(normalised, n);
        } else {
            norm.setStatistics(parameter(ConvNormRelu.MEAN), parameter(ConvNormRelu.VARIANCE));
        }
        float[] output = norm.forward(
                normalised,
                n,
                parameter(ConvNormRelu.GAMMA),
                parameter(ConvNormRelu.BETA),
                layerConf().epsilon());
        Unrolling unrolling = convolution.unrolling();
        long[] shape = {
            n, unrolling.outTimes(), unrolling.outBands(), layerConf().getNOut()
        };
        INDArray y = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        HostFloats.write(output, y);
        return y;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        UnrolledConvolution convolution =
                Objects.requireNonNull(this.convolution, "activate comes before backpropGradient");
        NormRelu norm = Objects.requireNonNull(this.norm);
        INDArray dense = HostFloats.rowMajor(epsilon);
        int n = Math.toIntExact(dense.size(0));
        upstream = HostFloats.atLeast(upstream, Math.toIntExact(dense.length()));
        HostFloats.read(dense, upstream);
        norm.backward(upstream, normalised, n, parameter(ConvNormRelu.GAMMA));
        INDArray below = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        float[] weightGradient =
                new float[Math.toIntExact(gradient(ConvNormRelu.WEIGHTS).length())];
        if (index == 0) {
            // The first layer's input gradient, half of the work, is not needed.
            convolution.gradients(x, n, upstream, weightGradient, null);
        } else {
            inputGradient = HostFloats.atLeast(inputGradient, Math.toIntExact(below.length()));
            convolution.gradients(x, n, upstream, weightGradient, inputGradient);
            HostFloats.write(inputGradient, below);
        }
        HostFloats.write(weightGradient, gradient(ConvNormRelu.WEIGHTS));
        HostFloats.write(floats(norm.gradGamma()), gradient(ConvNormRelu.GAMMA));
        HostFloats.write(floats(norm.gradBeta()), gradient(ConvNormRelu.BETA));
        moveRunning(ConvNormRelu.MEAN, norm.mean());
        moveRunning(ConvNormRelu.VARIANCE, norm.variance());
        Gradient result = new DefaultGradient();
        for (String key : ConvNormRelu.PARAMETERS) {
            result.setGradientFor(key, gradientViews.get(key));
        }
        return new Pair<>(result, below);
    }

    /** Creates convolution and normalisation for the input's shape, unless they exist. */
    private void prepare(INDArray input) {
        int times = Math.toIntExact(input.size(1));
        int bands = Math.toIntExact(input.size(2));
        UnrolledConvolution held = convolution;
        if (held != null
                && held.unrolling().times() == times
                && held.unrolling().bands() == bands) {
            return;
        }
        Unrolling unrolling = new Unrolling(layerConf(), times, bands, Math.toIntExact(input.size(3)));
        convolution = new UnrolledConvolution(unrolling, channels());
        norm = new NormRelu(channels(), unrolling.outBands(), unrolling.outTimes());
    }

    /** The parameter moves by minus this: running = decay * running + (1 - decay) * batch. */
    private void moveRunning(String name, double[] batch) {
        float[] step = parameter(name);
        for (int c = 0; c < step.length; c++) {
            step[c] = (float) ((1 - ConvNormRelu.DECAY) * (step[c] - batch[c]));
        }
        HostFloats.write(step, gradient(name));
    }

    private float[] parameter(String name) {
        INDArray held = getParam(name);
        float[] values = new float[Math.toIntExact(held.length())];
        HostFloats.read(held, values);
        return values;
    }

    private INDArray gradient(String name) {
        return ParameterViews.of(gradientViews, name);
    }

    private int channels() {
        return Math.toIntExact(layerConf().getNOut());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
