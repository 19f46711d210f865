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
 * Closes parts of a process in parallel, since a shutdown has 10 s for all of them. A part
 * that exceeds the timeout is abandoned. Used by one thread.
 */
final class SideBySide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

    private final Duration patience;
    private final Map<String, AutoCloseable> parts = new LinkedHashMap<>();

    /** @param patience timeout for all parts together */
    SideBySide(Duration patience) {
        this.patience = patience;
    }

    /** Adds a part and returns it. */
    <T extends AutoCloseable> T add(String name, T part) {
        parts.put(name, part);
        return part;
    }

    @Override
    public void close() {
        List<Thread> ends = new ArrayList<>();
        parts.forEach((name, part) -> {
            Thread end = new Thread(() -> close(name, part), "undertone-end-" + name);
            // A part that hangs must not block the exit.
            end.setDaemon(true);
            end.start();
            ends.add(end);
        });
        long giveUpAt = System.nanoTime() + patience.toNanos();
        try {
            for (Thread end : ends) {
                // At least 1 ms: 0 would wait forever.
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
