package io.undertone.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a process that are closed all at once: each may take its time, and a process that was asked to end has 10 s for them all. One
 * that takes longer than is granted is left to the end of the process. Used by one thread.
 */
final class SideBySide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

    private final Duration patience;
    private final Map<String, AutoCloseable> parts = new LinkedHashMap<>();

    /** @param patience how long the parts may take together */
    SideBySide(Duration patience) {
        this.patience = patience;
    }

    /** Adds a part and gives it back. */
    <T extends AutoCloseable> T add(String name, T part) {
        parts.put(name, part);
        return part;
    }

    @Override
    public void close() {
        List<Thread> ends = new ArrayList<>();
        parts.forEach((name, part) -> {
            Thread end = new Thread(() -> close(name, part), "undertone-end-" + name);
            // What hangs must not hold up the process.
            end.setDaemon(true);
            end.start();
            ends.add(end);
        });
        long giveUpAt = System.nanoTime() + patience.toNanos();
        try {
            for (Thread end : ends) {
                // At least 1 ms: 0 would be for ever.
                end.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime())));
                if (end.isAlive()) {
                    LOG.warn("{} did not finish in time", end.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(String name, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not end cleanly", name, e);
        }
    }
}
