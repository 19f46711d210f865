package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.Shape;

/** A convolution over time as one matrix from all inputs to all outputs. */
final class ConvolutionMatrix {
    private ConvolutionMatrix() {}

    /** Replaces convolution {@code i}, which reads {@code in}, by the equivalent dense layer on flat values. */
    static void replace(LayerList layers, int i, Layer.Conv1d conv, Shape.Sequence in) {
        int steps = in.length();
        int stepsOut = conv.output(in).steps();
        int out = conv.out() * stepsOut;
        float[] kernels = layers.array(i, "weight");
        float[] matrix = new float[in.size() * out];
        for (int o = 0; o < conv.out(); o++) {
            for (int c = 0; c < in.channels(); c++) {
                for (int k = 0; k < conv.kernel(); k++) {
                    float value = kernels[(o * in.channels() + c) * conv.kernel() + k];
                    for (int t = 0; t < stepsOut; t++) {
                        int from = t * conv.stride() + k - conv.kernel() / 2;
                        if (from >= 0 && from < steps) {
                            matrix[(c * steps + from) * out + o * stepsOut + t] = value;
                        }
                    }
                }
            }
        }
        float[] channelBias = layers.bias(i, conv.out());
        float[] bias = new float[out];
        for (int j = 0; j < out; j++) {
            bias[j] = channelBias[j / stepsOut];
        }
        layers.set(i, new Layer.Dense(out), matrix, bias);
    }
}
