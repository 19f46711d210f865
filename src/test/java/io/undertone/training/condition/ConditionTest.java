package io.undertone.training.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.PcmDecoder;
import io.undertone.audio.SampleFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final int RATE_HZ = 16_000;

    @Test
    void shouldPassTheTelephoneBandAndStopWhatLiesOutside() {
        assertThat(telephoneLevelDb(1_000)).isCloseTo(-20, within(0.3));
        assertThat(telephoneLevelDb(300)).isCloseTo(-23, within(0.5)); // -3 dB at the edge
        assertThat(telephoneLevelDb(150)).isLessThan(-43); // 24 dB an octave
        assertThat(telephoneLevelDb(5_000)).isLessThan(-60); // would fold to 3 kHz
    }

    @Test
    void shouldChangeTheLevelByAtMost12Db() {
        double telephone = levelDb(Condition.TELEPHONE.apply(sine(1_000, 0.05), RATE_HZ, 1, "a"));
        double widest = 0;
        for (int i = 0; i < 50; i++) {
            double change = levelDb(Condition.GAIN.apply(sine(1_000, 0.05), RATE_HZ, 1, "clip-" + i)) - telephone;
            assertThat(Math.abs(change)).isLessThanOrEqualTo(12.1);
            widest = Math.max(widest, Math.abs(change));
        }
        assertThat(widest).isGreaterThan(8);
    }

    @Test
    void shouldAddNoise10DbBelowTheSpeech() {
        // Speech for half the time: the noise is measured in the other half.
        float[] samples = sine(1_000, 0.1);
        java.util.Arrays.fill(samples, samples.length / 2, samples.length, 0);
        float[] out = decode(Condition.NOISE.apply(samples, RATE_HZ, 1, "a"));
        double speech = rmsDb(out, 0, out.length / 2);
        double noise = rmsDb(out, out.length / 2 + 400, out.length);
        // The speech's half holds the noise too: 10 log10(1 + 0.1) dB more.
        assertThat(speech - noise).isCloseTo(10.4, within(0.3));
    }

    @Test
    void shouldLoseOnePacketIn20() {
        LineAudio audio = Condition.LOSS.apply(new float[RATE_HZ * 60], RATE_HZ, 7, "a");
        assertThat(audio.packets()).isEqualTo(3_000);
        assertThat(audio.packetBytes()).isEqualTo(160);
        int lost = 0;
        for (int i = 0; i < audio.packets(); i++) {
            lost += audio.isLost(i) ? 1 : 0;
        }
        assertThat(lost).isBetween(110, 190);
    }

    @Test
    void shouldLeaveCleanRecordingsAtTheirRate() {
        LineAudio audio = Condition.CLEAN.apply(sine(440, 0.5), RATE_HZ, 1, "a");
        assertThat(audio.sampleRateHz()).isEqualTo(RATE_HZ);
        assertThat(audio.format()).isEqualTo(SampleFormat.PCM_S16LE);
    }

    @Test
    void shouldBringRatesThatNoLineHasIntoRange() {
        LineAudio fast = Condition.CLEAN.apply(new float[96_000], 96_000, 1, "a");
        LineAudio slow = Condition.CLEAN.apply(new float[6_000], 6_000, 1, "a");
        assertThat(fast.sampleRateHz()).isEqualTo(48_000);
        assertThat(slow.sampleRateHz()).isEqualTo(8_000);
        assertThat(decode(fast)).hasSize(48_000);
        assertThat(decode(slow)).hasSize(8_000);
    }

    @Test
    void shouldDrawTheSameForTheSameSeedAndClipWhateverTheOrder() {
        float[] samples = sine(700, 0.1);
        for (Condition condition : Condition.values()) {
            LineAudio first = condition.apply(samples, RATE_HZ, 5, "clip");
            condition.apply(samples, RATE_HZ, 5, "another");
            LineAudio again = condition.apply(samples, RATE_HZ, 5, "clip");
            assertThat(again.audio()).isEqualTo(first.audio());
            assertThat(again.hasLosses()).isEqualTo(first.hasLosses());
        }
        assertThat(Condition.GAIN.apply(samples, RATE_HZ, 6, "clip").audio())
                .isNotEqualTo(Condition.GAIN.apply(samples, RATE_HZ, 5, "clip").audio());
    }

    @Test
    void shouldReadNames() {
        assertThat(Condition.parse("clean, telephone,loss"))
                .isEqualTo(List.of(Condition.CLEAN, Condition.TELEPHONE, Condition.LOSS));
        assertThatThrownBy(() -> Condition.parse("clean,phone"))
                .hasMessageContaining("[clean, telephone, gain, noise, loss]")
                .hasMessageContaining("condition=phone");
    }

    @Test
    void shouldMakeSpeechFasterAndHigher() {
        float[] faster = decode(Line.of(sine(1_000, 0.1), RATE_HZ).speed(1.25).code(SampleFormat.PCM_S16LE));
        assertThat(faster.length).isEqualTo(Math.round(8_000 * 2 / 1.25));
        int crossings = 0;
        for (int i = 1; i < faster.length; i++) {
            crossings += faster[i - 1] < 0 && faster[i] >= 0 ? 1 : 0;
        }
        assertThat(crossings * 8_000.0 / faster.length).isCloseTo(1_250, within(3.0));
    }

    @Test
    void shouldDrawNoiseOfOneLevelWhateverItsColour() {
        for (double colour : new double[] {0, 0.5, 1}) {
            float[] noise = Noise.draw(10_000, colour, new SplittableRandom(1));
            assertThat(rmsDb(noise, 0, noise.length)).isCloseTo(0, within(0.01));
        }
    }

    private static double telephoneLevelDb(double hz) {
        return levelDb(Condition.TELEPHONE.apply(sine(hz, 0.1 * Math.sqrt(2)), RATE_HZ, 1, "a"));
    }

    private static float[] sine(double hz, double peak) {
        float[] samples = new float[2 * RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (peak * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
        }
        return samples;
    }

    private static float[] decode(LineAudio audio) {
        return PcmDecoder.decode(audio.format(), audio.audio());
    }

    private static double levelDb(LineAudio audio) {
        float[] samples = decode(audio);
        return rmsDb(samples, samples.length / 4, samples.length * 3 / 4);
    }

    private static double rmsDb(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / (to - from) + 1e-20);
    }
}
