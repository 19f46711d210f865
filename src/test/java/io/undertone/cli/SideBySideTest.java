package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SideBySideTest {
    @Test
    void shouldCloseAllAtOnce() {
        AtomicInteger closed = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(3);
        try (SideBySide parts = new SideBySide(Duration.ofMinutes(1))) {
            for (String name : new String[] {"feed", "streams", "gateway"}) {
                parts.add(name, () -> {
                    // Closed one after the other, the first would wait for ever.
                    together.await();
                    closed.incrementAndGet();
                });
            }
        }
        assertThat(closed).hasValue(3);
    }

    @Test
    void shouldLeaveWhatHangsAndWhatFails() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        try (SideBySide parts = new SideBySide(Duration.ofMillis(1))) {
            parts.add("hangs", never::await);
            parts.add("fails", () -> {
                throw new IllegalStateException("cannot");
            });
            parts.add("ends", () -> {
                closed.incrementAndGet();
                last.countDown();
            });
        }
        assertThat(never.getCount()).isOne();
        never.countDown();
        org.awaitility.Awaitility.await().until(() -> last.getCount() == 0);
        assertThat(closed).hasValue(1);
    }
}
