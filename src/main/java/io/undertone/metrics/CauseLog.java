package io.undertone.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs a trouble once per cause and minute, however often it happens; the counters say how often. Thread-safe. */
public final class CauseLog {
    private static final long QUIET_MS = 60_000;

    private final Logger log;
    private final LongSupplier clockMs;
    private final Map<String, Long> quietUntilMs = new ConcurrentHashMap<>();

    /**
     * A log.
     *
     * @param clockMs the time, epoch ms
     */
    public CauseLog(Logger log, LongSupplier clockMs) {
        this.log = log;
        this.clockMs = clockMs;
    }

    /**
     * Logs a warning unless this cause was logged within a minute.
     *
     * @param cause one of few: a constant's name
     * @param message what happened; no audio, no call id
     */
    public void warn(String cause, String message) {
        long now = clockMs.getAsLong();
        boolean[] due = new boolean[1];
        quietUntilMs.compute(cause, (key, until) -> {
            due[0] = until == null || now >= until;
            return due[0] || until == null ? now + QUIET_MS : until;
        });
        if (due[0]) {
            log.warn("{}: {} (once a minute at most; counters tell how often)", cause, message);
        }
    }
}
