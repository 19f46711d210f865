package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenGateTest {
    private final OpenGate gate = new OpenGate("the engine");
    private final AtomicInteger freed = new AtomicInteger();

    @Test
    void shouldFreeOnceAndRefuseCallsAfterwards() {
        gate.close(freed::incrementAndGet);
        gate.close(freed::incrementAndGet);
        assertThat(freed).hasValue(1);
        assertThatThrownBy(() -> gate.enter(() -> {})).hasMessageContaining("before it is closed: the engine");
    }

    /** Else a process whose engine hangs would never end. */
    @Test
    void shouldNotWaitForACallThatHangsNorFreeWhatItUses() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Thread hanging = new Thread(() -> {
            try {
                gate.enter(() -> {
                    inside.countDown();
                    never.await();
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        hanging.start();
        inside.await();
        gate.close(freed::incrementAndGet);
        assertThat(freed).hasValue(0);
        never.countDown();
        hanging.join();
    }
}
