package io.undertone.features;

import java.util.Arrays;

/**
 * The pitch of a window's frames, made of what {@link PitchTracker} found in each: octaves are smoothed by the median of five frames
 * and, where frames are not voiced, interpolated between the nearest that are, and held before the first and after the last. With fewer
 * than {@value #LEAST_VOICED} voiced frames there is no pitch, and all octaves are 0. Then, for each frame,
 *
 * <ul>
 *   <li>contour: twice the octaves above the median of the voiced frames, so how far the voice is from its middle, in half octaves;
 *   <li>height: octaves above 150 Hz;
 *   <li>voicing: {@code 2 max(0, r - 0.3) - 0.6}, with {@code r} the autocorrelation.
 * </ul>
 *
 * <p>Of a voice that rises evenly from 150 to 300 Hz, contour goes from -1 to 1 and height from 0 to 1. Not thread-safe.
 */
public final class PitchContour {
    /** Fewest voiced frames that have a pitch. */
    static final int LEAST_VOICED = 3;

    private static final int REACH = 2;
    private static final float SCALE = 2;
    private static final float LEAST_VOICING = 0.3f;
    private static final float VOICING_OFFSET = 0.6f;

    private final float voicedFrom;
    private final float[] five = new float[2 * REACH + 1];
    private float[] smooth = new float[0];
    private float[] voiced = new float[0];

    public PitchContour(PitchSpec spec) {
        voicedFrom = (float) spec.voicedFrom();
    }

    /**
     * Computes the pitch of a window.
     *
     * @param octaves {@code [frames]}, octaves above 150 Hz as found in each frame
     * @param voicing {@code [frames]}, autocorrelation there, [0, 1]
     * @param target {@code [PitchSpec.VALUES][frames]}, filled
     */
    public void of(float[] octaves, float[] voicing, int frames, float[][] target) {
        if (smooth.length < frames) {
            smooth = new float[frames];
            voiced = new float[frames];
        }
        int count = 0;
        for (int i = 0; i < frames; i++) {
            if (voicing[i] > voicedFrom) {
                smooth[i] = median(octaves, i, frames);
                voiced[count++] = smooth[i];
            }
        }
        float middle = 0;
        if (count < LEAST_VOICED) {
            Arrays.fill(smooth, 0, frames, 0);
        } else {
            middle = median(voiced, count);
            bridge(voicing, frames);
        }
        float[] contour = target[0];
        float[] height = target[1];
        float[] strength = target[2];
        for (int i = 0; i < frames; i++) {
            contour[i] = SCALE * (smooth[i] - middle);
            height[i] = smooth[i];
            strength[i] = SCALE * Math.max(0, voicing[i] - LEAST_VOICING) - VOICING_OFFSET;
        }
    }

    /** The median of the first so many values, which are sorted. */
    static float median(float[] values, int count) {
        Arrays.sort(values, 0, count);
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    /** The median of a frame and its neighbours; zeros stand beyond the ends. */
    private float median(float[] octaves, int frame, int frames) {
        for (int i = 0; i < five.length; i++) {
            int at = frame - REACH + i;
            five[i] = at >= 0 && at < frames ? octaves[at] : 0;
        }
        Arrays.sort(five);
        return five[REACH];
    }

    /** Fills the frames that are not voiced; at least one is. */
    private void bridge(float[] voicing, int frames) {
        int last = -1;
        for (int i = 0; i < frames; i++) {
            if (voicing[i] > voicedFrom) {
                if (last < 0) {
                    Arrays.fill(smooth, 0, i, smooth[i]);
                } else {
                    float step = (smooth[i] - smooth[last]) / (i - last);
                    for (int k = last + 1; k < i; k++) {
                        smooth[k] = smooth[last] + step * (k - last);
                    }
                }
                last = i;
            }
        }
        Arrays.fill(smooth, last + 1, frames, smooth[last]);
    }
}
