package io.undertone.training.voice;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import io.undertone.features.SpeechGate;
import io.undertone.features.VoiceHearing;
import io.undertone.window.Half;
import io.undertone.window.LegSettings;
import io.undertone.window.PitchBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The front end's features of scenes: what {@link VoiceHearing} reads of each window that passes the speech gate, as in serving. Immutable,
 * thread-safe.
 */
final class VoiceRows {
    /** A window of a scene counts as one with a voice if it holds at least this much speech, ms. */
    private static final int LEAST_SPOKEN_MS = 600;

    private static final int STRETCH_MS = 20;

    private final FrontEnd frontEnd;

    /** @param spec one that tracks the pitch */
    VoiceRows(FeatureSpec spec) {
        if (spec.trackedPitch() == null) {
            throw new IllegalArgumentException("spec must track the pitch: pitch=null");
        }
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
        VoiceHearing hearing = new VoiceHearing();
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
                rows.add(hearing.features(
                                frames.logMel(from, to),
                                Arrays.copyOfRange(frames.octaves, from, to),
                                Arrays.copyOfRange(frames.voicing, from, to),
                                levels.length,
                                speech)
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
        Frames frames = new Frames(spec, count);
        byte[] pitch = new byte[PitchBytes.BYTES];
        LogMelProcessor processor = frontEnd.processor();
        for (int i = 0; i < count; i++) {
            processor.frame(samples, i * spec.hopSamples());
            frames.levels[i] = Half.round(processor.melLevelDb());
            PitchBytes.write(processor.octaves(), processor.voicing(), pitch, 0);
            frames.octaves[i] = PitchBytes.octaves(pitch, 0);
            frames.voicing[i] = PitchBytes.voicing(pitch, 0);
            for (int band = 0; band < bands; band++) {
                frames.logMel[band][i] = Half.round(processor.logMel()[band]);
            }
        }
        return frames;
    }

    /** All frames of a scene, with energies in half precision (a leg stores them in steps of some .2 dB) and the pitch as a leg stores it. */
    private static final class Frames {
        private final FeatureSpec spec;
        private final float[][] logMel;
        private final float[] levels;
        private final float[] octaves;
        private final float[] voicing;

        Frames(FeatureSpec spec, int count) {
            this.spec = spec;
            this.logMel = new float[spec.melBands()][count];
            this.levels = new float[count];
            this.octaves = new float[count];
            this.voicing = new float[count];
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
