package io.undertone.features;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decides which frames of a window are speech and which are kept, by {@link SpeechGateSpec}; keeps the leg's peak from window to
 * window. Not thread-safe.
 *
 * <p>All limits but {@code minLevelDb} are differences of levels, so gain has no effect until the line's own noise floor matters.
 */
public final class SpeechGate {
    /** Bytes of its state. */
    public static final int STATE_BYTES = Float.BYTES;

    private static final double PEAK_PERCENTILE = 0.95;
    private static final double FLOOR_PERCENTILE = 0.10;
    private static final float NO_PEAK = -200;

    private final SpeechGateSpec spec;
    private float legPeakDb = NO_PEAK;
    private float[] sorted = new float[0];
    private float[] bridged = new float[0];

    public SpeechGate(SpeechGateSpec spec) {
        this.spec = spec;
    }

    /**
     * Classifies the frames of one window; the next call is for the leg's next window.
     *
     * @param levelsDb {@code [frames]} levels, in order
     * @param speech set for each frame
     * @param kept set for each frame: speech and its margins
     * @return the number of speech frames
     */
    public int judge(float[] levelsDb, int frames, boolean[] speech, boolean[] kept) {
        Arrays.fill(speech, 0, frames, false);
        Arrays.fill(kept, 0, frames, false);
        if (frames == 0) {
            return 0;
        }
        if (sorted.length < frames) {
            sorted = new float[frames];
            bridged = new float[frames];
        }
        return spec.leavesOutLost()
                ? judgeHeard(levelsDb, frames, speech, kept)
                : judgeAll(levelsDb, frames, speech, kept);
    }

    private int judgeAll(float[] levelsDb, int frames, boolean[] speech, boolean[] kept) {
        System.arraycopy(levelsDb, 0, sorted, 0, frames);
        Arrays.sort(sorted, 0, frames);
        double peak = percentile(PEAK_PERCENTILE * (frames - 1), frames);
        double floor = percentile(FLOOR_PERCENTILE * (frames - 1), frames);
        int count = peak - floor < spec.minRangeDb() ? 0 : mark(levelsDb, frames, threshold(peak, floor), speech, kept);
        return remember(count, peak);
    }

    /** As {@link #judgeAll}, but ignoring lost frames. */
    private int judgeHeard(float[] levelsDb, int frames, boolean[] speech, boolean[] kept) {
        int heard = 0;
        int pauses = 0;
        int lost = 0;
        for (int i = 0; i <= frames; i++) {
            boolean here = i == frames || levelsDb[i] > SpeechGateSpec.LOST_DB;
            if (!here) {
                lost++;
                continue;
            }
            pauses += bridge(levelsDb, i - lost, i, frames);
            lost = 0;
            if (i < frames) {
                bridged[i] = levelsDb[i];
                sorted[heard++] = levelsDb[i];
            }
        }
        if (heard == 0) {
            return remember(0, NO_PEAK);
        }
        Arrays.sort(sorted, 0, heard);
        double peak = percentile(PEAK_PERCENTILE * (heard - 1), heard);
        double low = percentile(FLOOR_PERCENTILE * (heard - 1), heard);
        double floor = percentile(Math.max(0, FLOOR_PERCENTILE * (heard + pauses - 1) - pauses), heard);
        int count = peak - low < spec.minRangeDb() ? 0 : mark(bridged, frames, threshold(peak, floor), speech, kept);
        return remember(count, peak);
    }

    /** Bridges the loss {@code [from; to)} if it is short; returns its length if it is a pause. */
    private int bridge(float[] levelsDb, int from, int to, int frames) {
        boolean isShort = to - from < SpeechGateSpec.SHORT_LOSS_FRAMES;
        float before = from > 0 ? levelsDb[from - 1] : Float.POSITIVE_INFINITY;
        float after = to < frames ? levelsDb[to] : Float.POSITIVE_INFINITY;
        float level = isShort && to - from < frames ? between(before, after) : SpeechGateSpec.LOST_DB;
        Arrays.fill(bridged, from, to, level);
        return isShort ? 0 : to - from;
    }

    /** The level between two, or the one there is. */
    private static float between(float before, float after) {
        if (before == Float.POSITIVE_INFINITY || after == Float.POSITIVE_INFINITY) {
            return Math.min(before, after);
        }
        return (before + after) / 2;
    }

    private int remember(int count, double peak) {
        float fallen = (float) Math.max(NO_PEAK, legPeakDb - spec.legPeakFallDb());
        legPeakDb = count > 0 ? Math.max(fallen, (float) peak) : fallen;
        return count;
    }

    private double threshold(double peak, double floor) {
        double byWindow = Math.max(peak - spec.belowPeakDb(), floor + spec.floorToPeak() * (peak - floor));
        return Math.max(byWindow, Math.max(legPeakDb - spec.belowLegPeakDb(), spec.minLevelDb()));
    }

    /** Of rank {@code rank}, from 0: linear interpolation between the two nearest ranks, as numpy does it. */
    private double percentile(double rank, int count) {
        int below = (int) rank;
        int above = Math.min(below + 1, count - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private int mark(float[] levelsDb, int frames, double threshold, boolean[] speech, boolean[] kept) {
        int count = 0;
        int run = 0;
        for (int i = 0; i <= frames; i++) {
            if (i < frames && levelsDb[i] > threshold) {
                run++;
                continue;
            }
            if (run >= spec.minRunFrames()) {
                Arrays.fill(speech, i - run, i, true);
                int from = Math.max(0, i - run - spec.marginFrames());
                Arrays.fill(kept, from, Math.min(frames, i + spec.marginFrames()), true);
                count += run;
            }
            run = 0;
        }
        return count;
    }

    /** Writes {@link #STATE_BYTES} bytes. */
    public void writeTo(ByteBuffer target) {
        target.putFloat(legPeakDb);
    }

    /** Restores what {@link #writeTo} wrote. */
    public void readFrom(ByteBuffer source) {
        legPeakDb = source.getFloat();
    }
}
