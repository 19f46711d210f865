package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineTransformTest {
    private static final int FRAMES = 21;

    @ParameterizedTest
    @CsvSource({"40, 40", "41, 13", "50, 40", "7, 3", "1, 1"})
    void shouldGiveTheSameForManyVectorsAsOneByOneAndByItsFormula(int bands, int coefficients) {
        CosineTransform transform = new CosineTransform(bands, coefficients);
        Random random = new Random(bands);
        float[][] logMel = new float[bands][FRAMES + 3];
        for (float[] band : logMel) {
            for (int i = 0; i < FRAMES; i++) {
                band[i] = -60 + 20 * (float) random.nextGaussian();
            }
        }
        float[][] many = new float[coefficients][FRAMES];
        transform.apply(logMel, FRAMES, new float[transform.scratchLength()][FRAMES], many);

        float[] vector = new float[bands];
        float[] one = new float[coefficients];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int n = 0; n < bands; n++) {
                vector[n] = logMel[n][frame];
            }
            transform.apply(vector, 0, new float[transform.scratchLength()], one, 0);
            for (int k = 0; k < coefficients; k++) {
                assertThat(many[k][frame]).as("c%d of frame %d", k, frame).isEqualTo(one[k]);
                assertThat((double) one[k]).isCloseTo(formula(vector, k), within(1e-3));
            }
        }
    }

    private static double formula(float[] vector, int k) {
        double sum = 0;
        for (int n = 0; n < vector.length; n++) {
            sum += vector[n] * Math.cos(Math.PI * k * (2 * n + 1) / (2.0 * vector.length));
        }
        return sum * Math.sqrt((k == 0 ? 1.0 : 2.0) / vector.length);
    }
}
