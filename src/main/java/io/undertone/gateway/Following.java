package io.undertone.gateway;

import io.undertone.metrics.CauseLog;
import io.undertone.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic on its own thread, from {@link #start} to {@link #close}. If reading fails, it opens a new reader after a second.
 * Thread-safe.
 */
final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_MS = 1_000;
    private static final long STOP_MS = 2_000;

    /** Reads the topic. Used by the reading thread only, except for {@link #stop}. */
    interface Reader extends AutoCloseable {
        /** @return false once {@link #stop} was called, or if a new reader is needed */
        boolean poll(Duration atMost);

        /** Interrupts the current {@link #poll}, or else the next one. */
        void stop();

        @Override
        void close();
    }

    private final Supplier<Reader> opener;
    private final String code;
    private final CauseLog causes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Reader reader;

    private Following(String name, Supplier<Reader> opener, String code, LongSupplier clockMs) {
        this.opener = opener;
        this.code = code;
        this.causes = new CauseLog(LOG, clockMs);
        this.thread = new Thread(this::run, name);
    }

    /**
     * Starts reading.
     *
     * @param name of the thread
     * @param opener opens a reader, which the thread closes
     * @param code of the log line if the topic cannot be read
     */
    static Following start(String name, Supplier<Reader> opener, String code, LongSupplier clockMs) {
        Following following = new Following(name, opener, code, clockMs);
        following.thread.setDaemon(true);
        following.thread.start();
        return following;
    }

    /** As {@link #start(String, Supplier, String, LongSupplier)}, with a reader that is already open. */
    static Following start(String name, Reader first, Supplier<Reader> opener, String code, LongSupplier clockMs) {
        AtomicReference<@Nullable Reader> opened = new AtomicReference<>(first);
        Supplier<Reader> firstThenOthers = () -> {
            Reader left = opened.getAndSet(null);
            return left == null ? opener.get() : left;
        };
        return start(name, firstThenOthers, code, clockMs);
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Reader opened = opener.get()) {
                reader = opened;
                read(opened);
            } catch (KafkaException | RegistryException e) {
                causes.warn(code, "a topic cannot be read by the gateway, and is tried again: " + e.getMessage());
                pause();
            }
        }
    }

    private void read(Reader opened) {
        boolean more = true;
        while (more && stopped.getCount() > 0) {
            more = opened.poll(POLL);
        }
    }

    private void pause() {
        try {
            stopped.await(RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the thread to stop, without waiting for it. */
    void stop() {
        stopped.countDown();
        Reader opened = reader;
        if (opened != null) {
            opened.stop();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
