package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import be.tarsos.dsp.resample.Resampler;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Sample-rate conversion against its definition (a band-limited signal is the same function of time at both rates; what the lower
 * rate cannot hold is gone), against TarsosDSP's own resampler, and however the input is cut.
 */
class StreamingResamplerTest {
    private static final int[][] RATES = {
        {8_000, 22_050},
        {16_000, 8_000},
        {16_000, 22_050},
        {44_100, 8_000},
        {48_000, 8_000},
        {48_000, 22_050},
        {11_025, 8_000},
        {8_001, 8_000},
        {12_347, 22_050}
    };

    static float[] resample(float[] input, int fromHz, int toHz) {
        StreamingResampler resampler = new StreamingResampler(fromHz, toHz);
        float[] output = new float[resampler.maxOutputs(input.length) + resampler.maxOutputs(0)];
        int made = resampler.process(input, 0, input.length, output, 0);
        made += resampler.finish(output, made);
        return Arrays.copyOf(output, made);
    }

    private static float[] tone(double hz, int rateHz, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return tone;
    }

    @Test
    void shouldKeepTonesThatBothRatesHold() {
        for (int[] rates : RATES) {
            double lower = Math.min(rates[0], rates[1]);
            for (double share : new double[] {0.01, 0.1, 0.25, 0.37}) {
                float[] output = resample(tone(share * lower, rates[0], rates[0] / 2), rates[0], rates[1]);
                float[] expected = tone(share * lower, rates[1], output.length);
                for (int i = 200; i < output.length - 200; i++) {
                    assertThat(output[i])
                            .as("%.0f Hz, %d -> %d Hz, output %d", share * lower, rates[0], rates[1], i)
                            .isCloseTo(expected[i], within(2e-3f));
                }
            }
        }
    }

    @Test
    void shouldTakeAwayWhatTheLowerRateCannotHold() {
        for (int[] rates : RATES) {
            if (rates[0] <= rates[1] || rates[0] < 1.1 * rates[1]) {
                continue;
            }
            double hz = 0.54 * rates[1];
            float[] output = resample(tone(hz, rates[0], rates[0] / 2), rates[0], rates[1]);
            assertThat(rms(Arrays.copyOfRange(output, 200, output.length - 200)))
                    .as("%.0f Hz, %d -> %d Hz", hz, rates[0], rates[1])
                    .isLessThan(0.354 * 1e-3);
        }
    }

    @Test
    void shouldAddNoImagesGoingUp() {
        // A tone of 3 kHz at 8 kHz has its image at 5 kHz: what is left after taking the tone away must be 60 dB below
        // it.
        float[] output = resample(tone(3_000, 8_000, 8_000), 8_000, 22_050);
        float[] expected = tone(3_000, 22_050, output.length);
        float[] rest = new float[output.length - 2_000];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = output[i + 1_000] - expected[i + 1_000];
        }
        assertThat(rms(rest)).isLessThan(0.354 * 2e-3);
    }

    private static double rms(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    @Test
    void shouldAgreeWithTarsosDspsResampler() {
        Random random = new Random(7);
        for (int[] rates : RATES) {
            float[] input = new float[rates[0] / 4];
            for (int i = 0; i < input.length; i++) {
                input[i] = random.nextFloat() - 0.5f;
            }
            double factor = (double) rates[1] / rates[0];
            float[] theirs = new float[(int) (input.length * factor) + 10];
            int made = new Resampler(true, factor, factor)
                    .process(factor, input, 0, input.length, true, theirs, 0, theirs.length)
                    .outputSamplesGenerated;
            float[] ours = resample(input, rates[0], rates[1]);
            assertThat(Math.abs(made - ours.length)).isLessThanOrEqualTo(1);
            for (int i = 0; i < Math.min(made, ours.length); i++) {
                // Theirs takes the nearest lower of 4,096 points between crossings, ours lies on a line between 512.
                assertThat(ours[i])
                        .as("%d -> %d Hz, output %d", rates[0], rates[1], i)
                        .isCloseTo(theirs[i], within(1e-3f));
            }
        }
    }

    @Test
    void shouldPassEqualRatesThrough() {
        float[] input = tone(500, 8_000, 1_000);
        assertThat(resample(input, 8_000, 8_000)).containsExactly(input);
    }

    @Test
    void shouldGiveAsManyOutputsAsStandBeforeTheEnd() {
        assertThat(resample(new float[8_000], 8_000, 22_050)).hasSize(22_050);
        assertThat(resample(new float[1], 8_000, 22_050)).hasSize(3);
        assertThat(resample(new float[7], 48_000, 8_000)).hasSize(2);
    }

    @Property(tries = 100)
    void shouldGiveTheSameOutputsHoweverInputIsCutAndResumed(
            @ForAll @IntRange(min = 0, max = 8) int pair,
            @ForAll @IntRange(min = 1, max = 3_000) int length,
            @ForAll long seed) {
        int from = RATES[pair][0];
        int to = RATES[pair][1];
        Random random = new Random(seed);
        float[] input = new float[length];
        for (int i = 0; i < length; i++) {
            input[i] = random.nextFloat() - 0.5f;
        }
        float[] expected = resample(input, from, to);

        StreamingResampler resampler = new StreamingResampler(from, to);
        float[] output = new float[expected.length + 10];
        int made = 0;
        long wanted = 0;
        for (int at = 0; at < length; ) {
            int count = Math.min(length - at, 1 + random.nextInt(400));
            made += resampler.process(input, at, count, output, made);
            at += count;
            wanted = Math.max(wanted, resampler.nextOutput() - random.nextInt(50));
            resampler.keepFrom(wanted);
            if (random.nextInt(3) == 0) {
                float[] history = new float[resampler.historyLength()];
                resampler.copyHistory(history, 0);
                StreamingResampler resumed = new StreamingResampler(from, to, wanted);
                assertThat(resumed.firstInputOf(wanted) + history.length).isEqualTo(at);
                made = (int) wanted + resumed.process(history, 0, history.length, output, (int) wanted);
                assertThat(resumed.nextOutput()).isEqualTo(resampler.nextOutput());
                resampler = resumed;
            }
        }
        made += resampler.finish(output, made);
        assertThat(Arrays.copyOf(output, made)).containsExactly(expected);
    }
}
