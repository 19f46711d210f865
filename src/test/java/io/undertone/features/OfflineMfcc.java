package io.undertone.features;

/**
 * {@code librosa.feature.mfcc} of a whole clip, as librosa 0.9 computes it with its defaults: frames centred on every hop (half a
 * frame of zeros on both sides) and energies more than 80 dB below the clip's loudest raised to that. For comparing with librosa and
 * for features made by it; live windows do neither, see {@link FeatureSpec}.
 */
public final class OfflineMfcc {
    private static final float TOP_DB = 80;

    private OfflineMfcc() {}

    /**
     * The coefficients of each frame.
     *
     * @param spec its frames, bands and floor are used; librosa's floor is -100 dB
     * @param samples mono, [-1, 1], at the spec's rate
     * @return {@code [1 + samples / hop][coefficients]}, c0 first
     */
    public static float[][] frames(FeatureSpec spec, float[] samples) {
        FrontEnd frontEnd = FrontEnd.of(spec);
        LogMelProcessor processor = frontEnd.processor();
        int half = spec.frameSamples() / 2;
        float[] padded = new float[samples.length + 2 * half];
        System.arraycopy(samples, 0, padded, half, samples.length);
        float[][] logMel = new float[1 + (padded.length - spec.frameSamples()) / spec.hopSamples()][];
        float highest = Float.NEGATIVE_INFINITY;
        for (int frame = 0; frame < logMel.length; frame++) {
            processor.frame(padded, frame * spec.hopSamples());
            logMel[frame] = processor.logMel().clone();
            for (float value : logMel[frame]) {
                highest = Math.max(highest, value);
            }
        }
        float[][] mfcc = new float[logMel.length][spec.coefficients()];
        for (int frame = 0; frame < logMel.length; frame++) {
            for (int band = 0; band < logMel[frame].length; band++) {
                logMel[frame][band] = Math.max(logMel[frame][band], highest - TOP_DB);
            }
            frontEnd.mfcc(logMel[frame], 0, mfcc[frame], 0);
        }
        return mfcc;
    }

    /** The mean of each coefficient over all {@link #frames}: {@code [coefficients]}. */
    public static float[] mean(FeatureSpec spec, float[] samples) {
        float[][] frames = frames(spec, samples);
        float[] mean = new float[spec.coefficients()];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (float[] frame : frames) {
                sum += frame[i];
            }
            mean[i] = (float) (sum / frames.length);
        }
        return mean;
    }
}
