package io.undertone.inference.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A Deeplearning4j layer: bands become channels, {@code [n][time][band][channel]} to {@code [n][time][1][band * channel]}, band
 * by band. A 1x1 convolution after it sees all bands of a moment at once.
 */
public final class FoldBands extends ShapeOnly {
    @Override
    Layer create(NeuralNetConfiguration conf, DataType dataType) {
        return new FoldBandsLayer(conf, dataType);
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        InputType.InputTypeConvolutional in = ConvNormRelu.convolutional(input);
        return InputType.convolutional(in.getHeight(), 1, in.getWidth() * in.getChannels(), CNN2DFormat.NHWC);
    }
}
