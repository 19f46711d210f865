package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StopSignalTest {
    private final StopSignal stop = new StopSignal();

    @Test
    void shouldGiveWhatWasStarted() throws Exception {
        assertThat(stop.unlessRequested(() -> "started")).contains("started");
    }

    @Test
    void shouldNotBeginOnceItWasAskedToEnd() throws Exception {
        stop.request();
        assertThat(stop.unlessRequested(() -> {
                    throw new AssertionError("begun");
                }))
                .isEmpty();
    }

    @Test
    void shouldInterruptAStartThatWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread asker = new Thread(
                () -> {
                    awaitQuietly(begun);
                    stop.request();
                },
                "asker");
        asker.start();

        assertThat(stop.unlessRequested(() -> {
                    begun.countDown();
                    never.await();
                    return "started";
                }))
                .isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        asker.join();
    }

    /** Kafka's clients throw an exception of their own, and leave the thread interrupted: what is closed next must not be. */
    @Test
    void shouldLeaveTheThreadAsItWas() throws Exception {
        assertThat(stop.unlessRequested(() -> {
                    stop.request();
                    throw new InterruptException("in a client");
                }))
                .isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldGoThroughWithWhatTakesNoNotice() throws Exception {
        assertThat(stop.unlessRequested(() -> {
                    stop.request();
                    return "opened";
                }))
                .contains("opened");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldTellAFailureThatNobodyAskedFor() {
        assertThatThrownBy(() -> stop.unlessRequested(() -> {
                    throw new IllegalStateException("cannot");
                }))
                .hasMessage("cannot");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
