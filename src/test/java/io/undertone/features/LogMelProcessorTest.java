package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogMelProcessorTest {
    private final FeatureSpec spec = FeatureSpecs.telephone();
    private final LogMelProcessor processor = FrontEnd.of(spec).processor();

    private float[] sine(double hz, double amplitude) {
        float[] frame = new float[spec.frameSamples()];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / spec.sampleRateHz()));
        }
        return frame;
    }

    @Test
    void shouldMeasureTheLevelWithinTheMelBands() {
        processor.frame(sine(1_000, 1), 0);
        assertThat(processor.levelDb()).isCloseTo(-3.01f, within(0.02f));
        processor.frame(sine(1_000, 0.1), 0);
        assertThat(processor.levelDb()).isCloseTo(-23.01f, within(0.02f));
        processor.frame(sine(60, 1), 0);
        assertThat(processor.levelDb()).as("hum below the bands").isLessThan(-40);
        processor.frame(new float[spec.frameSamples()], 0);
        assertThat(processor.levelDb()).isEqualTo(LogMelProcessor.SILENCE_DB);
        assertThat(processor.logMel()).containsOnly((float) spec.floorDb());
    }

    @Test
    void shouldMeasureLevelsUpToTheEdgeOfTheSpectrum() {
        FeatureSpec reference = FeatureSpecs.reference();
        LogMelProcessor wide = FrontEnd.of(reference).processor();
        float[] noise = new float[reference.frameSamples()];
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / noise.length);
            sum += noise[i] * hann * noise[i] * hann;
        }
        wide.frame(noise, 0);
        double expected = 10 * Math.log10(sum / (0.375 * noise.length));
        assertThat((double) wide.levelDb()).isCloseTo(expected, within(0.01));
    }

    @Test
    void shouldServeAsATarsosDspProcessor() {
        float[] frame = sine(700, 0.5);
        processor.frame(frame, 0);
        float[] expected = processor.logMel().clone();
        processor.frame(new float[frame.length], 0);

        AudioEvent event = new AudioEvent(new TarsosDSPAudioFormat(8_000, 16, 1, true, false));
        event.setFloatBuffer(frame);
        assertThat(processor.process(event)).isTrue();
        assertThat(processor.logMel()).containsExactly(expected);
    }

    @Test
    void shouldTakeLogarithmsToWithinAHundredThousandthOfADecibel() {
        Random random = new Random(2);
        for (int i = 0; i < 200_000; i++) {
            float power = (float) Math.pow(10, -30 + 40 * random.nextDouble());
            double expected = 10 * Math.log10(power);
            assertThat(Math.abs(Decibel.of(power) - expected)).isLessThan(1e-5 + Math.abs(expected) * 2e-7);
        }
        assertThat(Decibel.of(1)).isCloseTo(0, within(1e-5f));
    }

    @Test
    void shouldTransformAnyNumberOfBands() {
        Random random = new Random(3);
        for (int bands : new int[] {1, 2, 5, 13, 40, 41, 128}) {
            for (int coefficients = 1; coefficients <= Math.min(bands, 41); coefficients += 4) {
                float[] values = new float[bands];
                for (int i = 0; i < bands; i++) {
                    values[i] = random.nextFloat() - 0.5f;
                }
                CosineTransform transform = new CosineTransform(bands, coefficients);
                float[] result = new float[coefficients];
                transform.apply(values, 0, new float[transform.scratchLength()], result, 0);
                for (int k = 0; k < coefficients; k++) {
                    double sum = 0;
                    for (int n = 0; n < bands; n++) {
                        sum += values[n] * Math.cos(Math.PI * k * (n + 0.5) / bands);
                    }
                    double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / bands);
                    assertThat((double) result[k])
                            .as("%d of %d bands", k, bands)
                            .isCloseTo(scale * sum, within(1e-5));
                }
            }
        }
    }
}
