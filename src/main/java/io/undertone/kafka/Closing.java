package io.undertone.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/** The end of consumers that read topics by themselves. */
final class Closing {
    private Closing() {}

    /**
     * Closes one. On a thread that was interrupted at once, and the thread stays so: Kafka's client would otherwise wait, meet the
     * interruption and log it as an error.
     *
     * @param patience how long it may take otherwise
     */
    static void close(Consumer<?, ?> consumer, Duration patience) {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(interrupted ? Duration.ZERO : patience));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
