package io.undertone.training.frames;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import io.undertone.features.PitchContour;
import io.undertone.features.PitchSpec;
import java.util.Arrays;

/** All frames of a clip: log-mel energies and levels, as the serving front end computes them. Immutable by agreement. */
final class HeardFrames {
    private final int count;
    private final int bands;
    private final float[] logMel;
    private final float[] melLevelsDb;
    private final float[] octaves;
    private final float[] voicing;

    private HeardFrames(int count, int bands, float[] logMel, float[] melLevelsDb, float[] octaves, float[] voicing) {
        this.count = count;
        this.bands = bands;
        this.logMel = logMel;
        this.melLevelsDb = melLevelsDb;
        this.octaves = octaves;
        this.voicing = voicing;
    }

    /**
     * Frames of samples at the spec's rate; none if there are fewer samples than one frame.
     *
     * @param frontEnd the spec's, or one that simulates another vocal tract length
     */
    static HeardFrames of(float[] samples, FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        int count = Math.max(0, (samples.length - spec.frameSamples()) / spec.hopSamples() + 1);
        if (samples.length < spec.frameSamples()) {
            count = 0;
        }
        float[] logMel = new float[count * spec.melBands()];
        float[] levels = new float[count];
        float[] octaves = new float[count];
        float[] voicing = new float[count];
        LogMelProcessor processor = frontEnd.processor();
        for (int i = 0; i < count; i++) {
            processor.frame(samples, i * spec.hopSamples());
            System.arraycopy(processor.logMel(), 0, logMel, i * spec.melBands(), spec.melBands());
            levels[i] = processor.melLevelDb();
            octaves[i] = processor.octaves();
            voicing[i] = processor.voicing();
        }
        return new HeardFrames(count, spec.melBands(), logMel, levels, octaves, voicing);
    }

    /**
     * The same frames as if they had been rebuilt from a picture of longer ones: the power of each band averaged over a frame (half) and its
     * neighbours (a quarter each). Otherwise a network could recognise a corpus that was rebuilt so.
     */
    HeardFrames blurred() {
        float[] blurred = logMel.clone();
        for (int i = bands; i < logMel.length - bands; i++) {
            double power = 0.25 * power(logMel[i - bands]) + 0.5 * power(logMel[i]) + 0.25 * power(logMel[i + bands]);
            blurred[i] = (float) (10 * Math.log10(power));
        }
        return new HeardFrames(count, bands, blurred, melLevelsDb, octaves, voicing);
    }

    private static double power(float db) {
        return Math.pow(10, db / 10);
    }

    int count() {
        return count;
    }

    /** The pitch of frames {@code [from; to)}, {@code [PitchSpec.VALUES][frames]}; {@code [0][]} if the spec has none. */
    float[][] pitch(int from, int to, FeatureSpec spec) {
        if (spec.pitch() == null) {
            return new float[0][];
        }
        float[][] pitch = new float[PitchSpec.VALUES][to - from];
        new PitchContour(spec.pitch())
                .of(Arrays.copyOfRange(octaves, from, to), Arrays.copyOfRange(voicing, from, to), to - from, pitch);
        return pitch;
    }

    /** Copies the levels of frames {@code [from; to)}. */
    float[] levels(int from, int to) {
        return Arrays.copyOfRange(melLevelsDb, from, to);
    }

    /** Copies the energies of frames {@code [from; to)}. */
    float[][] logMel(int from, int to) {
        float[][] byBand = new float[bands][to - from];
        for (int band = 0; band < bands; band++) {
            for (int frame = from; frame < to; frame++) {
                byBand[band][frame - from] = logMel[frame * bands + band];
            }
        }
        return byBand;
    }
}
