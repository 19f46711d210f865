package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LegScheduleTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void shouldBeginLegsWithinTheFirstSecondAndNotTogether() {
        LegSchedule schedule = new LegSchedule(200, 200, 1, 1);
        long[] due = new long[10];
        for (int leg = 0; leg < 200; leg++) {
            long first = schedule.chunkDueNanos(leg, 0);
            assertThat(first).isBetween(200 * MS, 1_200 * MS - 1);
            due[(int) ((first - 200 * MS) / (100 * MS))]++;
        }
        for (long inTenth : due) {
            assertThat(inTenth).isBetween(5L, 40L);
        }
    }

    @Test
    void shouldLetLegsJoinOverALongerTime() {
        LegSchedule schedule = new LegSchedule(200, 200, 20, 1);
        long[] joined = new long[4];
        for (int leg = 0; leg < 200; leg++) {
            long begin = schedule.chunkDueNanos(leg, 0) - 200 * MS;
            assertThat(begin).isBetween(0L, 20_000 * MS - 1);
            joined[(int) (begin / (5_000 * MS))]++;
        }
        for (long inQuarter : joined) {
            assertThat(inQuarter).isBetween(30L, 70L);
        }
    }

    @Test
    void shouldKeepRealTimePace() {
        LegSchedule schedule = new LegSchedule(3, 20, 1, 7);
        assertThat(schedule.chunkDueNanos(2, 150) - schedule.chunkDueNanos(2, 0))
                .isEqualTo(3_000 * MS);
    }

    @Test
    void shouldExpectAWindowWithTheChunkThatHoldsItsLastSample() {
        LegSchedule schedule = new LegSchedule(1, 200, 1, 1);
        assertThat(schedule.windowDueNanos(0, 3_000)).isEqualTo(schedule.chunkDueNanos(0, 14));
        assertThat(schedule.windowDueNanos(0, 3_001)).isEqualTo(schedule.chunkDueNanos(0, 15));
        LegSchedule uneven = new LegSchedule(1, 350, 1, 1);
        assertThat(uneven.windowDueNanos(0, 3_000)).isEqualTo(uneven.chunkDueNanos(0, 8));
    }

    @Test
    void shouldCountTheChunksDueBeforeATime() {
        LegSchedule schedule = new LegSchedule(1, 200, 1, 1);
        long third = schedule.chunkDueNanos(0, 2);
        assertThat(schedule.chunksBefore(0, third)).isEqualTo(2);
        assertThat(schedule.chunksBefore(0, third + 1)).isEqualTo(3);
        assertThat(schedule.chunksBefore(0, 0)).isZero();
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertThat(new LegSchedule(5, 200, 1, 3).chunkDueNanos(4, 9))
                .isEqualTo(new LegSchedule(5, 200, 1, 3).chunkDueNanos(4, 9));
    }

    @Test
    void shouldRefuseWhatIsNoSchedule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LegSchedule(0, 200, 1, 1))
                .withMessage("legs must be >= 1: legs=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LegSchedule(1, 0, 1, 1))
                .withMessage("chunkMs must be 1 to 30000 ms: chunkMs=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LegSchedule(1, 200, 0, 1))
                .withMessage("joinSeconds must be >= 1 s: joinSeconds=0");
    }
}
