package io.undertone.features;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How a window's voice differs from the same leg's before it: anger is louder, higher and has more energy in the upper bands than the
 * same voice at rest, whatever that voice and its line are like. Of the speech frames of a window, and of all those learned before,
 *
 * <ul>
 *   <li>each group of bands has a mean, dB; its value is the difference in units of {@code scaleDb};
 *   <li>pitch has a median in a window and the mean of those before, weighted by their voiced frames, octaves; its value is the difference
 *       in units of {@code scaleOctaves}, and 0 where either has fewer than {@value PitchContour#LEAST_VOICED} voiced frames;
 * </ul>
 *
 * <p>Differences are clipped, then multiplied by {@code n / (n + d)}, with {@code n} speech frames before and {@code d} as many as
 * {@code doubtSeconds} have, so that the first window of a leg has zeros throughout. Not thread-safe.
 */
public final class CallerContrast {
    private final ContrastSpec contrast;
    private final float voicedFrom;
    private final int perGroup;
    private final float doubtFrames;

    // Of the speech learned:
    private final float[] groupSums;
    private long speechFrames;
    private float pitchSum;
    private long voicedFrames;

    private final float[] own;
    private final float[] learned;
    private float[] voiced = new float[0];

    /** For a spec that has a contrast. */
    public CallerContrast(FeatureSpec spec) {
        if (spec.contrast() == null) {
            throw new IllegalArgumentException("spec must have contrast: contrast=null");
        }
        contrast = spec.contrast();
        voicedFrom = (float) contrast.pitch().voicedFrom();
        perGroup = spec.melBands() / contrast.bandGroups();
        doubtFrames = (float) (contrast.doubtSeconds() * spec.sampleRateHz() / spec.hopSamples());
        groupSums = new float[contrast.bandGroups()];
        own = new float[contrast.bandGroups()];
        learned = new float[contrast.bandGroups()];
    }

    /**
     * Compares a window with what was learned before, then learns its first frames, which no later window has.
     *
     * @param logMel {@code [melBands][frames]}, dB
     * @param frames of the window, at least one of them speech
     * @param speech {@code [frames]}, which are speech
     * @param octaves {@code [frames]}, above 150 Hz, as found in each frame
     * @param voicing {@code [frames]}, autocorrelation there
     * @param leaving number of frames to learn
     * @param target {@code [ContrastSpec.values()]}, filled
     */
    public void window(
            float[][] logMel,
            int frames,
            boolean[] speech,
            float[] octaves,
            float[] voicing,
            int leaving,
            float[] target) {
        float belief = speechFrames / (speechFrames + doubtFrames);
        target[own.length] = belief * pitch(octaves, voicing, speech, leaving, frames);
        int learnedFrames = sum(logMel, 0, leaving, speech, learned);
        int count = learnedFrames + sum(logMel, leaving, frames, speech, own);
        for (int group = 0; group < own.length; group++) {
            float mean = (own[group] + learned[group]) / count;
            float before = speechFrames == 0 ? mean : groupSums[group] / speechFrames;
            target[group] = belief * clipped((mean - before) / (float) contrast.scaleDb());
            groupSums[group] += learned[group];
        }
        speechFrames += learnedFrames;
    }

    /** How far the window's median is from what was learned; learns it for the voiced frames before {@code leaving}. */
    private float pitch(float[] octaves, float[] voicing, boolean[] speech, int leaving, int frames) {
        int voicedLeaving = voiced(octaves, voicing, speech, 0, leaving, 0);
        int count = voiced(octaves, voicing, speech, leaving, frames, voicedLeaving);
        if (count < PitchContour.LEAST_VOICED) {
            return 0;
        }
        float median = PitchContour.median(voiced, count);
        float before = voicedFrames == 0 ? median : pitchSum / voicedFrames;
        pitchSum += voicedLeaving * median;
        voicedFrames += voicedLeaving;
        return clipped((median - before) / (float) contrast.scaleOctaves());
    }

    /** Sums of each group's mean over speech frames {@code [from; to)}; returns their number. */
    private int sum(float[][] logMel, int from, int to, boolean[] speech, float[] target) {
        int count = 0;
        for (int frame = from; frame < to; frame++) {
            count += speech[frame] ? 1 : 0;
        }
        for (int group = 0; group < target.length; group++) {
            float sum = 0;
            for (int band = group * perGroup; band < (group + 1) * perGroup; band++) {
                float[] ofBand = logMel[band];
                for (int frame = from; frame < to; frame++) {
                    sum += speech[frame] ? ofBand[frame] : 0;
                }
            }
            target[group] = sum / perGroup;
        }
        return count;
    }

    private int voiced(float[] octaves, float[] voicing, boolean[] speech, int from, int to, int count) {
        int end = count;
        if (voiced.length < to) {
            voiced = Arrays.copyOf(voiced, to);
        }
        for (int frame = from; frame < to; frame++) {
            if (speech[frame] && voicing[frame] > voicedFrom) {
                voiced[end++] = octaves[frame];
            }
        }
        return end;
    }

    private float clipped(float value) {
        float limit = (float) contrast.limit();
        return Math.max(-limit, Math.min(limit, value));
    }

    /** Length of its state in bytes. */
    public int stateBytes() {
        return (groupSums.length + 1) * Float.BYTES + 2 * Long.BYTES;
    }

    /** Writes {@link #stateBytes()} bytes. */
    public void writeTo(ByteBuffer target) {
        for (float sum : groupSums) {
            target.putFloat(sum);
        }
        target.putLong(speechFrames).putFloat(pitchSum).putLong(voicedFrames);
    }

    /** Restores what {@link #writeTo} wrote. */
    public void readFrom(ByteBuffer source) {
        for (int group = 0; group < groupSums.length; group++) {
            groupSums[group] = source.getFloat();
        }
        speechFrames = source.getLong();
        pitchSum = source.getFloat();
        voicedFrames = source.getLong();
    }
}
