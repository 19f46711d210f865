package io.undertone.bundle.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastCorrelationTest {
    private static final double[] POINTS = {0, 1, -1, 2.5, -2.5, 0.4, -0.4, 4.0 / 3, -0.75};

    @Test
    void shouldCorrelateByToomAndCooksWay() {
        float[] kernel = random(5, 1);
        float[] steps = random(12, 2);
        FastCorrelation way = FastCorrelation.toomCook(8, 5, POINTS);

        assertThat(way.products()).isEqualTo(13);
        assertThat(apply(way, kernel, steps)).containsExactly(correlate(kernel, steps, 8), within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "4, 5", "3, 5", "5, 7", "6, 3", "1, 3"})
    void shouldCorrelateByFouriersWayWithZerosAround(int count, int r) {
        float[] kernel = random(r, 3);
        float[] steps = random(count, 4);
        float[] padded = new float[count + r - 1];
        System.arraycopy(steps, 0, padded, r / 2, count);

        double[] actual = apply(FastCorrelation.fourier(count, r), kernel, steps);

        assertThat(actual).containsExactly(correlate(kernel, padded, count), within(1e-6));
    }

    @Test
    void shouldTakeTenProductsForFiveSteps() {
        assertThat(FastCorrelation.fourier(5, 5).products()).isEqualTo(10);
    }

    @Test
    void shouldTransformEachPairOfChannels() {
        FastCorrelation way = FastCorrelation.fourier(5, 5);
        float[] kernels = random(3 * 2 * 5, 5);
        float[] transformed = way.transform(kernels, 3);

        for (int out = 0; out < 3; out++) {
            for (int in = 0; in < 2; in++) {
                float[] own = new float[5];
                System.arraycopy(kernels, (out * 2 + in) * 5, own, 0, 5);
                float[] alone = way.transform(own, 1);
                for (int product = 0; product < 10; product++) {
                    assertThat(transformed[(product * 2 + in) * 3 + out]).isEqualTo(alone[product]);
                }
            }
        }
    }

    @Test
    void shouldRefuseAnotherNumberOfPoints() {
        assertThatThrownBy(() -> FastCorrelation.toomCook(8, 5, 0, 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m + r - 4 = 9");
    }

    private static double[] apply(FastCorrelation way, float[] kernel, float[] steps) {
        float[] transformed = way.transform(kernel, 1);
        double[] out = new double[way.stepsOut()];
        for (int f = 0; f < way.products(); f++) {
            double in = 0;
            for (int i = 0; i < way.stepsIn(); i++) {
                in += (double) way.inputs()[f * way.stepsIn() + i] * steps[i];
            }
            for (int j = 0; j < out.length; j++) {
                out[j] += way.outputs()[j * way.products() + f] * in * transformed[f];
            }
        }
        return out;
    }

    private static double[] correlate(float[] kernel, float[] steps, int count) {
        double[] out = new double[count];
        for (int j = 0; j < count; j++) {
            for (int k = 0; k < kernel.length; k++) {
                out[j] += (double) kernel[k] * steps[j + k];
            }
        }
        return out;
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
