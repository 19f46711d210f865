package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulePlayerTest {
    private static final long START = 5_000_000_000L;

    private final LegSchedule schedule = new LegSchedule(3, 200, 1, 1);
    private long now = START - 100_000_000;
    private final SchedulePlayer player = new SchedulePlayer(schedule, () -> now, nanos -> now += nanos);

    @Test
    void shouldSendEachChunkWhenItIsDueAndInOrder() throws InterruptedException {
        List<Long> due = new ArrayList<>();
        long sent = player.play(START, TimeUnit.SECONDS.toNanos(3), (leg, chunk) -> {
            long dueNanos = schedule.chunkDueNanos(leg, chunk);
            assertThat(now - START).isBetween(dueNanos, dueNanos + TimeUnit.MILLISECONDS.toNanos(1));
            due.add(dueNanos);
        });
        assertThat(due).isSorted().hasSize((int) sent);
        for (int leg = 0; leg < 3; leg++) {
            assertThat(schedule.chunksBefore(leg, TimeUnit.SECONDS.toNanos(3))).isBetween(9L, 14L);
        }
        assertThat(sent)
                .isEqualTo(schedule.chunksBefore(0, TimeUnit.SECONDS.toNanos(3))
                        + schedule.chunksBefore(1, TimeUnit.SECONDS.toNanos(3))
                        + schedule.chunksBefore(2, TimeUnit.SECONDS.toNanos(3)));
    }

    @Test
    void shouldLeaveNothingOutWhenItIsHeldUp() throws InterruptedException {
        long undisturbed = player.play(START, TimeUnit.SECONDS.toNanos(4), (leg, chunk) -> {});
        now = START;
        boolean[] heldUp = {false};
        long[] lateness = {0};
        long sent = player.play(START, TimeUnit.SECONDS.toNanos(4), (leg, chunk) -> {
            lateness[0] = Math.max(lateness[0], now - START - schedule.chunkDueNanos(leg, chunk));
            if (!heldUp[0]) {
                heldUp[0] = true;
                now += TimeUnit.SECONDS.toNanos(2);
            }
        });
        assertThat(sent).isEqualTo(undisturbed);
        assertThat(lateness[0]).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_700));
    }
}
