package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PitchTrackerTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH);

    private final LogMelProcessor processor = FrontEnd.of(SPEC).processor();

    /** Harmonics between 300 and 3,400 Hz alone, as a telephone line leaves of a voice. */
    @ParameterizedTest
    @ValueSource(doubles = {95, 120, 150, 185, 220, 300, 380})
    void shouldFindAFundamentalThatTheLineCutOff(double hz) {
        processor.frame(voice(hz, 0), 0);

        assertThat((double) processor.octaves()).isCloseTo(Math.log(hz / 150) / Math.log(2), within(0.05));
        assertThat(processor.voicing()).isGreaterThan(0.7f);
    }

    @Test
    void shouldFindItInNoise() {
        processor.frame(voice(200, 0.02), 0);

        assertThat((double) processor.octaves()).isCloseTo(Math.log(200 / 150.0) / Math.log(2), within(0.1));
    }

    @Test
    void shouldHearNoVoiceInNoise() {
        float mean = 0;
        for (int seed = 0; seed < 20; seed++) {
            processor.frame(noise(seed), 0);
            mean += processor.voicing() / 20;
        }

        assertThat(mean).isLessThan(0.45f);
    }

    @Test
    void shouldFindNothingInSilence() {
        processor.frame(new float[SPEC.frameSamples()], 0);

        assertThat(processor.octaves()).isZero();
        assertThat(processor.voicing()).isZero();
    }

    @Test
    void shouldBeIndependentOfTheLevel() {
        float[] loud = voice(170, 0);
        processor.frame(loud, 0);
        float octaves = processor.octaves();
        float voicing = processor.voicing();
        for (int i = 0; i < loud.length; i++) {
            loud[i] /= 64;
        }

        processor.frame(loud, 0);

        assertThat(processor.octaves()).isEqualTo(octaves, within(1e-5f));
        assertThat(processor.voicing()).isEqualTo(voicing, within(1e-5f));
    }

    @Test
    void shouldAgreeWithItsDefinition() {
        for (double hz : new double[] {90, 133, 210, 333}) {
            float[] frame = voice(hz, 0.01);
            double[] plain = plainly(frame);

            processor.frame(frame, 0);

            assertThat((double) processor.octaves()).isCloseTo(plain[0], within(1e-3));
            assertThat((double) processor.voicing()).isCloseTo(plain[1], within(1e-4));
        }
    }

    /** Octaves and voicing by the definition, in double precision: a plain Fourier transform, and a sum for each lag. */
    private static double[] plainly(float[] frame) {
        int n = frame.length;
        double[] hann = new double[n];
        for (int i = 0; i < n; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n);
        }
        double[] r = new double[n];
        double[] ofWindow = new double[n];
        for (int lag = 0; lag < n; lag++) {
            for (int i = 0; i < n; i++) {
                ofWindow[lag] += hann[i] * hann[(i + lag) % n];
            }
        }
        for (int bin = 9; bin * 8_000 / n <= 2_000; bin++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                re += hann[i] * frame[i] * Math.cos(2 * Math.PI * bin * i / n);
                im += hann[i] * frame[i] * Math.sin(2 * Math.PI * bin * i / n);
            }
            for (int lag = 0; lag < n; lag++) {
                r[lag] += (re * re + im * im) * Math.cos(2 * Math.PI * bin * lag / n);
            }
        }
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        double[] c = new double[n];
        for (int lag = 0; lag < n; lag++) {
            c[lag] = r[lag] / r[0] / (ofWindow[lag] / ofWindow[0]);
        }
        for (int lag = 20; lag <= 115; lag++) {
            double score = c[lag] - 0.05 * Math.log(lag / 20.0) / Math.log(2);
            if (c[lag] >= c[lag - 1] && c[lag] >= c[lag + 1] && score > most) {
                best = lag;
                most = score;
            }
        }
        double off = 0.5 * (c[best - 1] - c[best + 1]) / (c[best - 1] - 2 * c[best] + c[best + 1]);
        return new double[] {Math.log(8_000 / (best + off) / 150) / Math.log(2), Math.min(1, c[best])};
    }

    @Test
    void shouldRefuseFramesThatAreTooShort() {
        assertThatThrownBy(() -> SPEC.withPitch(new PitchSpec(60, 400, 2_000, 0.05, 0.45)))
                .hasMessageContaining("two periods");
        assertThatThrownBy(() -> new PitchSpec(400, 70, 2_000, 0.05, 0.45)).hasMessageContaining("leastHz=400");
        assertThatThrownBy(() -> FeatureSpecs.reference().withPitch(FeatureSpecs.TELEPHONE_PITCH))
                .hasMessageContaining("a mean has no pitch");
    }

    private static float[] voice(double hz, double noise) {
        float[] samples = new float[SPEC.frameSamples()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples.length; i++) {
            double sum = noise * random.nextGaussian();
            for (int k = 1; k * hz < 3_400; k++) {
                if (k * hz > 300) {
                    sum += 0.1 / k * Math.cos(2 * Math.PI * k * hz * i / SPEC.sampleRateHz() + k);
                }
            }
            samples[i] = (float) sum;
        }
        return samples;
    }

    private static float[] noise(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[SPEC.frameSamples()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        return samples;
    }
}
