package io.undertone.bench;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends the chunks of a {@link LegSchedule} in the order in which they are due, each at its due time; late chunks are
 * sent at once, none is skipped. Not thread-safe.
 */
public final class SchedulePlayer {
    /** Chunks due within this time are sent together, to limit wake-ups with many legs. */
    private static final long SLACK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final LegSchedule schedule;
    private final LongSupplier nanoClock;
    private final Sleeper sleeper;

    /** @param nanoClock {@code System::nanoTime} except in tests */
    public SchedulePlayer(LegSchedule schedule, LongSupplier nanoClock, Sleeper sleeper) {
        this.schedule = schedule;
        this.nanoClock = nanoClock;
        this.sleeper = sleeper;
    }

    /** Waits; replaced in tests. */
    public interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    /** Receives the chunks. */
    public interface Sender {
        /** Sends chunk {@code chunk} of that leg. */
        void send(int leg, long chunk);
    }

    private record Turn(int leg, long chunk, long dueNanos) {}

    /**
     * Sends all chunks that are due before {@code untilNanos}.
     *
     * @param startNanos start of the run, by the clock
     * @return chunks sent
     */
    public long play(long startNanos, long untilNanos, Sender sender) throws InterruptedException {
        PriorityQueue<Turn> turns =
                new PriorityQueue<>(Comparator.comparingLong(Turn::dueNanos).thenComparingInt(Turn::leg));
        for (int leg = 0; leg < schedule.legs(); leg++) {
            turns.add(new Turn(leg, 0, schedule.chunkDueNanos(leg, 0)));
        }
        long sent = 0;
        for (Turn turn = turns.poll(); turn != null && turn.dueNanos < untilNanos; turn = turns.poll()) {
            long waitNanos = startNanos + turn.dueNanos - nanoClock.getAsLong();
            if (waitNanos > 0) {
                sleeper.sleep(waitNanos + SLACK_NANOS);
            }
            sender.send(turn.leg, turn.chunk);
            sent++;
            turns.add(new Turn(turn.leg, turn.chunk + 1, schedule.chunkDueNanos(turn.leg, turn.chunk + 1)));
        }
        return sent;
    }
}
