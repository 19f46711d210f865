package io.undertone.gateway;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.metrics.CauseLog;
import io.undertone.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is heard in calls from now on, on a thread of its own, from {@link #start} to {@link #close}. Where Kafka is away it begins anew
 * at what comes then. Thread-safe.
 */
final class HeardEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeardEvents.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_MS = 1_000;
    private static final long STOP_MS = 2_000;

    private final UndertoneConfig config;
    private final Consumer<EmotionEvent> to;
    private final CauseLog causes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "undertone-gateway-events");
    private volatile @Nullable EventReader reader;

    private HeardEvents(UndertoneConfig config, Consumer<EmotionEvent> to, LongSupplier clockMs) {
        this.config = config;
        this.to = to;
        this.causes = new CauseLog(LOG, clockMs);
    }

    /** @param to told of each event, by the thread */
    static HeardEvents start(UndertoneConfig config, Consumer<EmotionEvent> to, LongSupplier clockMs) {
        HeardEvents events = new HeardEvents(config, to, clockMs);
        events.thread.setDaemon(true);
        events.thread.start();
        return events;
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (EventReader opened = EventReader.open(config, false)) {
                reader = opened;
                read(opened);
            } catch (KafkaException | RegistryException e) {
                causes.warn("EVENTS", "what is heard cannot be read, and is tried again: " + e.getMessage());
                pause();
            }
        }
    }

    private void read(EventReader opened) {
        boolean more = true;
        while (more && stopped.getCount() > 0) {
            more = opened.poll(POLL, new Told());
        }
    }

    private void pause() {
        try {
            stopped.await(RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        EventReader opened = reader;
        if (opened != null) {
            opened.stop();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events alone. */
    private final class Told implements EventListener {
        @Override
        public void event(EmotionEvent event) {
            to.accept(event);
        }

        @Override
        public void summary(CallSummary summary) {
            // Comes when the call is over.
        }
    }
}
