package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The front end against its definitions, worked out slowly in double precision: the DFT as its sum, mel filters as librosa's
 * documentation defines them, 10 log10, the orthonormal DCT-II as its sum. Tolerance 2e-3 dB on energies and 1e-2 on coefficients.
 */
class DefinitionGoldenTest {
    private static final FeatureSpec SHORT_FRAME = new FeatureSpec(
            16_000,
            400,
            160,
            512,
            64,
            0,
            8_000,
            -100,
            40,
            3_000,
            1_000,
            Pooling.MEAN,
            0,
            0,
            LevelNormalisation.NONE,
            FeatureSpecs.TELEPHONE_GATE);

    @Test
    void shouldFollowTheDefinitionsOfTheReferenceSpec() {
        shouldFollowTheDefinitions(FeatureSpecs.reference());
    }

    @Test
    void shouldFollowTheDefinitionsOfTheTelephoneSpec() {
        shouldFollowTheDefinitions(FeatureSpecs.telephone());
    }

    @Test
    void shouldCentreAFrameShorterThanTheFft() {
        shouldFollowTheDefinitions(SHORT_FRAME);
    }

    private static void shouldFollowTheDefinitions(FeatureSpec spec) {
        Random random = new Random(5);
        FrontEnd frontEnd = FrontEnd.of(spec);
        LogMelProcessor processor = frontEnd.processor();
        for (double gain : new double[] {1, 0.01, 1e-5, 0}) {
            float[] samples = new float[spec.frameSamples() + 3];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (gain * (0.3 * Math.sin(0.21 * i) + 0.1 * random.nextGaussian()));
            }
            processor.frame(samples, 3);
            double[] energies = energies(spec, samples, 3);
            for (int band = 0; band < energies.length; band++) {
                double expected = Math.max(spec.floorDb(), 10 * Math.log10(energies[band]));
                assertThat((double) processor.logMel()[band])
                        .as("band %d at gain %s", band, gain)
                        .isCloseTo(expected, within(2e-3));
                energies[band] = expected;
            }
            float[] mfcc = new float[spec.coefficients() + 1];
            frontEnd.mfcc(processor.logMel(), 0, mfcc, 1);
            double[] expected = dct(energies, spec.coefficients());
            for (int k = 0; k < expected.length; k++) {
                assertThat((double) mfcc[k + 1]).as("coefficient %d", k).isCloseTo(expected[k], within(1e-2));
            }
        }
    }

    private static double[] energies(FeatureSpec spec, float[] samples, int from) {
        int n = spec.fftSamples();
        int frame = spec.frameSamples();
        double[] padded = new double[n];
        for (int i = 0; i < frame; i++) {
            double hann = 0.5 * (1 - Math.cos(2 * Math.PI * i / frame));
            padded[(n - frame) / 2 + i] = samples[from + i] * hann;
        }
        double[] power = new double[n / 2 + 1];
        for (int bin = 0; bin < power.length; bin++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                double angle = -2 * Math.PI * ((long) bin * i % n) / n;
                re += padded[i] * Math.cos(angle);
                im += padded[i] * Math.sin(angle);
            }
            power[bin] = re * re + im * im;
        }
        double[] energies = new double[spec.melBands()];
        double lowest = mel(spec.fMinHz());
        double step = (mel(spec.fMaxHz()) - lowest) / (spec.melBands() + 1);
        for (int band = 0; band < energies.length; band++) {
            double low = hz(lowest + band * step);
            double peak = hz(lowest + (band + 1) * step);
            double high = hz(lowest + (band + 2) * step);
            for (int bin = 0; bin < power.length; bin++) {
                double at = (double) bin * spec.sampleRateHz() / n;
                double triangle = at <= peak ? (at - low) / (peak - low) : (high - at) / (high - peak);
                energies[band] += Math.max(0, triangle) * 2 / (high - low) * power[bin];
            }
        }
        return energies;
    }

    private static double mel(double hz) {
        return hz < 1_000 ? 3 * hz / 200 : 15 + 27 * Math.log(hz / 1_000) / Math.log(6.4);
    }

    private static double hz(double mel) {
        return mel < 15 ? 200 * mel / 3 : 1_000 * Math.pow(6.4, (mel - 15) / 27);
    }

    private static double[] dct(double[] values, int coefficients) {
        double[] result = new double[coefficients];
        for (int k = 0; k < coefficients; k++) {
            for (int n = 0; n < values.length; n++) {
                result[k] += values[n] * Math.cos(Math.PI * k * (n + 0.5) / values.length);
            }
            result[k] *= Math.sqrt((k == 0 ? 1.0 : 2.0) / values.length);
        }
        return result;
    }
}
