package io.undertone.window;

/**
 * Settings for legs.
 *
 * @param maxGapMs missing audio up to this length is filled with silence; a longer gap restarts the window
 * @param maxDisorderMs how far received audio may run ahead of missing audio before that is given up as a gap
 * @param minSpeechRatio windows with a smaller share of speech frames get no label, [0, 1]
 */
public record LegSettings(int maxGapMs, int maxDisorderMs, double minSpeechRatio) {
    /** 1 s of gap, 0.5 s of disorder, a fifth of speech. */
    public static final LegSettings DEFAULT = new LegSettings(1000, 500, 0.2);

    public LegSettings {
        require(maxGapMs >= 0 && maxGapMs <= 60_000, "maxGapMs must be 0 to 60000 ms: maxGapMs=" + maxGapMs);
        require(
                maxDisorderMs >= 0 && maxDisorderMs <= 60_000,
                "maxDisorderMs must be 0 to 60000 ms: maxDisorderMs=" + maxDisorderMs);
        require(
                minSpeechRatio >= 0 && minSpeechRatio <= 1,
                "minSpeechRatio must be 0 to 1: minSpeechRatio=" + minSpeechRatio);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
