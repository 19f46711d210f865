package io.undertone.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** A progress bar for each task of a run, created at its first update. Thread-safe. */
final class ProgressBars implements AutoCloseable {
    private final Surroundings surroundings;
    private final Map<String, Progress> bars = new LinkedHashMap<>();

    ProgressBars(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Sets a task's bar to {@code done} of {@code total} of {@code unit}. */
    synchronized void to(String task, String unit, int done, int total) {
        bars.computeIfAbsent(task, name -> Progress.of(surroundings, name, unit, total))
                .to(done);
    }

    @Override
    public synchronized void close() {
        bars.values().forEach(Progress::close);
    }
}
