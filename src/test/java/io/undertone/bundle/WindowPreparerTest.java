package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.window.Window;
import java.util.Arrays;
import java.util.BitSet;
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
        float[] window = upFrom(0, 40);

        float[] prepared = prepare(preparation, FeatureSpecs.reference(), window, 1);

        assertThat(prepared).hasSize(40).startsWith(-1f, -0.5f, 0f, 0.5f);
    }

    @Test
    void shouldPutTimeLastAndPadWithZeros() {
        float[] window = upFrom(1, 2 * 40);

        float[] prepared = prepare(new InputPreparation.Frames(ROWS, 2, false), FRAMES, window, 2);

        assertThat(Arrays.copyOfRange(prepared, 0, 3)).containsExactly(2, 2 * 41, 0);
        assertThat(Arrays.copyOfRange(prepared, ROWS, ROWS + 3)).containsExactly(2 * 2, 2 * 42, 0);
    }

    @Test
    void shouldTurnCoefficientsBackIntoBands() {
        SplittableRandom random = new SplittableRandom(1);
        float[] bands = new float[40];
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

    /** Rows of one coefficient, c0: each band is c0 / sqrt(40). The mean over speech rows 0 and 1 is taken off. */
    @Test
    void shouldMakePicturesOfSpeech() {
        float root = (float) Math.sqrt(40);
        float[] coefficients = new float[3 * 40];
        coefficients[0] = 10 * root;
        coefficients[40] = 14 * root;
        coefficients[80] = 100 * root;
        Window window = new Window(0, 0, 3000, 0, 1, -20, 3, BitSet.valueOf(new long[] {0b011}), coefficients);
        InputPreparation picture = new InputPreparation.Picture(new SpeechPicture(ROWS, 4, -3, 3));

        WindowPreparer preparer = new WindowPreparer(picture, FRAMES);
        float[] prepared = new float[preparer.width()];
        preparer.prepare(window, prepared, 0);

        for (int band = 0; band < 40; band++) {
            assertThat(Arrays.copyOfRange(prepared, band * ROWS, band * ROWS + 5))
                    .containsExactly(new float[] {-0.5f, 0.5f, 3, -0.5f, 0.5f}, within(1e-5f));
        }
    }

    @Test
    void shouldShowPitchAfterTheBands() {
        FeatureSpec pitched = FRAMES.withPitch(FeatureSpecs.TELEPHONE_PITCH);
        float[] rows = new float[2 * 43];
        System.arraycopy(new float[] {0.5f, 1, -0.6f}, 0, rows, 40, 3);
        System.arraycopy(new float[] {-0.5f, 2, 0.8f}, 0, rows, 83, 3);
        Window window = new Window(0, 0, 3000, 0, 1, -20, 2, rows);
        InputPreparation picture =
                new InputPreparation.WidePicture(new SpeechPicture(ROWS, 4, -3, 3), List.of(40, 40, 41, 42));

        WindowPreparer preparer = new WindowPreparer(picture, pitched);
        float[] prepared = new float[preparer.width()];
        preparer.prepare(window, prepared, 0);

        assertThat(prepared).hasSize(44 * ROWS);
        float[][] shown = {{0.5f, -0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {1, 2, 1}, {-0.6f, 0.8f, -0.6f}};
        for (int row = 0; row < shown.length; row++) {
            int start = (40 + row) * ROWS;
            assertThat(Arrays.copyOfRange(prepared, start, start + 3)).containsExactly(shown[row]);
        }
    }

    @Test
    void shouldRefusePitchWhereThereIsNone() {
        InputPreparation picture =
                new InputPreparation.WidePicture(new SpeechPicture(ROWS, 4, -3, 3), List.of(40, 41, 42));
        assertThatThrownBy(() -> picture.width(FRAMES)).hasMessageContaining("columns=40");
        assertThatThrownBy(() -> new InputPreparation.Frames(ROWS, 1, true)
                        .width(FRAMES.withPitch(FeatureSpecs.TELEPHONE_PITCH)))
                .hasMessageContaining("without pitch");
        assertThatThrownBy(() -> new InputPreparation.WidePicture(new SpeechPicture(ROWS, 4, -3, 3), List.of()))
                .hasMessageContaining("columns=[]");
    }

    @Test
    void shouldDescribeFramesByStatistics() {
        float[] window = new float[11 * 40];
        for (int row = 0; row < 11; row++) {
            window[row * 40 + 3] = row; // 0, 1, …, 10
        }

        float[] prepared = prepare(new InputPreparation.Statistics(), FRAMES, window, 11);

        assertThat(prepared).hasSize(363);
        assertThat(new float[] {prepared[3], prepared[40 + 3], prepared[80 + 3], prepared[120 + 3], prepared[360]})
                .containsExactly(new float[] {5, (float) Math.sqrt(10), 5, -4, 11}, within(1e-5f));
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

    private static float[] upFrom(int first, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = first + i;
        }
        return values;
    }

    private static float[] prepare(InputPreparation preparation, FeatureSpec spec, float[] window, int rows) {
        WindowPreparer preparer = new WindowPreparer(preparation, spec);
        float[] target = new float[preparer.width()];
        Arrays.fill(target, Float.NaN);
        preparer.prepare(new Window(0, 0, 3000, 0, 1, -20, rows, window), target, 0);
        return target;
    }
}
