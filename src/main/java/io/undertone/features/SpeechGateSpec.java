package io.undertone.features;

/**
 * Which frames count as speech: those whose level stands above the leg's running noise floor and not too far below its
 * running peak. Causal: a frame's verdict uses that frame and earlier ones of its leg.
 *
 * @param minLevelDb frames below this level are never speech, dBFS
 * @param aboveFloorDb how far above the running noise floor a frame must stand, dB
 * @param belowPeakDb how far below the running peak a frame may stand, dB
 * @param floorRiseDbPerS how fast the noise floor may rise, dB a second; it falls at once
 * @param peakFallDbPerS how fast the peak falls, dB a second; it rises at once
 * @param hangoverMs how long speech goes on after its last loud frame
 */
public record SpeechGateSpec(
        double minLevelDb,
        double aboveFloorDb,
        double belowPeakDb,
        double floorRiseDbPerS,
        double peakFallDbPerS,
        int hangoverMs) {}
