package io.undertone.conversation;

import io.undertone.Role;
import io.undertone.conversation.Spurts.Spurt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who talked how much in a call, and who interrupted whom. The same levels give the same measures.
 *
 * <p>With the customer talking in [0; 4) s and [9; 10) s and the agent in [3; 8) s of a call of 14 s: shares 5/10 and 5/10, one overlap
 * of 1 s, one interruption by the agent, one silence of 4 s at the end; the pause of 1 s at 8 s is too short to count.
 *
 * @param startedAtMs when the first audio of any leg was spoken, epoch ms, to 100 ms
 * @param durationMs from there to the end of the last audio
 * @param roles by role, in the order of the schema
 * @param silence stretches of 3 s and more in which nobody talked
 * @param overlap stretches of 200 ms and more in which two legs talked at once
 */
public record ConversationMeasures(
        long startedAtMs, long durationMs, List<RoleTalk> roles, Stretches silence, Stretches overlap) {
    private static final int OVERLAP_SLOTS = 2;

    public ConversationMeasures {
        roles = List.copyOf(roles);
    }

    /** Measures the legs of a call, one for each role.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ConversationMeasures of(List<LegTrack> tracks) {
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("a call must have at least one leg: legs=0");
        }
        List<LegTrack> legs =
                tracks.stream().sorted(Comparator.comparing(LegTrack::role)).toList();
        long first = legs.stream().mapToLong(LegTrack::firstSlot).min().orElseThrow();
        int slots = (int) (legs.stream().mapToLong(LegTrack::end).max().orElseThrow() - first);
        List<BitSet> talks = new ArrayList<>();
        List<List<Spurt>> spurts = new ArrayList<>();
        BitSet anyone = new BitSet(slots);
        BitSet together = new BitSet(slots);
        for (LegTrack leg : legs) {
            BitSet talk = inCall(leg, first);
            spurts.add(Spurts.of(talks.size(), talk));
            talks.add(talk);
            BitSet both = (BitSet) talk.clone();
            both.and(anyone);
            together.or(both);
            anyone.or(talk);
        }
        BitSet nobody = new BitSet(slots);
        nobody.set(0, slots);
        nobody.andNot(anyone);
        return new ConversationMeasures(
                first * SlotLevels.SLOT_MS,
                ms(slots),
                roles(legs, talks, spurts, first),
                stretches(nobody, Spurts.SILENCE_SLOTS),
                stretches(together, OVERLAP_SLOTS));
    }

    private static BitSet inCall(LegTrack leg, long first) {
        BitSet talk = new BitSet();
        int shift = (int) (leg.firstSlot() - first);
        TalkGate.talk(leg).stream().forEach(slot -> talk.set(slot + shift));
        return talk;
    }

    private static List<RoleTalk> roles(List<LegTrack> legs, List<BitSet> talks, List<List<Spurt>> spurts, long first) {
        int all = talks.stream().mapToInt(BitSet::cardinality).sum();
        int[] interruptions = Spurts.interruptions(spurts);
        int[] monologues = Spurts.monologues(spurts);
        List<RoleTalk> roles = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            int talked = talks.get(i).cardinality();
            Role role = legs.get(i).role();
            roles.add(new RoleTalk(
                    role,
                    ms(talked),
                    all == 0 ? 0 : (double) talked / all,
                    ms(monologues[i]),
                    interruptions[i],
                    level(legs.get(i), talks.get(i), first),
                    spans(spurts.get(i))));
        }
        return roles;
    }

    private static List<TalkSpan> spans(List<Spurt> spurts) {
        return spurts.stream()
                .limit(RoleTalk.SPANS_MAX)
                .map(spurt -> new TalkSpan(ms(spurt.from()), ms(spurt.to())))
                .toList();
    }

    /** The energy mean of received slots with talk, to a tenth of a dB. */
    private static @Nullable Double level(LegTrack leg, BitSet talk, long first) {
        double energy = 0;
        int count = 0;
        for (int slot = 0; slot < leg.slots(); slot++) {
            if (talk.get(slot + (int) (leg.firstSlot() - first)) && leg.level(slot) != SlotLevels.NO_AUDIO) {
                energy += StrictMath.pow(10, SlotLevels.decibels(leg.level(slot)) / 10);
                count++;
            }
        }
        return count == 0 ? null : Math.round(100 * StrictMath.log10(energy / count)) / 10.0;
    }

    private static Stretches stretches(BitSet slots, int atLeast) {
        int count = 0;
        int total = 0;
        int longest = 0;
        for (Spurt stretch : Spurts.of(0, slots)) {
            if (stretch.slots() >= atLeast) {
                count++;
                total += stretch.slots();
                longest = Math.max(longest, stretch.slots());
            }
        }
        return new Stretches(count, ms(total), ms(longest));
    }

    private static long ms(int slots) {
        return (long) slots * SlotLevels.SLOT_MS;
    }
}
