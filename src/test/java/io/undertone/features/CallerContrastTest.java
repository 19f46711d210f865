package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallerContrastTest {
    /** Two groups of 20 bands; a second of speech, 50 frames, is believed by half. */
    private static final FeatureSpec SPEC =
            FeatureSpecs.telephone().withContrast(new ContrastSpec(2, 6, FeatureSpecs.TELEPHONE_PITCH, 0.5, 3, 1));

    private static final int FRAMES = 150;

    private final CallerContrast contrast = new CallerContrast(SPEC);

    @Test
    void shouldSayNothingOfTheFirstWindow() {
        assertThat(window(-40, -50, 0.3f, 50)).containsExactly(0, 0, 0);
    }

    @Test
    void shouldTellHowFarAWindowIsFromThoseBefore() {
        window(-40, -50, 0.3f, 50);
        // 12 dB are two units, -3 dB half of one, a quarter of an octave half of one; 50 frames learned are believed by
        // half.
        assertThat(window(-28, -53, 0.55f, 50)).containsExactly(new float[] {1, -0.25f, 0.25f}, within(1e-5f));
    }

    @Test
    void shouldLearnOnlyWhatLeaves() {
        window(-40, -50, 0.3f, 50);
        window(-28, -50, 0.3f, 100);
        // 50 frames at -40 and 100 at -28 have a mean of -32.
        float belief = 150 / 200f;
        assertThat(window(-32, -50, 0.3f, 0)).containsExactly(new float[] {0, 0, 0}, within(1e-4f));
        assertThat(window(-26, -50, 0.3f, 0)).containsExactly(new float[] {belief, 0, 0}, within(1e-4f));
    }

    @Test
    void shouldClipWhatIsFarAway() {
        window(-40, -50, 0, 50);
        assertThat(window(0, -100, 3, 0)).containsExactly(1.5f, -1.5f, 1.5f);
    }

    @Test
    void shouldKnowNoPitchOfWhatIsNotVoiced() {
        window(-40, -50, Float.NaN, 50);
        assertThat(window(-40, -50, 1, 50)).containsExactly(0, 0, 0);
        assertThat(window(-40, -50, Float.NaN, 0)[2]).isZero();
    }

    @Test
    void shouldPassOverSilence() {
        boolean[] speech = new boolean[FRAMES];
        Arrays.fill(speech, 0, 75, true);
        float[][] logMel = logMel(-40, -40);
        for (float[] band : logMel) {
            Arrays.fill(band, 75, FRAMES, -90);
        }
        float[] target = new float[3];
        contrast.window(logMel, FRAMES, speech, new float[FRAMES], new float[FRAMES], FRAMES, target);
        float belief = 75 / 125f;
        assertThat(window(-34, -40, Float.NaN, 0)).containsExactly(new float[] {belief, 0, 0}, within(1e-5f));
    }

    @Test
    void shouldContinueFromItsState() {
        window(-40, -50, 0.3f, 50);
        ByteBuffer state = ByteBuffer.allocate(contrast.stateBytes());
        contrast.writeTo(state);
        assertThat(state.hasRemaining()).isFalse();
        CallerContrast restored = new CallerContrast(SPEC);
        restored.readFrom(state.flip());
        assertThat(window(restored, -28, -53, 0.55f, 0)).containsExactly(window(-28, -53, 0.55f, 0));
    }

    @Test
    void shouldNeedAContrast() {
        assertThatThrownBy(() -> new CallerContrast(FeatureSpecs.telephone()))
                .hasMessageContaining("spec must have contrast: contrast=null");
    }

    private float[] window(float lowDb, float highDb, float octaves, int leaving) {
        return window(contrast, lowDb, highDb, octaves, leaving);
    }

    /** A window of speech throughout, voiced unless {@code octaves} is NaN. */
    private static float[] window(CallerContrast contrast, float lowDb, float highDb, float octaves, int leaving) {
        boolean[] speech = new boolean[FRAMES];
        Arrays.fill(speech, true);
        float[] pitch = new float[FRAMES];
        float[] voicing = new float[FRAMES];
        if (!Float.isNaN(octaves)) {
            Arrays.fill(pitch, octaves);
            Arrays.fill(voicing, 0.9f);
        }
        float[] target = new float[3];
        contrast.window(logMel(lowDb, highDb), FRAMES, speech, pitch, voicing, leaving, target);
        return target;
    }

    private static float[][] logMel(float lowDb, float highDb) {
        float[][] logMel = new float[40][FRAMES];
        for (int band = 0; band < 40; band++) {
            Arrays.fill(logMel[band], band < 20 ? lowDb : highDb);
        }
        return logMel;
    }
}
