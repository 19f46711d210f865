package io.undertone.cli;

import io.undertone.window.LegSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How a chaos run goes.
 *
 * @param seed of all that is random
 * @param faults how often each comes; all of them again, shuffled anew, until {@code kills} is reached
 * @param kills least number of processes that get SIGKILL; 0: as many as the faults bring
 * @param legsAtOnce legs spoken side by side
 * @param minLegs least number of legs in all
 * @param sessionMs how long an instance may be silent before its work is given away; 0: the program's own default
 * @param maxMs no new fault begins after this; 0: all come
 * @param protocol of the groups: classic, or streams
 */
record ChaosPlan(
        long seed,
        Map<Fault, Integer> faults,
        int kills,
        int legsAtOnce,
        int minLegs,
        int sessionMs,
        long maxMs,
        String protocol) {
    /** A chunk that was overtaken is waited for as long as a broker may be gone between the two. */
    static final LegSettings LEGS = new LegSettings(1_000, 10_000, 0.2);

    private static final int DEFAULT_SESSION_MS = 8_000;

    ChaosPlan {
        faults = new EnumMap<>(faults);
    }

    /** Each fault as often as said, under the protocol classic. */
    ChaosPlan(long seed, Map<Fault, Integer> faults, int legsAtOnce, int minLegs, int sessionMs, long maxMs) {
        this(seed, faults, 0, legsAtOnce, minLegs, sessionMs, maxMs, "classic");
    }

    boolean hasRegistry() {
        return faults.containsKey(Fault.REGISTRY_DOWN);
    }

    /** Silence after which the group gives an instance's work away. */
    int effectiveSessionMs() {
        return sessionMs > 0 ? sessionMs : DEFAULT_SESSION_MS;
    }

    /** The faults in the order in which they come; without end where a number of kills is asked for. */
    Iterator<Fault> order(Random random) {
        return new Iterator<>() {
            private Iterator<Fault> round = shuffled(random).iterator();

            @Override
            public boolean hasNext() {
                return round.hasNext() || kills > 0;
            }

            @Override
            public Fault next() {
                if (!round.hasNext() && kills > 0) {
                    round = shuffled(random).iterator();
                }
                return round.next();
            }
        };
    }

    private List<Fault> shuffled(Random random) {
        List<Fault> once = new ArrayList<>();
        faults.forEach((fault, count) -> once.addAll(Collections.nCopies(count, fault)));
        Collections.shuffle(once, random);
        return once;
    }
}
