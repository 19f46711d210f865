package io.undertone.training.hearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.OrdinarySpeech;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HearingTest {
    private static final int RATE_HZ = 8_000;
    private static final FeatureSpec SPEC = FeatureSpecs.telephone().withContrast(FeatureSpecs.TELEPHONE_CONTRAST);

    @TempDir
    Path folder;

    private final List<Clip> clips = new ArrayList<>();
    private final Hearing hearing = new Hearing(SPEC, LegSettings.DEFAULT, 1);

    @Test
    void shouldHearAClipAfterOrdinaryOnesOfItsSpeaker() throws IOException {
        clip("ann", "neutral", 0.05, 4);
        clip("ann", "calm", 0.05, 2.5);
        clip("ann", "angry", 0.2, 5.2);
        clip("bob", "neutral", 0.2, 4);
        List<HeardClip> after =
                hearing.hear(clips, new Hearing.Before(new OrdinarySpeech(clips), 3), Condition.TELEPHONE, done -> {});
        List<HeardClip> alone = hearing.hear(clips, Condition.TELEPHONE, done -> {});

        assertThat(after).hasSameSizeAs(alone);
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i).clip()).isEqualTo(clips.get(i));
            assertThat(after.get(i).windows()).hasSameSizeAs(alone.get(i).windows());
        }
        assertThat(level(alone.get(2))).isZero();
        assertThat(level(after.get(2))).isBetween(1f, 2f); // 12 dB are two units, which are believed by two thirds
        assertThat(level(after.get(3))).isZero(); // a speaker with nothing else
    }

    @Test
    void shouldHearAClipThatIsShorterThanAWindow() throws IOException {
        clip("ann", "neutral", 0.05, 4);
        for (double seconds : new double[] {0.8, 1.5, 2.3}) {
            clip("ann", "sad", 0.05, seconds);
        }
        for (HeardClip heard : hearing.hear(
                        clips, new Hearing.Before(new OrdinarySpeech(clips), 1), Condition.TELEPHONE, done -> {})
                .subList(1, clips.size())) {
            assertThat(heard.windows()).hasSize(1);
            assertThat(level(heard)).isNotZero();
        }
    }

    /** The contrast of the lowest bands of its first window. */
    private static float level(HeardClip heard) {
        return heard.windows().get(0).contrast(0);
    }

    /** Noise, loud for a quarter of a second, then faint for as long, and so on. */
    private void clip(String speaker, String label, double loud, double seconds) throws IOException {
        SplittableRandom random = new SplittableRandom(clips.size());
        float[] samples = new float[(int) (seconds * RATE_HZ)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) ((i / 2_000 % 2 == 0 ? loud : loud / 100) * random.nextGaussian());
        }
        Path file = folder.resolve("clip-" + clips.size() + ".wav");
        AudioWriter.writeWav(file, new Recording(RATE_HZ, new float[][] {samples}), SampleFormat.PCM_S16LE);
        clips.add(new Clip("corpus", file, speaker, label));
    }
}
