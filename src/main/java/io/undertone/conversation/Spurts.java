package io.undertone.conversation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Stretches of talk of one leg in a row, and what follows from several legs' of them. */
final class Spurts {
    /** Someone who talks as long as this has taken the floor: less is a yes, a laugh, a cough. */
    static final int FLOOR_SLOTS = 10;

    /** A pause as long as this ends a monologue, and is a silence where nobody talks. */
    static final int SILENCE_SLOTS = 30;

    private Spurts() {}

    /**
     * One stretch.
     *
     * @param leg whose, its place among the legs
     * @param from first slot of the call
     * @param to slot behind the last
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

    /** How often each leg cut another short, by place: began while the other talked, talked on for a second, and ended after it. */
    static int[] interruptions(List<List<Spurt>> legs) {
        int[] counts = new int[legs.size()];
        for (List<Spurt> cutting : legs) {
            for (Spurt spurt : cutting) {
                if (spurt.slots() >= FLOOR_SLOTS && legs.stream().anyMatch(others -> cuts(spurt, others))) {
                    counts[spurt.leg()]++;
                }
            }
        }
        return counts;
    }

    private static boolean cuts(Spurt spurt, List<Spurt> others) {
        return others.stream()
                .anyMatch(other -> other.leg() != spurt.leg()
                        && other.from() < spurt.from()
                        && other.to() > spurt.from()
                        && other.to() < spurt.to());
    }

    /** The longest monologue of each leg, in slots, by place. */
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
            boolean goesOn = spurt.leg() == speaker && spurt.from() - to < SILENCE_SLOTS;
            if (!goesOn && spurt.leg() != speaker && spurt.slots() < FLOOR_SLOTS) {
                // A word in between; it counts for itself.
                longest[spurt.leg()] = Math.max(longest[spurt.leg()], spurt.slots());
                continue;
            }
            if (!goesOn) {
                speaker = spurt.leg();
                from = spurt.from();
            }
            to = spurt.to();
            longest[speaker] = Math.max(longest[speaker], to - from);
        }
        return longest;
    }
}
