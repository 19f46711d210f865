package io.undertone.training.voice;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import io.undertone.features.SpeechGate;
import io.undertone.features.VoiceFeatures;
import io.undertone.window.Half;
import io.undertone.window.LegSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The front end's features of scenes: {@link VoiceFeatures} of each window that passes the speech gate, as in serving. Immutable,
 * thread-safe.
 */
final class VoiceRows {
    /** A window of a scene counts as one with a voice if it holds at least this much speech, ms. */
    private static final int LEAST_SPOKEN_MS = 600;

    private static final int STRETCH_MS = 20;

    private final FrontEnd frontEnd;

    VoiceRows(FeatureSpec spec) {
        frontEnd = FrontEnd.of(spec);
    }

    /**
     * The windows of a scene that pass the gate, {@code [COUNT]} each.
     *
     * @param voice whether the scene has a voice; windows without it are then left out
     */
    List<float[]> of(Scene scene, boolean voice) {
        FeatureSpec spec = frontEnd.spec();
        Frames frames = frames(scene.samples());
        SpeechGate gate = new SpeechGate(spec.gate());
        VoiceFeatures features = new VoiceFeatures();
        boolean[] speech = new boolean[spec.maxFramesPerWindow() + 1];
        boolean[] kept = new boolean[speech.length];
        List<float[]> rows = new ArrayList<>();
        for (int hop = 0;
                fromMs(hop) + spec.windowMs() <= scene.samples().length * 1000L / spec.sampleRateHz();
                hop++) {
            int from = frames.endingFrom(fromMs(hop));
            int to = frames.endingFrom(fromMs(hop) + spec.windowMs());
            float[] levels = Arrays.copyOfRange(frames.levels, from, to);
            int count = gate.judge(levels, levels.length, speech, kept);
            int spokenMs = STRETCH_MS * scene.spokenStretches(fromMs(hop), fromMs(hop) + spec.windowMs());
            if (count > 0
                    && count >= LegSettings.DEFAULT.minSpeechRatio() * levels.length
                    && (!voice || spokenMs >= LEAST_SPOKEN_MS)) {
                rows.add(features.of(frames.logMel(from, to), levels.length, speech)
                        .clone());
            }
        }
        return rows;
    }

    private int fromMs(int hop) {
        return hop * frontEnd.spec().windowHopMs();
    }

    private Frames frames(float[] samples) {
        FeatureSpec spec = frontEnd.spec();
        int bands = spec.melBands();
        int count = Math.max(0, (samples.length - spec.frameSamples()) / spec.hopSamples() + 1);
        Frames frames = new Frames(spec, new float[bands][count], new float[count]);
        LogMelProcessor processor = frontEnd.processor();
        for (int i = 0; i < count; i++) {
            processor.frame(samples, i * spec.hopSamples());
            frames.levels[i] = Half.round(processor.melLevelDb());
            for (int band = 0; band < bands; band++) {
                frames.logMel[band][i] = Half.round(processor.logMel()[band]);
            }
        }
        return frames;
    }

    /** All frames of a scene, in half precision; a leg stores them in steps of some .2 dB. */
    private static final class Frames {
        private final FeatureSpec spec;
        private final float[][] logMel;
        private final float[] levels;

        Frames(FeatureSpec spec, float[][] logMel, float[] levels) {
            this.spec = spec;
            this.logMel = logMel;
            this.levels = levels;
        }

        /** {@code [melBands]} energies of frames {@code [from; to)}, dB. */
        float[][] logMel(int from, int to) {
            float[][] part = new float[logMel.length][];
            Arrays.setAll(part, band -> Arrays.copyOfRange(logMel[band], from, to));
            return part;
        }

        /** The first frame whose last sample lies at or after that time. */
        int endingFrom(long ms) {
            long sample = ms * spec.sampleRateHz() / 1000 - spec.frameSamples() + 1;
            long frame = sample <= 0 ? 0 : (sample + spec.hopSamples() - 1) / spec.hopSamples();
            return (int) Math.min(levels.length, frame);
        }
    }
}
