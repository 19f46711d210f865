package io.undertone.inference.dl4j;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A Deeplearning4j layer: 2-D convolution without bias, batch normalisation, ReLU, as one. Input {@code [n][time][band][channel]}
 * (NHWC), "same" padding of {@code kernel / 2} zeros on both sides, so the output is {@code ceil(size / stride)} long.
 *
 * <p>It exists for speed: Deeplearning4j's own convolution unrolls its input in a general-purpose operation and its batch
 * normalisation takes several passes over native memory; together they train these networks ten times slower than matrix
 * products of a few unrolled examples at a time ({@link UnrolledConvolution}) and loops over Java arrays ({@link NormRelu}) do.
 * Batch normalisation is that of Ioffe and Szegedy (2015): batch
 * statistics while training, running ones ({@code decay} 0.9) after.
 */
public final class ConvNormRelu extends FeedForwardLayer {
    static final String WEIGHTS = "W";
    static final String GAMMA = "gamma";
    static final String BETA = "beta";
    static final String MEAN = "mean";
    static final String VARIANCE = "var";
    static final List<String> PARAMETERS = List.of(WEIGHTS, GAMMA, BETA, MEAN, VARIANCE);
    static final double DECAY = 0.9;

    private final int kernelTime;
    private final int kernelBand;
    private final int strideTime;
    private final int strideBand;
    private final long seed;
    private final double epsilon;

    /**
     * @param channels output channels
     * @param kernelTime kernel length over time, odd
     * @param kernelBand kernel length over bands, odd
     * @param strideTime step over time
     * @param strideBand step over bands
     * @param seed fixes the initial weights, uniform in ±1/sqrt(inputs of one output)
     * @param epsilon added to each variance before its root is taken
     */
    public ConvNormRelu(
            int channels, int kernelTime, int kernelBand, int strideTime, int strideBand, long seed, double epsilon) {
        if (kernelTime % 2 == 0 || kernelBand % 2 == 0) {
            throw new IllegalArgumentException(
                    "kernel lengths must be odd: kernelTime=" + kernelTime + ", kernelBand=" + kernelBand);
        }
        setNOut(channels);
        this.kernelTime = kernelTime;
        this.kernelBand = kernelBand;
        this.strideTime = strideTime;
        this.strideBand = strideBand;
        this.seed = seed;
        this.epsilon = epsilon;
    }

    int kernelTime() {
        return kernelTime;
    }

    int kernelBand() {
        return kernelBand;
    }

    int strideTime() {
        return strideTime;
    }

    int strideBand() {
        return strideBand;
    }

    double epsilon() {
        return epsilon;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        ConvNormReluLayer layer = new ConvNormReluLayer(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return Parameters.INSTANCE;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        InputType.InputTypeConvolutional in = convolutional(input);
        return InputType.convolutional(
                (in.getHeight() + strideTime - 1) / strideTime,
                (in.getWidth() + strideBand - 1) / strideBand,
                getNOut(),
                CNN2DFormat.NHWC);
    }

    @Override
    public void setNIn(InputType input, boolean override) {
        setNIn(convolutional(input).getChannels());
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    /** Running statistics are not trained by an updater. */
    @Override
    public IUpdater getUpdaterByParam(String name) {
        return name.equals(MEAN) || name.equals(VARIANCE) ? new NoOp() : super.getUpdaterByParam(name);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return new LayerMemoryReport.Builder(getLayerName(), ConvNormRelu.class, input, getOutputType(0, input))
                .standardMemory(initializer().numParams(this), initializer().numParams(this))
                .build();
    }

    static InputType.InputTypeConvolutional convolutional(InputType input) {
        if (input instanceof InputType.InputTypeConvolutional in && in.getFormat() == CNN2DFormat.NHWC) {
            return in;
        }
        throw new IllegalArgumentException("input must be convolutional, NHWC: " + input);
    }

    /** The offset of each parameter in the layer's part of the network's parameters. */
    private static final class Parameters implements ParamInitializer {
        static final Parameters INSTANCE = new Parameters();

        @Override
        public long numParams(NeuralNetConfiguration conf) {
            return numParams(conf.getLayer());
        }

        @Override
        public long numParams(Layer layer) {
            ConvNormRelu conf = (ConvNormRelu) layer;
            return weights(conf) + 4 * conf.getNOut();
        }

        @Override
        public List<String> paramKeys(Layer layer) {
            return PARAMETERS;
        }

        @Override
        public List<String> weightKeys(Layer layer) {
            return List.of(WEIGHTS);
        }

        @Override
        public List<String> biasKeys(Layer layer) {
            return List.of(GAMMA, BETA);
        }

        @Override
        public boolean isWeightParam(Layer layer, String key) {
            return key.equals(WEIGHTS);
        }

        @Override
        public boolean isBiasParam(Layer layer, String key) {
            return key.equals(GAMMA) || key.equals(BETA);
        }

        @Override
        public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
            ConvNormRelu layer = (ConvNormRelu) conf.getLayer();
            Map<String, INDArray> table = ParameterViews.split(view, layer.shapes());
            for (String key : PARAMETERS) {
                conf.addVariable(key);
            }
            if (initialize) {
                double bound = 1 / Math.sqrt((double) layer.kernelTime * layer.kernelBand * layer.getNIn());
                ParameterViews.fillUniform(ParameterViews.of(table, WEIGHTS), bound, layer.seed);
                ParameterViews.of(table, GAMMA).assign(1);
                ParameterViews.of(table, BETA).assign(0);
                ParameterViews.of(table, MEAN).assign(0);
                ParameterViews.of(table, VARIANCE).assign(1);
            }
            return table;
        }

        @Override
        public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
            return ParameterViews.split(view, ((ConvNormRelu) conf.getLayer()).shapes());
        }

        private static long weights(ConvNormRelu conf) {
            return (long) conf.kernelTime * conf.kernelBand * conf.getNIn() * conf.getNOut();
        }
    }

    private Map<String, long[]> shapes() {
        long[] vector = {1, getNOut()};
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WEIGHTS, new long[] {kernelTime, kernelBand, getNIn(), getNOut()});
        shapes.put(GAMMA, vector);
        shapes.put(BETA, vector);
        shapes.put(MEAN, vector);
        shapes.put(VARIANCE, vector);
        return shapes;
    }
}
