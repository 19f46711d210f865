package io.undertone.training.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.undertone.audio.AudioFile;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is nobody's voice gets no window on a leg of the telephone spec that tells voices; what is keeps its own. */
class NotSpeechTest {
    private static final Path CALLS = Path.of("../shared/data/calls");
    private static final int RATE_HZ = MadeUpSound.RATE_HZ;

    private static LegReport leg(FeatureSpec spec, float[] samples) {
        try {
            byte[] audio = PcmEncoder.encode(SampleFormat.MULAW, samples, 0, samples.length);
            Leg leg = null;
            for (int from = 0; from < audio.length; from += RATE_HZ / 5) {
                int to = Math.min(audio.length, from + RATE_HZ / 5);
                Chunk chunk = Chunk.of(
                        from,
                        from * 1000L / RATE_HZ,
                        SampleFormat.MULAW,
                        RATE_HZ,
                        Arrays.copyOfRange(audio, from, to),
                        to == audio.length,
                        audio.length);
                leg = leg == null ? Leg.open(spec, LegSettings.DEFAULT, chunk, 0) : leg;
                leg.accept(chunk, from * 1000L / RATE_HZ, window -> {});
            }
            assertThat(leg).isNotNull();
            return leg.end(EndReason.LAST_CHUNK, window -> {});
        } catch (ChunkRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static LegReport leg(float[] samples) {
        return leg(FeatureSpecs.telephoneVoice(), samples);
    }

    private static float[] scaled(float[] samples, double by) {
        float[] scaled = new float[samples.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (samples[i] * by);
        }
        return scaled;
    }

    private static float[] noise(int seconds, double rms, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[seconds * RATE_HZ];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (rms * random.nextGaussian());
        }
        return noise;
    }

    /** With a line's own faint noise, as without. */
    @Test
    void shouldGiveNoWindowOfTheTonesOfAnyNetwork() {
        int windows = 0;
        int given = 0;
        for (Cadence cadence : Cadence.NATIONAL) {
            float[] tone = scaled(cadence.sound(20 * RATE_HZ, RATE_HZ), 0.1);
            float[] line = noise(20, 5e-4, 1);
            for (int i = 0; i < tone.length; i++) {
                line[i] += tone[i];
            }
            for (float[] samples : new float[][] {tone, line}) {
                LegReport report = leg(samples);
                given += report.windows();
                windows += report.windows() + report.silentWindows() + report.notSpeechWindows();
            }
        }
        assertThat(windows).isEqualTo(2 * 18 * Cadence.NATIONAL.size());
        assertThat(given).isLessThanOrEqualTo(windows / 100);
    }

    @ParameterizedTest
    @EnumSource(MadeUpSound.class)
    void shouldGiveHardlyAWindowOfAnyFamilyOfSounds(MadeUpSound family) {
        int given = 0;
        int all = 0;
        for (int k = 0; k < 12; k++) {
            float[] sound = family.draw(12 * RATE_HZ, new SplittableRandom(1_000 + k));
            LegReport report = leg(scaled(sound, 0.15));
            given += report.windows();
            all += report.windows() + report.silentWindows() + report.notSpeechWindows();
        }
        assertThat(given).as("of %d windows", all).isLessThanOrEqualTo(all / 20);
    }

    /** 15 % of the packets lost over faint noise: 14 s of "speech" in 20 before zeros said nothing. */
    @Test
    void shouldGiveNoWindowOfNoiseOfWhichPacketsWereLost() {
        float[] noise = noise(20, 1e-3, 2);
        SplittableRandom random = new SplittableRandom(3);
        for (int from = 0; from < noise.length; from += RATE_HZ / 50) {
            if (random.nextDouble() < 0.15) {
                Arrays.fill(noise, from, from + RATE_HZ / 50, 0);
            }
        }
        assertThat(leg(FeatureSpecs.telephone(), noise).windows()).isPositive();
        LegReport report = leg(noise);
        assertThat(report.windows()).isZero();
        assertThat(report.speechMs()).isZero();
    }

    /** 400 ms sent, 100 ms left out, over and over. */
    @Test
    void shouldGiveNoWindowOfNoiseThatIsSentNowAndThen() {
        float[] noise = noise(20, 1e-3, 4);
        for (int from = 0; from < noise.length; from += RATE_HZ / 2) {
            Arrays.fill(noise, from, from + RATE_HZ / 10, 0);
        }
        LegReport report = leg(noise);
        assertThat(report.windows()).isZero();
        assertThat(report.speechMs()).isZero();
    }

    /** A second of nothing, then the quiet of a line. */
    @Test
    void shouldGiveNoWindowBeforeTheVoice() {
        float[] quiet = noise(10, 3e-4, 5);
        Arrays.fill(quiet, 0, RATE_HZ, 0);
        assertThat(leg(quiet).windows()).isZero();
    }

    @Test
    void shouldCountWhatHasNoVoiceApartFromSilence() {
        int notSpeech = 0;
        for (MadeUpSound sound : MadeUpSound.values()) {
            float[] audio = Arrays.copyOf(scaled(sound.draw(10 * RATE_HZ, new SplittableRandom(6)), 0.2), 20 * RATE_HZ);
            LegReport report = leg(audio);
            assertThat(report.windows() + report.silentWindows() + report.notSpeechWindows())
                    .as(sound.name())
                    .isEqualTo(18);
            assertThat(leg(FeatureSpecs.telephone(), audio).notSpeechWindows()).isZero();
            notSpeech += report.notSpeechWindows();
        }
        assertThat(notSpeech).isGreaterThan(10);
    }

    @Test
    void shouldKeepTheWindowsOfCalls() throws IOException {
        assumeThat(CALLS).as("the calls, which can't be redistributed").isDirectory();
        int kept = 0;
        int before = 0;
        for (int call = 1; call <= 4; call++) {
            Path file = CALLS.resolve("call-" + call + ".wav");
            assumeThat(Files.exists(file)).isTrue();
            Recording recording = AudioFile.read(file);
            for (int channel = 0; channel < recording.channels(); channel++) {
                float[] samples = recording.channel(channel);
                LegReport report = leg(samples);
                kept += report.windows();
                before += leg(FeatureSpecs.telephone(), samples).windows();
            }
        }
        assertThat(kept).isGreaterThanOrEqualTo((int) Math.ceil(0.98 * before));
    }
}
