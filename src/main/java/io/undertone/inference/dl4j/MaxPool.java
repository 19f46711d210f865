package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A Deeplearning4j layer: the maximum of each {@code time} x {@code band} cell, without overlap; an incomplete cell at the end is dropped. Input and output {@code [n][time][band][channel]}.
 */
public final class MaxPool extends ShapeOnly {
    private final int time;
    private final int band;

    public MaxPool(int time, int band) {
        if (time < 1 || band < 1) {
            throw new IllegalArgumentException("cells must be >= 1: time=" + time + ", band=" + band);
        }
        this.time = time;
        this.band = band;
    }

    int time() {
        return time;
    }

    int band() {
        return band;
    }

    @Override
    Layer create(NeuralNetConfiguration conf, DataType dataType) {
        return new MaxPoolLayer(conf, dataType);
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        InputType.InputTypeConvolutional in = ConvNormRelu.convolutional(input);
        return InputType.convolutional(in.getHeight() / time, in.getWidth() / band, in.getChannels(), CNN2DFormat.NHWC);
    }
}
