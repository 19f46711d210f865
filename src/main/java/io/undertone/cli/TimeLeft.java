package io.undertone.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long networks still train, by the epochs that they have had: where epochs 2 to 4 took 10 s, the 6 of 10 that are left take 30 s.
 * Members of one number follow each other, fold after fold: an epoch that comes again begins another. Not thread-safe.
 */
final class TimeLeft {
    private record Seen(int firstEpoch, long firstAtNanos, int epoch) {}

    private final LongSupplier nanoClock;
    private final Map<Integer, Seen> byMember = new HashMap<>();

    TimeLeft(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Seconds left now that a member has finished an epoch, the first being 1; empty where none was seen before. */
    OptionalLong after(int member, int epoch, int epochs) {
        long now = nanoClock.getAsLong();
        Seen before = byMember.get(member);
        if (before == null || epoch <= before.epoch()) {
            byMember.put(member, new Seen(epoch, now, epoch));
            return OptionalLong.empty();
        }
        byMember.put(member, new Seen(before.firstEpoch(), before.firstAtNanos(), epoch));
        double perEpoch = (double) (now - before.firstAtNanos()) / (epoch - before.firstEpoch());
        return OptionalLong.of(Math.round(perEpoch * (epochs - epoch) / 1e9));
    }
}
