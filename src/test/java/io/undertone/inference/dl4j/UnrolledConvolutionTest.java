package io.undertone.inference.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the sums that define a convolution and its gradients, in double precision. */
class UnrolledConvolutionTest {
    private static final int OUT = 5;

    @ParameterizedTest
    @CsvSource({
        "13, 10, 1, 5, 7, 2, 2",
        "9, 6, 16, 3, 3, 2, 2",
        "10, 7, 13, 5, 3, 2, 1",
        "6, 4, 16, 3, 3, 3, 2",
        "8, 5, 12, 3, 3, 1, 1",
        "11, 1, 6, 5, 1, 2, 1",
        "7, 1, 9, 1, 1, 1, 1",
        "150, 40, 3, 5, 5, 1, 1",
    })
    void shouldBeTheSumsThatDefineIt(
            int times, int bands, int channels, int kernelTime, int kernelBand, int strideTime, int strideBand) {
        ConvNormRelu conf = new ConvNormRelu(OUT, kernelTime, kernelBand, strideTime, strideBand, 1, 1e-5);
        Unrolling unrolling = new Unrolling(conf, times, bands, channels);
        UnrolledConvolution convolution = new UnrolledConvolution(unrolling, OUT);
        int n = 3;
        Random random = new Random(7);
        float[] x = noise(n * unrolling.inputSize(), random);
        float[] weights = noise(unrolling.taps() * OUT, random);
        float[] dz = noise(n * convolution.outputSize(), random);
        double[] z = new double[dz.length];
        double[] dw = new double[weights.length];
        double[] dx = new double[x.length];
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < unrolling.outTimes(); t++) {
                for (int b = 0; b < unrolling.outBands(); b++) {
                    for (int k = 0; k < unrolling.taps(); k++) {
                        int time = t * strideTime - kernelTime / 2 + k / (kernelBand * channels);
                        int band = b * strideBand - kernelBand / 2 + k / channels % kernelBand;
                        if (time < 0 || time >= unrolling.times() || band < 0 || band >= bands) {
                            continue;
                        }
                        int from = ((i * unrolling.times() + time) * bands + band) * channels + k % channels;
                        int to = ((i * unrolling.outTimes() + t) * unrolling.outBands() + b) * OUT;
                        for (int o = 0; o < OUT; o++) {
                            z[to + o] += (double) x[from] * weights[k * OUT + o];
                            dw[k * OUT + o] += (double) x[from] * dz[to + o];
                            dx[from] += (double) weights[k * OUT + o] * dz[to + o];
                        }
                    }
                }
            }
        }
        float[] actual = new float[z.length];
        float[] actualDw = new float[dw.length];
        float[] actualDx = new float[dx.length];
        convolution.setWeights(weights);
        convolution.forward(x, n, actual);
        assertClose(actual, z);
        convolution.gradients(x, n, dz, actualDw, null);
        assertClose(actualDw, dw);
        convolution.gradients(x, n, dz, actualDw, actualDx);
        assertClose(actualDw, dw);
        assertClose(actualDx, dx);
    }

    private static float[] noise(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
