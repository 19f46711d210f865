package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PitchContourTest {
    private static final float V = 0.9f;
    private final PitchContour contour = new PitchContour(FeatureSpecs.TELEPHONE_PITCH);

    /** From 150 to 300 Hz: contour from -1 to 1, height from 0 to 1. */
    @Test
    void shouldBeHalfOctavesFromTheMiddle() {
        int frames = 101;
        float[] octaves = new float[frames];
        float[] voicing = new float[frames];
        for (int i = 0; i < frames; i++) {
            octaves[i] = i / 100f;
            voicing[i] = V;
        }

        float[][] pitch = of(octaves, voicing);

        assertThat(pitch[0][2]).isCloseTo(-0.96f, within(1e-5f));
        assertThat(pitch[0][50]).isCloseTo(0, within(1e-5f));
        assertThat(pitch[0][98]).isCloseTo(0.96f, within(1e-5f));
        assertThat(pitch[1][75]).isCloseTo(0.75f, within(1e-5f));
        assertThat(pitch[2][10]).isCloseTo(0.6f, within(1e-5f));
    }

    @Test
    void shouldPassOverASingleFrameAnOctaveOff() {
        float[] octaves = {1, 1, 1, 0, 1, 1, 1, 1};
        float[][] pitch = of(octaves, new float[] {V, V, V, V, V, V, V, V});

        assertThat(pitch[1]).containsExactly(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, within(1e-6f));
    }

    @Test
    void shouldBridgeWhatIsNotVoiced() {
        float[] octaves = {9, 0, 0, 0, 0, 9, 9, 9, 1, 1, 1, 1, 9};
        float[] voicing = {0, V, V, V, V, 0, 0, 0, V, V, V, V, 0};
        float[][] pitch = of(octaves, voicing);

        assertThat(pitch[1][0]).isEqualTo(pitch[1][1]);
        assertThat(pitch[1][6]).isCloseTo((pitch[1][4] + pitch[1][8]) / 2, within(1e-6f));
        assertThat(pitch[1][12]).isEqualTo(pitch[1][11]);
        assertThat(pitch[2][0]).isCloseTo(-0.6f, within(1e-6f));
    }

    @Test
    void shouldHaveNoPitchWithoutVoicedFrames() {
        float[][] pitch = of(new float[] {1, 1, 1, 1}, new float[] {0.1f, V, V, 0.1f});

        assertThat(pitch[0]).containsOnly(0);
        assertThat(pitch[1]).containsOnly(0);
    }

    private float[][] of(float[] octaves, float[] voicing) {
        float[][] pitch = new float[PitchSpec.VALUES][octaves.length];
        contour.of(octaves, voicing, octaves.length, pitch);
        return pitch;
    }
}
