package io.undertone.features;

/**
 * Which frames of a window count as speech. Judged when the window is complete, by the levels of its own frames and the leg's
 * peak so far; a level is the frame's energy in all mel bands, in dB. With {@code peak} and {@code floor} the window's 95th and
 * 10th percentile of level, a frame is speech where its level is above
 * <pre>max(peak - belowPeakDb, floor + floorToPeak x (peak - floor), legPeak - belowLegPeakDb, minLevelDb)</pre>
 * and at least {@code minRunFrames} in a row are. Where {@code peak - floor} is under {@code minRangeDb}, nothing is: a hum has no
 * words. The speech frames and {@code marginFrames} on either side of each are the frames that are kept.
 *
 * @param minLevelDb below it nothing is speech, dB of the mel energies' sum
 * @param belowPeakDb how far below the window's peak speech reaches, dB
 * @param floorToPeak how far from floor to peak speech begins, [0, 1]
 * @param minRangeDb least distance from floor to peak, dB
 * @param belowLegPeakDb how far below the leg's peak speech reaches, dB
 * @param legPeakFallDb what the leg's peak loses with each window, dB
 * @param minRunFrames shorter runs are clicks
 * @param marginFrames frames kept before and after speech
 */
public record SpeechGateSpec(
        double minLevelDb,
        double belowPeakDb,
        double floorToPeak,
        double minRangeDb,
        double belowLegPeakDb,
        double legPeakFallDb,
        int minRunFrames,
        int marginFrames) {
    public SpeechGateSpec {
        if (!(floorToPeak >= 0 && floorToPeak <= 1)) {
            throw new IllegalArgumentException("floorToPeak must be 0 to 1: floorToPeak=" + floorToPeak);
        }
        if (minRunFrames < 1 || marginFrames < 0) {
            throw new IllegalArgumentException("minRunFrames must be >= 1 and marginFrames >= 0: minRunFrames="
                    + minRunFrames + ", marginFrames=" + marginFrames);
        }
    }
}
