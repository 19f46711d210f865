package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ClosingTest {
    private Optional<Duration> granted;
    private boolean interruptedMeanwhile;

    private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest") {
        @Override
        public void close(CloseOptions options) {
            granted = options.timeout();
            interruptedMeanwhile = Thread.currentThread().isInterrupted();
        }
    };

    @AfterEach
    void leaveTheThreadAsItWas() {
        Thread.interrupted();
    }

    @Test
    void shouldTakeItsTime() {
        Closing.close(consumer, Duration.ofSeconds(3));
        assertThat(granted).contains(Duration.ofSeconds(3));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldCloseAtOnceAndUndisturbedOnAThreadThatWasInterrupted() {
        Thread.currentThread().interrupt();
        Closing.close(consumer, Duration.ofSeconds(3));
        assertThat(granted).contains(Duration.ZERO);
        assertThat(interruptedMeanwhile).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
