package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class VoiceFeaturesTest {
    private static final int FRAMES = 150;

    /** A spectrum of two peaks, in frames 20 to 119, over a floor that wavers by a dB. */
    private static float[][] tone(float levelDb) {
        Random random = new Random(3);
        float[][] logMel = new float[VoiceFeatures.BANDS][FRAMES];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int band = 0; band < VoiceFeatures.BANDS; band++) {
                boolean sounds = frame >= 20 && frame < 120 && (band == 5 || band == 30);
                logMel[band][frame] = levelDb + (sounds ? 20 : -20 + random.nextInt(100) / 100f);
            }
        }
        return logMel;
    }

    private static boolean[] speech() {
        boolean[] speech = new boolean[FRAMES];
        for (int i = 20; i < 120; i++) {
            speech[i] = true;
        }
        return speech;
    }

    @Test
    void shouldSayTheSameAtAnyLevel() {
        float[] loud = new VoiceFeatures().of(tone(0), FRAMES, speech()).clone();
        float[] faint = new VoiceFeatures().of(tone(-32), FRAMES, speech());
        assertThat(loud).hasSize(VoiceFeatures.COUNT);
        for (int i = 0; i < loud.length; i++) {
            assertThat(faint[i]).as("number %d", i).isCloseTo(loud[i], within(2e-3f));
        }
    }

    @Test
    void shouldHearThatATonesDetailLasts() {
        float[] values = new VoiceFeatures().of(tone(0), FRAMES, speech());
        // 40 means, 40 spreads, 40 steps, 3 energies, 8 groups; then lower and upper bands at lags 1, 2, 4 ...
        for (int i = 131; i < 139; i++) {
            assertThat(values[i]).as("number %d", i).isGreaterThan(0.9f);
        }
        assertThat(values[5]).as("the peak's band over the mean").isCloseTo(38, within(1f));
    }

    @Test
    void shouldReadAWindowAfterALongerOne() {
        VoiceFeatures features = new VoiceFeatures();
        float[] first = features.of(tone(0), 100, speech()).clone();
        features.of(tone(0), FRAMES, speech());
        assertThat(features.of(tone(0), 100, speech())).isEqualTo(first);
    }

    @Test
    void shouldRefuseAWindowWithoutSpeech() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VoiceFeatures().of(tone(0), FRAMES, new boolean[FRAMES]))
                .withMessageContaining("speech=0");
    }
}
