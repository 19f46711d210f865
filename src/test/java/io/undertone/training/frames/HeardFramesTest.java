package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.SpeechGate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeardFramesTest {
    private static final PictureInput INPUT = PictureInput.BANDS_PITCH_AND_CONTRAST;
    private static final FeatureSpec SPEC = INPUT.spec();
    private static final int GROUPS = 4;
    private final FrontEnd frontEnd = FrontEnd.withTract(SPEC, 1);

    @Test
    void shouldCompareAClipWithWhatWasSaidBefore() {
        float[] samples = noise(6);
        for (int i = 24_000; i < samples.length; i++) {
            samples[i] *= 2;
        }
        HeardFrames frames = HeardFrames.of(samples, 24_000, frontEnd);

        float[] contrast = contrast(frames);

        float belief = contrast[GROUPS + 1];
        assertThat(belief).isBetween(0.5f, 0.75f); // of three seconds of frames, half or more are speech
        for (int group = 0; group < GROUPS; group++) {
            assertThat(contrast[group]).isCloseTo(belief, within(0.1f)); // twice as loud is 6 dB, one unit
        }
    }

    @Test
    void shouldKnowNothingOfAClipByItself() {
        assertThat(contrast(HeardFrames.of(noise(3), 0, frontEnd))).containsOnly(0);
    }

    @Test
    void shouldDrawWindowsOfTheClipAlone() {
        HeardFrames frames = HeardFrames.of(noise(4), 24_000, frontEnd);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            assertThat(WindowCopy.draw(frames, frontEnd, INPUT, random).rows()).isBetween(1, 50);
        }
    }

    private static float[] contrast(HeardFrames frames) {
        int count = frames.count() - frames.clipFrom();
        boolean[] speech = new boolean[count];
        new SpeechGate(SPEC.gate())
                .judge(frames.levels(frames.clipFrom(), frames.count()), count, speech, new boolean[count]);
        return frames.contrast(frames.clipFrom(), frames.count(), speech, SPEC);
    }

    /** White noise at 8 kHz, loud for a quarter of a second, then faint for as long, and so on. */
    private static float[] noise(int seconds) {
        SplittableRandom random = new SplittableRandom(3);
        float[] samples = new float[8_000 * seconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((i / 2_000 % 2 == 0 ? 0.1 : 0.001) * random.nextGaussian());
        }
        return samples;
    }
}
