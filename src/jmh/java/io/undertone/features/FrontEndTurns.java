package io.undertone.features;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import be.tarsos.dsp.mfcc.MFCC;
import io.undertone.measure.Turns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Seconds of audio that front ends take in a second of one core: Undertone's by both specs, as it serves, and TarsosDSP's own MFCC with 128 filters
 * at the frame and hop of {@code reference}. The audio is ten seconds of noise.
 *
 * <p>As it serves: log-mel energies of each frame once, and with each hop of the windows the MFCCs of a window, for {@code telephone} those of its
 * 150 frames at once, for {@code reference} those of their mean.
 */
public final class FrontEndTurns {
    static final int SECONDS = 10;
    private static final int RATE = 22_050;
    private static final int FRAME = 2_048;
    private static final int HOP = 512;

    private FrontEndTurns() {}

    /** Seconds of audio a second of one core, by front end. */
    public static Map<String, Double> audioSeconds() {
        Map<String, Runnable> operations = new LinkedHashMap<>();
        operations.put("Undertone, reference", undertone(FeatureSpecs.reference()));
        operations.put("Undertone, telephone", undertone(FeatureSpecs.telephone()));
        operations.put(
                "Undertone, telephone with pitch",
                undertone(FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH)));
        operations.put("TarsosDSP", tarsos());
        Map<String, Double> seconds = new LinkedHashMap<>();
        Turns.micros(operations).forEach((name, micros) -> seconds.put(name, SECONDS * 1e6 / micros));
        return seconds;
    }

    private static Runnable undertone(FeatureSpec spec) {
        float[] audio = noise(SECONDS * spec.sampleRateHz());
        FrontEnd frontEnd = FrontEnd.of(spec);
        LogMelProcessor processor = frontEnd.processor();
        int windowFrames = spec.maxFramesPerWindow();
        int framesPerHop = windowFrames * spec.windowHopMs() / spec.windowMs();
        float[][] energies = new float[spec.melBands()][windowFrames];
        Runnable mfcc = mfcc(frontEnd, energies);
        return () -> {
            int frame = 0;
            for (int from = 0; from + spec.frameSamples() <= audio.length; from += spec.hopSamples()) {
                processor.frame(audio, from);
                float[] logMel = processor.logMel();
                int column = frame++ % windowFrames;
                for (int band = 0; band < logMel.length; band++) {
                    energies[band][column] = logMel[band];
                }
                if (frame % framesPerHop == 0) {
                    mfcc.run();
                }
            }
        };
    }

    /** The MFCCs of one window. */
    private static Runnable mfcc(FrontEnd frontEnd, float[][] energies) {
        FeatureSpec spec = frontEnd.spec();
        if (spec.pooling() != FeatureSpec.Pooling.FRAMES) {
            float[] mean = new float[spec.melBands()];
            float[] one = new float[spec.coefficients()];
            return () -> frontEnd.mfcc(mean, 0, one, 0);
        }
        int frames = spec.maxFramesPerWindow();
        float[][] scratch = new float[frontEnd.cosineScratchLength()][frames];
        float[][] all = new float[spec.coefficients()][frames];
        return () -> frontEnd.mfcc(energies, frames, scratch, all);
    }

    /** TarsosDSP over all of the audio. */
    static Runnable tarsos() {
        float[] audio = noise(SECONDS * RATE);
        MFCC mfcc = new MFCC(FRAME, RATE, 40, 128, 0, RATE / 2f);
        AudioEvent event = new AudioEvent(new TarsosDSPAudioFormat(RATE, 16, 1, true, false));
        float[] frame = new float[FRAME];
        return () -> {
            for (int from = 0; from + FRAME <= audio.length; from += HOP) {
                System.arraycopy(audio, from, frame, 0, FRAME);
                event.setFloatBuffer(frame);
                mfcc.process(event);
            }
        };
    }

    static float[] noise(int samples) {
        Random random = new Random(1);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextGaussian() * 0.1f;
        }
        return noise;
    }
}
