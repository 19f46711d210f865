package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LostSamplesTest {
    private static final int FRAME = 256;

    private final LostSamples lost = new LostSamples(FrontEnd.periodicHann(FRAME), 8_000);

    private static float[] noise() {
        Random random = new Random(1);
        float[] noise = new float[FRAME + 20];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Math.round(20 * random.nextGaussian()) / 32_768f;
        }
        return noise;
    }

    @Test
    void shouldFindNothingInFaintNoise() {
        assertThat(lost.heardShare(noise(), 20)).isEqualTo(1);
    }

    @Test
    void shouldWeighAHoleByTheWindow() {
        float[] middle = noise();
        Arrays.fill(middle, 20 + 64, 20 + 192, 0);
        assertThat(lost.heardShare(middle, 20)).isLessThan(0.1);
        float[] edge = noise();
        Arrays.fill(edge, 20, 20 + 64, 0);
        assertThat(lost.heardShare(edge, 20)).isGreaterThan(0.9).isLessThan(1);
        float[] half = noise();
        Arrays.fill(half, 20, 20 + 128, 0);
        assertThat(lost.heardShare(half, 20)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void shouldTakeASilentFrameForLost() {
        assertThat(lost.heardShare(new float[FRAME], 0)).isCloseTo(0, within(1e-6));
    }

    /** A-law has no zero: its silence is 8 of 32,768. */
    @Test
    void shouldTakeTheSilenceOfALawForLost() {
        float[] silence = new float[FRAME];
        Arrays.fill(silence, 8 / 32_768f);
        assertThat(lost.heardShare(silence, 0)).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldLeaveAloneWhatIsClipped() {
        float[] clipped = new float[FRAME];
        for (int i = 0; i < FRAME; i++) {
            clipped[i] = i / 64 % 2 == 0 ? 0.9f : -0.9f;
        }
        assertThat(lost.heardShare(clipped, 0)).isEqualTo(1);
    }

    @Test
    void shouldLeaveAloneShortRuns() {
        float[] noise = noise();
        Arrays.fill(noise, 100, 130, 0);
        assertThat(lost.heardShare(noise, 20)).isEqualTo(1);
    }
}
