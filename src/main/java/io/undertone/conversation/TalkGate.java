package io.undertone.conversation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Detects the slots of a complete leg in which someone talks: slots well above its quiet ones and not far below its loud ones. Pauses up to 300 ms count as talk, bursts under 200 ms do not. Gain makes no difference, as long as talk can be told from line noise. Music and tones as loud as talk count as talk.
 *
 * <p>Quiet is the level that 5 % of the received slots do not exceed (including digital silence), loud the level that 1 % exceed. With -70 and -20 dB the threshold is -50: 30 dB below loud, which is higher than 35 % of the way from quiet to loud, -52.5.
 */
final class TalkGate {
    private static final double QUIET_SHARE = 0.05;
    private static final double LOUD_SHARE = 0.99;
    private static final double OF_RANGE = 0.35;
    private static final double ABOVE_QUIET_DB = 6;
    private static final double BELOW_LOUD_DB = 30;
    private static final double MIN_RANGE_DB = 9;
    private static final double MIN_LOUD_DB = -55;
    private static final int BRIDGED_SLOTS = 3;
    private static final int MIN_SLOTS = 2;

    private TalkGate() {}

    /** The slots of a leg with talk, counted from the leg's first slot. */
    static BitSet talk(LegTrack leg) {
        BitSet talk = new BitSet(leg.slots());
        double threshold = threshold(leg);
        for (int slot = 0; slot < leg.slots(); slot++) {
            talk.set(slot, leg.level(slot) != SlotLevels.NO_AUDIO && SlotLevels.decibels(leg.level(slot)) > threshold);
        }
        bridge(talk);
        dropShort(talk);
        return talk;
    }

    private static double threshold(LegTrack leg) {
        double[] levels = new double[leg.slots()];
        int count = 0;
        for (int slot = 0; slot < leg.slots(); slot++) {
            if (leg.level(slot) != SlotLevels.NO_AUDIO) {
                levels[count++] = SlotLevels.decibels(leg.level(slot));
            }
        }
        if (count == 0) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(levels, 0, count);
        double quiet = levels[(int) (QUIET_SHARE * (count - 1))];
        double loud = levels[(int) (LOUD_SHARE * (count - 1))];
        if (loud < MIN_LOUD_DB || loud - quiet < MIN_RANGE_DB) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(Math.max(quiet + OF_RANGE * (loud - quiet), quiet + ABOVE_QUIET_DB), loud - BELOW_LOUD_DB);
    }

    private static void bridge(BitSet talk) {
        for (int end = talk.nextClearBit(talk.nextSetBit(0) + 1); talk.nextSetBit(end) >= 0; ) {
            int next = talk.nextSetBit(end);
            if (next - end <= BRIDGED_SLOTS) {
                talk.set(end, next);
            }
            end = talk.nextClearBit(next);
        }
    }

    private static void dropShort(BitSet talk) {
        for (int from = talk.nextSetBit(0); from >= 0; ) {
            int to = talk.nextClearBit(from);
            if (to - from < MIN_SLOTS) {
                talk.clear(from, to);
            }
            from = talk.nextSetBit(to);
        }
    }
}
