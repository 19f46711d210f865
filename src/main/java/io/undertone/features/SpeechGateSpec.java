package io.undertone.features;

/**
 * Which frames of a window count as speech. This is decided when the window is complete, by the levels of its own frames and the leg's
 * peak so far; a level is the frame's energy in all mel bands, in dB. With {@code peak} and {@code floor} the window's 95th and
 * 10th percentile of level, a frame is speech if its level is above
 * <pre>max(peak - belowPeakDb, floor + floorToPeak x (peak - floor), legPeak - belowLegPeakDb, minLevelDb)</pre>
 * and at least {@code minRunFrames} in a row are. If {@code peak - floor} is under {@code minRangeDb}, no frame is: a hum has no
 * words. The speech frames and {@code marginFrames} on either side of each are the frames that are kept.
 *
 * <p>With {@code leavesOutLost}, frames at or below {@value #LOST_DB} dB are lost, not quiet: missing packets, filled gaps, suppressed
 * silence. They say nothing about the line, so both percentiles are of the other frames. A run of fewer
 * than {@value #SHORT_LOSS_FRAMES} lost frames gets the mean level of its two neighbours: a word of which every
 * third packet is lost is one word. Each frame of a longer run counts as a quiet frame that was not sent when {@code floor} is determined: with
 * 10 such frames of 150, the floor is the 5th lowest of the others rather than the 15th lowest of all.
 *
 * @param minLevelDb least level of speech, dB of the mel energies' sum
 * @param belowPeakDb largest distance of speech below the window's peak, dB
 * @param floorToPeak share of the way from floor to peak at which speech begins, [0, 1]
 * @param minRangeDb least distance from floor to peak, dB
 * @param belowLegPeakDb largest distance of speech below the leg's peak, dB
 * @param legPeakFallDb decay of the leg's peak per window, dB
 * @param minRunFrames shorter runs are clicks
 * @param marginFrames frames kept before and after speech
 * @param leavesOutLost whether lost frames are left out of the percentiles
 */
public record SpeechGateSpec(
        double minLevelDb,
        double belowPeakDb,
        double floorToPeak,
        double minRangeDb,
        double belowLegPeakDb,
        double legPeakFallDb,
        int minRunFrames,
        int marginFrames,
        boolean leavesOutLost) {
    /** Frames at or below this level are lost, dB: far below the lowest level that 16 bits can represent. */
    public static final int LOST_DB = -100;

    /** A loss of fewer frames than this is a dropout within speech, not a pause. */
    static final int SHORT_LOSS_FRAMES = 10;

    /** A gate for which digital silence is a quiet frame like others. */
    public SpeechGateSpec(
            double minLevelDb,
            double belowPeakDb,
            double floorToPeak,
            double minRangeDb,
            double belowLegPeakDb,
            double legPeakFallDb,
            int minRunFrames,
            int marginFrames) {
        this(
                minLevelDb,
                belowPeakDb,
                floorToPeak,
                minRangeDb,
                belowLegPeakDb,
                legPeakFallDb,
                minRunFrames,
                marginFrames,
                false);
    }

    public SpeechGateSpec {
        if (!(floorToPeak >= 0 && floorToPeak <= 1)) {
            throw new IllegalArgumentException("floorToPeak must be 0 to 1: floorToPeak=" + floorToPeak);
        }
        if (minRunFrames < 1 || marginFrames < 0) {
            throw new IllegalArgumentException("minRunFrames must be >= 1 and marginFrames >= 0: minRunFrames="
                    + minRunFrames + ", marginFrames=" + marginFrames);
        }
    }

    /** The same gate, with lost frames left out of the percentiles. */
    SpeechGateSpec leavingOutLost() {
        return new SpeechGateSpec(
                minLevelDb,
                belowPeakDb,
                floorToPeak,
                minRangeDb,
                belowLegPeakDb,
                legPeakFallDb,
                minRunFrames,
                marginFrames,
                true);
    }
}
