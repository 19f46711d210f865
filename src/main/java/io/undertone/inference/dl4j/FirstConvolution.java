package io.undertone.inference.dl4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weight gradient of a convolution over one input channel, as one matrix product of the unrolled input
 * {@code [rows][kernelTime * kernelBand]} and the output's gradient {@code [rows][out]}. Not thread-safe.
 */
final class FirstConvolution {
    private float[] pixels = new float[0];
    private float[] unrolled = new float[0];

    void weightGradient(INDArray x, INDArray outputGradient, ConvNormRelu conf, INDArray weightGradient) {
        int n = (int) x.size(0);
        int times = (int) x.size(1);
        int bands = (int) x.size(2);
        int outTimes = (int) outputGradient.size(1);
        int outBands = (int) outputGradient.size(2);
        int taps = conf.kernelTime() * conf.kernelBand();
        int rows = n * outTimes * outBands;
        pixels = HostFloats.atLeast(pixels, n * times * bands);
        unrolled = HostFloats.atLeast(unrolled, rows * taps);
        HostFloats.read(x, pixels);
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < outTimes; t++) {
                for (int b = 0; b < outBands; b++) {
                    at = unroll(i * times * bands, times, bands, t, b, conf, at);
                }
            }
        }
        try (INDArray matrix = Nd4j.createUninitializedDetached(DataType.FLOAT, rows, taps);
                INDArray product = Nd4j.createUninitializedDetached(DataType.FLOAT, taps, conf.getNOut())) {
            HostFloats.write(unrolled, matrix);
            INDArray gradient = outputGradient.reshape('c', rows, conf.getNOut());
            product.assign(matrix.transpose().mmul(gradient));
            weightGradient.assign(product.reshape('c', weightGradient.shape()));
        }
    }

    private int unroll(int base, int times, int bands, int t, int b, ConvNormRelu conf, int at) {
        int firstTime = t * conf.strideTime() - conf.kernelTime() / 2;
        int firstBand = b * conf.strideBand() - conf.kernelBand() / 2;
        for (int i = firstTime; i < firstTime + conf.kernelTime(); i++) {
            for (int j = firstBand; j < firstBand + conf.kernelBand(); j++) {
                boolean inside = i >= 0 && i < times && j >= 0 && j < bands;
                unrolled[at++] = inside ? pixels[base + i * bands + j] : 0;
            }
        }
        return at;
    }
}
