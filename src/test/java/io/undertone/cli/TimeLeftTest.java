package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final TimeLeft left = new TimeLeft(nanos::get);

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldGoByTheEpochsThatThereWere() {
        assertThat(left.after(0, 2, 10)).isEmpty();
        pass(4);
        assertThat(left.after(0, 3, 10)).hasValue(28);
        pass(6);
        assertThat(left.after(0, 4, 10)).hasValue(30);
        pass(30);
        assertThat(left.after(0, 10, 10)).hasValue(0);
    }

    /** By the first fold's beginning, the second once had hours left. */
    @Test
    void shouldBeginAnewWithTheNextFold() {
        left.after(0, 1, 3);
        pass(1_000);
        left.after(0, 3, 3);
        pass(5_000);
        assertThat(left.after(0, 1, 3)).isEmpty();
        pass(10);
        assertThat(left.after(0, 2, 3)).hasValue(10);
    }

    @Test
    void shouldTellMembersApart() {
        left.after(0, 1, 3);
        pass(10);
        assertThat(left.after(1, 1, 3)).isEmpty();
        pass(20);
        assertThat(left.after(1, 2, 3)).hasValue(20);
        assertThat(left.after(0, 2, 3)).hasValue(30);
    }
}
