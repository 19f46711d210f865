package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.ingest.LegId;
import io.undertone.window.LegSettings;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LegWatchTest {
    private static final LegId ONE = TestLegs.customer("1");
    private static final LegId TWO = TestLegs.customer("2");
    private static final LegPolicy POLICY =
            new LegPolicy(Set.of(Role.CUSTOMER), 1, LegSettings.DEFAULT, 10_000, 60_000, 2);

    private final AtomicInteger live = new AtomicInteger();
    private final LegWatch watch = new LegWatch(POLICY, live, 0);

    private void tickUntil(long fromMs, long toMs) {
        for (long now = fromMs; now <= toMs; now += 1000) {
            assertThat(watch.idle(now)).as("at " + now).isEmpty();
        }
    }

    @Test
    void shouldCountIdleTimeFromTheLastChunk() {
        watch.open(ONE, 0);
        watch.open(TWO, 0);
        watch.received(TWO, false, 3_000);
        tickUntil(1_000, 9_000);
        assertThat(watch.idle(10_000)).containsExactly(ONE);
        watch.ended(ONE, 10_000);
        assertThat(watch.idle(13_000)).containsExactly(TWO);
    }

    @Test
    void shouldCountIdleTimeOfOldLegsFromItsOwnBeginning() {
        LegWatch later = new LegWatch(POLICY, live, 1_000_000);
        later.found(ONE, LegStates.NOT_ENDED, false);
        for (long now = 1_001_000; now < 1_010_000; now += 1000) {
            assertThat(later.idle(now)).isEmpty();
        }
        assertThat(later.idle(1_010_000)).containsExactly(ONE);
    }

    @Test
    void shouldNotCountTimeInWhichTheClockDidNotCall() {
        watch.open(ONE, 0);
        tickUntil(1_000, 9_000);
        assertThat(watch.idle(60_000)).isEmpty();
        tickUntil(61_000, 69_000);
        assertThat(watch.idle(70_000)).containsExactly(ONE);
    }

    @Test
    void shouldKeepTheLimitOfTheProcess() {
        assertThat(watch.open(ONE, 0)).isTrue();
        LegWatch other = new LegWatch(POLICY, live, 0);
        assertThat(other.open(TWO, 0)).isTrue();
        assertThat(other.open(TestLegs.customer("3"), 0)).isFalse();
        assertThat(watch.open(ONE, 0)).isTrue();
        watch.ended(ONE, 0);
        assertThat(live).hasValue(1);
        other.close();
        assertThat(live).hasValue(0);
    }

    @Test
    void shouldForgetEndsInTheOrderOfTheirTimes() {
        watch.found(ONE, 5_000, false);
        watch.found(TWO, 1_000, false);
        assertThat(watch.hasEnded(ONE)).isTrue();
        assertThat(watch.forgottenEnds(60_999)).isEmpty();
        assertThat(watch.forgottenEnds(61_000)).containsExactly(TWO);
        assertThat(watch.forgottenEnds(65_000)).containsExactly(ONE);
        assertThat(watch.hasEnded(ONE)).isFalse();
    }

    @Test
    void shouldNotRememberMoreEndsThanTenTimesTheLimit() {
        for (int i = 0; i < 25; i++) {
            watch.ended(TestLegs.customer("c" + i), 0);
        }
        assertThat(watch.forgottenEnds(0)).hasSize(5).first().isEqualTo(TestLegs.customer("c0"));
    }
}
