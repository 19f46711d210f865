package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A Deeplearning4j layer: the mean and the spread, {@code sqrt(variance + epsilon)}, of each channel over time,
 * known as statistics pooling (Snyder et al. 2018). Input {@code [n][time][1][channel]}, output {@code [n][2 * channel]}, means
 * first.
 */
public final class MeanSpread extends ShapeOnly {
    private final double epsilon;

    public MeanSpread(double epsilon) {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("must be > 0: epsilon=" + epsilon);
        }
        this.epsilon = epsilon;
    }

    double epsilon() {
        return epsilon;
    }

    @Override
    Layer create(NeuralNetConfiguration conf, DataType dataType) {
        return new MeanSpreadLayer(conf, dataType);
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        InputType.InputTypeConvolutional in = ConvNormRelu.convolutional(input);
        if (in.getWidth() != 1) {
            throw new IllegalArgumentException("bands must be folded into channels first: bands=" + in.getWidth());
        }
        return InputType.feedForward(2 * in.getChannels());
    }
}
