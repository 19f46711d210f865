package io.undertone.features;

/**
 * Which frames of a window count as speech. Judged when the window is complete, by the levels of its own frames and the leg's
 * peak so far; a level is the frame's energy in all mel bands, in dB. With {@code peak} and {@code floor} the window's 95th and
 * 10th percentile of level, a frame is speech where its level is above
 * <pre>max(peak - belowPeakDb, floor + floorToPeak x (peak - floor), legPeak - belowLegPeakDb, minLevelDb)</pre>
 * and at least {@code minRunFrames} in a row are. Where {@code peak - floor} is under {@code minRangeDb}, nothing is: a hum has no
 * words. The speech frames and {@code marginFrames} on either side of each are the frames that are kept.
 *
 * <p>With {@code leavesOutLost}, frames at or below {@value #LOST_DB} dB are lost, not quiet: packets that never came, gaps that were
 * filled, silence that was suppressed. They say nothing about the line, so both percentiles are of the other frames. A run of fewer
 * than {@value #SHORT_LOSS_FRAMES} of them is taken for what is heard on its sides, the mean of the two levels: a word of which every
 * third packet is lost is one word. Of longer ones each stands for a quiet frame that was not sent, where {@code floor} is sought: of 150
 * frames of which 10 are such, not the 15th lowest of 150 is taken, but the 5th lowest of the others.
 *
 * @param minLevelDb below it nothing is speech, dB of the mel energies' sum
 * @param belowPeakDb how far below the window's peak speech reaches, dB
 * @param floorToPeak how far from floor to peak speech begins, [0, 1]
 * @param minRangeDb least distance from floor to peak, dB
 * @param belowLegPeakDb how far below the leg's peak speech reaches, dB
 * @param legPeakFallDb what the leg's peak loses with each window, dB
 * @param minRunFrames shorter runs are clicks
 * @param marginFrames frames kept before and after speech
 * @param leavesOutLost whether frames of which nothing came are left out of the percentiles
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
    /** Levels at or below this are of frames that were lost, dB: far below the least that 16 bits can say. */
    public static final int LOST_DB = -100;

    /** A loss of fewer frames than this is a dropout within speech, not a pause. */
    static final int SHORT_LOSS_FRAMES = 10;

    /** A gate that takes digital silence for quiet. */
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
