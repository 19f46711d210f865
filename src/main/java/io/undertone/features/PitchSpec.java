package io.undertone.features;

/**
 * The pitch that each row of a window holds after its coefficients, as three numbers: contour, height and voicing. See
 * {@link PitchTracker} for how it is found in single frames, {@link PitchContour} for what becomes of it in a window.
 *
 * @param leastHz lowest fundamental frequency looked for
 * @param mostHz highest
 * @param toHz the spectrum is used from the lowest mel filter's edge up to here
 * @param octaveCost by how much the autocorrelation of one octave lower must be higher to be preferred, [0, 1)
 * @param voicedFrom autocorrelation from which a frame counts as voiced, (0, 1)
 */
public record PitchSpec(double leastHz, double mostHz, double toHz, double octaveCost, double voicedFrom) {
    /** Numbers in a row. */
    public static final int VALUES = 3;

    /** Steps of an octave that a leg's stored pitch is rounded to. */
    public static final int STEPS_PER_OCTAVE = 80;

    public PitchSpec {
        if (!(leastHz >= 40 && leastHz < mostHz)) {
            throw new IllegalArgumentException(
                    "pitch.leastHz must be >= 40 and < mostHz: leastHz=" + leastHz + ", mostHz=" + mostHz);
        }
        if (!(mostHz < toHz)) {
            throw new IllegalArgumentException("pitch.mostHz must be < toHz: mostHz=" + mostHz + ", toHz=" + toHz);
        }
        if (!(octaveCost >= 0 && octaveCost < 1)) {
            throw new IllegalArgumentException("pitch.octaveCost must be >= 0 and < 1: octaveCost=" + octaveCost);
        }
        if (!(voicedFrom > 0 && voicedFrom < 1)) {
            throw new IllegalArgumentException("pitch.voicedFrom must be > 0 and < 1: voicedFrom=" + voicedFrom);
        }
    }
}
