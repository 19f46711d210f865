package io.undertone.features;

import java.nio.ByteBuffer;

/**
 * Decides for each window of a leg whether it holds a voice, by {@link VoiceSpec}, rather than music, tones or noise. The window's own
 * evidence ({@link VoiceFeatures}, {@link VoiceNetwork}) is combined with that of earlier windows, since music does not come and go by the
 * second: a belief, the log-odds of a voice, that the forward algorithm of a hidden Markov chain of two states carries from window to window.
 * With a persistence of 0.8 a caller's first window after a minute of music begins from a belief of 0.2, and a clear voice (log-odds 4)
 * raises it to 0.93 at once; a doubtful window leaves it as it was.
 *
 * <p>One for each leg, whose only state is the belief. Not thread-safe.
 */
public final class VoiceDetector {
    /** Bytes of its state. */
    public static final int STATE_BYTES = Float.BYTES;

    /** The weight of each window's evidence, since neighbouring windows share two thirds of their frames. */
    private static final double EVIDENCE = 0.6;

    /** Larger log-odds of a single window are clipped to this. */
    private static final double MOST_EVIDENCE = 6;

    private final FrontEnd frontEnd;
    private final double persistence;
    private final double threshold;
    private float belief;

    /**
     * @param frontEnd of a spec with a detector of voices
     * @param spec that detector
     */
    public VoiceDetector(FrontEnd frontEnd, VoiceSpec spec) {
        this.frontEnd = frontEnd;
        this.persistence = spec.persistence();
        this.threshold = StrictMath.log(spec.threshold() / (1 - spec.threshold()));
    }

    /**
     * Judges the next window.
     *
     * @param logMel {@code [melBands][frames]} energies, dB
     * @param octaves {@code [frames]} above 150 Hz; read where the detector has a pitch
     * @param voicing {@code [frames]} autocorrelation there, likewise
     * @param speech which frames passed the gate; at least one
     * @return whether there is a voice
     */
    public boolean hears(float[][] logMel, float[] octaves, float[] voicing, int frames, boolean[] speech) {
        double says = EVIDENCE * frontEnd.voiceLogOdds(logMel, octaves, voicing, frames, speech);
        belief = (float) (expected() + Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, says)));
        return belief >= threshold;
    }

    /** Skips a window in which nothing passed the gate. */
    public void passOver() {
        belief = (float) expected();
    }

    /** The belief before the next window's evidence. */
    private double expected() {
        double before = 1 / (1 + StrictMath.exp(-belief));
        double after = persistence * before + (1 - persistence) * (1 - before);
        return StrictMath.log(after / (1 - after));
    }

    /** Writes {@link #STATE_BYTES} bytes. */
    public void writeTo(ByteBuffer target) {
        target.putFloat(belief);
    }

    /** Restores what {@link #writeTo} wrote. */
    public void readFrom(ByteBuffer source) {
        belief = source.getFloat();
    }
}
