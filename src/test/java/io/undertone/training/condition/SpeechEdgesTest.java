package io.undertone.training.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** At 8 kHz, where a frame of 20 ms has 160 samples. */
class SpeechEdgesTest {
    private static final int RATE_HZ = 8_000;

    /** A second of this level, between seconds of that. */
    private static float[] clip(float speech, float around) {
        float[] samples = new float[3 * RATE_HZ];
        Arrays.fill(samples, around);
        Arrays.fill(samples, RATE_HZ, 2 * RATE_HZ, speech);
        return samples;
    }

    @Test
    void shouldLeaveAMarginOf200Ms() {
        float[] trimmed = SpeechEdges.trim(clip(0.5f, 0), RATE_HZ);

        assertThat(trimmed).hasSize(RATE_HZ + 2 * 1_600);
        assertThat(trimmed[1_599]).isZero();
        assertThat(trimmed[1_600]).isEqualTo(0.5f);
        assertThat(trimmed[trimmed.length - 1_601]).isEqualTo(0.5f);
        assertThat(trimmed[trimmed.length - 1_600]).isZero();
    }

    @Test
    void shouldTakeWhatIs35DbSofterForSilence() {
        float limit = (float) Math.pow(10, -35 / 20.0);
        assertThat(SpeechEdges.trim(clip(1, 0.99f * limit), RATE_HZ)).hasSize(RATE_HZ + 2 * 1_600);
        assertThat(SpeechEdges.trim(clip(1, 1.01f * limit), RATE_HZ)).hasSize(3 * RATE_HZ);
    }

    @Test
    void shouldLeaveWhatHasNoSilenceAtItsEnds() {
        float[] clip = clip(0.5f, 0.5f);
        assertThat(SpeechEdges.trim(clip, RATE_HZ)).isSameAs(clip);
        float[] shorter = new float[159];
        assertThat(SpeechEdges.trim(shorter, RATE_HZ)).as("less than a frame").isSameAs(shorter);
    }
}
