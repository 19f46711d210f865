package io.undertone.conversation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Uninterrupted stretches of talk of each leg, and the measures derived from them. */
final class Spurts {
    /** Talk of at least this length takes the floor: less is a yes, a laugh, a cough. */
    static final int FLOOR_SLOTS = 10;

    /** A pause of this length ends a monologue, and counts as silence if nobody talks. */
    static final int SILENCE_SLOTS = 30;

    private Spurts() {}

    /**
     * One stretch.
     *
     * @param leg index among the legs
     * @param from first slot of the call
     * @param to slot after the last
     */
    record Spurt(int leg, int from, int to) {
        int slots() {
            return to - from;
        }
    }

    /** The stretches of a leg. */
    static List<Spurt> of(int leg, BitSet talk) {
        List<Spurt> spurts = new ArrayList<>();
        for (int from = talk.nextSetBit(0); from >= 0; ) {
            int to = talk.nextClearBit(from);
            spurts.add(new Spurt(leg, from, to));
            from = talk.nextSetBit(to);
        }
        return spurts;
    }

    /** How often each leg interrupted another, by index: began while the other talked, talked for at least a second, and ended after it. */
    static int[] interruptions(List<List<Spurt>> legs) {
        int[] counts = new int[legs.size()];
        for (List<Spurt> interrupting : legs) {
            for (Spurt spurt : interrupting) {
                if (spurt.slots() >= FLOOR_SLOTS && legs.stream().anyMatch(others -> interrupts(spurt, others))) {
                    counts[spurt.leg()]++;
                }
            }
        }
        return counts;
    }

    private static boolean interrupts(Spurt spurt, List<Spurt> others) {
        return others.stream()
                .anyMatch(other -> other.leg() != spurt.leg()
                        && other.from() < spurt.from()
                        && other.to() > spurt.from()
                        && other.to() < spurt.to());
    }

    /** The longest monologue of each leg, in slots, by index. */
    static int[] monologues(List<List<Spurt>> legs) {
        int[] longest = new int[legs.size()];
        List<Spurt> inOrder = legs.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Spurt::from).thenComparingInt(Spurt::leg))
                .toList();
        int speaker = -1;
        int from = 0;
        int to = 0;
        for (Spurt spurt : inOrder) {
            boolean continues = spurt.leg() == speaker && spurt.from() - to < SILENCE_SLOTS;
            if (!continues && spurt.leg() != speaker && spurt.slots() < FLOOR_SLOTS) {
                // A short interjection counts on its own.
                longest[spurt.leg()] = Math.max(longest[spurt.leg()], spurt.slots());
                continue;
            }
            if (!continues) {
                speaker = spurt.leg();
                from = spurt.from();
            }
            to = spurt.to();
            longest[speaker] = Math.max(longest[speaker], to - from);
        }
        return longest;
    }
}
