package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.training.corpus.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierSpeechTest {
    private static final int RATE_HZ = 8_000;
    private static final int DRAWS = 400;

    @TempDir
    Path folder;

    private final List<Clip> clips = new ArrayList<>();

    @Test
    void shouldDrawMostlyOrdinarySpeechOfTheSameSpeaker() throws IOException {
        Clip first = clip("ann", "neutral", 0.1f);
        clip("ann", "calm", 0.2f);
        clip("ann", "angry", 0.3f);
        clip("bob", "neutral", 0.4f);
        EarlierSpeech earlier = new EarlierSpeech(clips);
        SplittableRandom random = new SplittableRandom(1);
        int none = 0;
        List<Float> drawn = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            List<float[]> before = earlier.draw(first, RATE_HZ, random);
            none += before.isEmpty() ? 1 : 0;
            assertThat(before).hasSizeLessThanOrEqualTo(4).allMatch(samples -> samples.length == 4 * RATE_HZ);
            before.forEach(samples -> drawn.add(Math.round(10 * samples[0]) / 10f));
        }
        assertThat(none).isBetween(DRAWS * 2 / 5, DRAWS * 3 / 5);
        assertThat(drawn).containsOnly(0.2f, 0.3f); // neither itself nor another speaker
        assertThat(drawn.stream().filter(value -> value == 0.3f).count()).isBetween(1L, (long) drawn.size() / 5);
    }

    @Test
    void shouldDrawNothingWhereASpeakerHasNoOtherOrdinarySpeech() throws IOException {
        Clip only = clip("ann", "neutral", 0.1f);
        clip("ann", "angry", 0.3f);
        EarlierSpeech earlier = new EarlierSpeech(clips);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            assertThat(earlier.draw(only, RATE_HZ, random)).isEmpty();
        }
    }

    @Test
    void shouldBeKnownByTheSpeakersClips() throws IOException {
        Clip first = clip("ann", "neutral", 0.1f);
        String alone = new EarlierSpeech(List.of(first)).identity(first);
        clip("bob", "neutral", 0.2f);
        assertThat(new EarlierSpeech(clips).identity(first)).isEqualTo(alone);
        clip("ann", "calm", 0.3f);
        assertThat(new EarlierSpeech(clips).identity(first)).isNotEqualTo(alone);
    }

    /** Five seconds of one value. */
    private Clip clip(String speaker, String label, float value) throws IOException {
        Path file = folder.resolve("clip-" + clips.size() + ".wav");
        float[] samples = new float[5 * RATE_HZ];
        Arrays.fill(samples, value);
        AudioWriter.writeWav(file, new Recording(RATE_HZ, new float[][] {samples}), SampleFormat.PCM_S16LE);
        clips.add(new Clip("corpus", file, speaker, label));
        return clips.get(clips.size() - 1);
    }
}
