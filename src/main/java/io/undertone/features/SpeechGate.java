package io.undertone.features;

import java.nio.ByteBuffer;

/**
 * Says frame by frame whether someone speaks, from the frame's level and a few numbers of what came before: a frame is loud where
 * it stands {@code aboveFloorDb} above the running noise floor, no more than {@code belowPeakDb} below the running peak,
 * and at {@code minLevelDb} at least; speech lasts from a loud frame until {@code hangoverMs} after the last. Not thread-safe.
 *
 * <p>The floor falls to every quieter frame at once (though not below {@code minLevelDb}, so that digital silence does not make
 * the line's hum count as speech for long) and rises slowly; the peak, the other way round. All are differences of levels,
 * so gain changes nothing but what {@code minLevelDb} cuts off.
 */
public final class SpeechGate {
    /** Bytes of its state. */
    public static final int STATE_BYTES = 12;

    private final float minLevelDb;
    private final float aboveFloorDb;
    private final float belowPeakDb;
    private final float floorRiseDb;
    private final float peakFallDb;
    private final int hangoverFrames;
    private float floorDb = Float.POSITIVE_INFINITY;
    private float peakDb = Float.NEGATIVE_INFINITY;
    private int hangover;

    public SpeechGate(FeatureSpec spec) {
        SpeechGateSpec gate = spec.gate();
        double frameS = (double) spec.hopSamples() / spec.sampleRateHz();
        minLevelDb = (float) gate.minLevelDb();
        aboveFloorDb = (float) gate.aboveFloorDb();
        belowPeakDb = (float) gate.belowPeakDb();
        floorRiseDb = (float) (gate.floorRiseDbPerS() * frameS);
        peakFallDb = (float) (gate.peakFallDbPerS() * frameS);
        hangoverFrames = (int) Math.round(gate.hangoverMs() / 1000.0 / frameS);
    }

    /** The verdict on the next frame, whose level is {@code levelDb}, dBFS. */
    public boolean isSpeech(float levelDb) {
        float level = Math.max(levelDb, minLevelDb);
        floorDb = Math.min(floorDb + floorRiseDb, level);
        peakDb = Math.max(peakDb - peakFallDb, level);
        boolean loud = levelDb >= minLevelDb && level >= floorDb + aboveFloorDb && level >= peakDb - belowPeakDb;
        if (loud) {
            hangover = hangoverFrames;
            return true;
        }
        if (hangover > 0) {
            hangover--;
            return true;
        }
        return false;
    }

    /** Writes {@link #STATE_BYTES} bytes. */
    public void writeTo(ByteBuffer target) {
        target.putFloat(floorDb).putFloat(peakDb).putInt(hangover);
    }

    /** Goes on from what {@link #writeTo} wrote. */
    public void readFrom(ByteBuffer source) {
        floorDb = source.getFloat();
        peakDb = source.getFloat();
        hangover = source.getInt();
    }
}
