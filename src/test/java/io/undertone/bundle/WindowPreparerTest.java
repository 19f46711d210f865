package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowPreparerTest {
    private static final FeatureSpec FRAMES = FeatureSpecs.telephone();
    private static final int ROWS = FRAMES.maxFramesPerWindow();

    @Test
    void shouldStandardise() {
        InputPreparation preparation =
                new InputPreparation.Standardise(Collections.nCopies(40, 2f), Collections.nCopies(40, 0.5f));
        float[] window = new float[40];
        Arrays.setAll(window, i -> i);

        float[] prepared = prepare(preparation, FeatureSpecs.reference(), window, 1);

        assertThat(prepared).hasSize(40).startsWith(-1f, -0.5f, 0f, 0.5f);
    }

    @Test
    void shouldPutTimeLastAndPadWithZeros() {
        float[] window = new float[2 * 40];
        Arrays.setAll(window, i -> 1 + i);

        float[] prepared = prepare(new InputPreparation.Frames(ROWS, 2, false), FRAMES, window, 2);

        assertThat(Arrays.copyOfRange(prepared, 0, 3)).containsExactly(2, 2 * 41, 0);
        assertThat(Arrays.copyOfRange(prepared, ROWS, ROWS + 3)).containsExactly(2 * 2, 2 * 42, 0);
    }

    @Test
    void shouldTurnCoefficientsBackIntoBands() {
        SplittableRandom random = new SplittableRandom(1);
        float[] bands = new float[40];
        Arrays.fill(bands, 0);
        for (int i = 0; i < 40; i++) {
            bands[i] = (float) random.nextDouble();
        }
        float[] coefficients = new float[40];
        for (int k = 0; k < 40; k++) {
            double sum = 0;
            for (int b = 0; b < 40; b++) {
                sum += bands[b] * Math.cos(Math.PI * k * (2 * b + 1) / 80);
            }
            coefficients[k] = (float) (sum * Math.sqrt((k == 0 ? 1 : 2) / 40.0));
        }

        float[] prepared = prepare(new InputPreparation.Frames(ROWS, 1, true), FRAMES, coefficients, 1);

        for (int b = 0; b < 40; b++) {
            assertThat(prepared[b * ROWS]).isCloseTo(bands[b], within(1e-5f));
        }
    }

    @Test
    void shouldDescribeFramesByStatistics() {
        float[] window = new float[11 * 40];
        for (int row = 0; row < 11; row++) {
            window[row * 40 + 3] = row; // 0, 1, …, 10
        }
        InputPreparation all = new InputPreparation.Statistics(List.of(FrameStatistic.values()));

        float[] prepared = prepare(all, FRAMES, window, 11);

        float[] third = new float[FrameStatistic.values().length];
        for (int s = 0; s < third.length; s++) {
            third[s] = prepared[s * 40 + 3];
        }
        assertThat(third)
                .containsExactly(
                        new float[] {5, (float) Math.sqrt(10), 10, 1, 0, 1, 2.5f, 5, 7.5f, 9, 10}, within(1e-6f));
        assertThat(prepare(all, FRAMES, window, 1)).hasSize(all.width(FRAMES)).doesNotContain(Float.NaN);
    }

    @Test
    void shouldRefuseWindowsPooledOtherwise() {
        assertThatThrownBy(() -> new InputPreparation.AsIs().width(FRAMES)).hasMessageContaining("pooling=FRAMES");
        assertThatThrownBy(() -> new InputPreparation.Frames(ROWS, 1, true).width(FeatureSpecs.reference()))
                .hasMessageContaining("pooling=MEAN");
        assertThatThrownBy(() -> new InputPreparation.Frames(ROWS - 1, 1, true).width(FRAMES))
                .hasMessageContaining("maxRows=" + (ROWS - 1));
        assertThatThrownBy(() -> new InputPreparation.Standardise(List.of(1f), List.of()))
                .hasMessageContaining("scale=0");
    }

    private static float[] prepare(InputPreparation preparation, FeatureSpec spec, float[] window, int rows) {
        WindowPreparer preparer = new WindowPreparer(preparation, spec);
        float[] target = new float[preparer.width()];
        Arrays.fill(target, Float.NaN);
        preparer.prepare(window, rows, target, 0);
        return target;
    }
}
