package io.undertone.web;

import java.util.function.Supplier;

/**
 * The checks behind {@code /health/…}, run on each request; called from any thread, and must be fast.
 *
 * @param started whether the process has come up: models warm, streams once running. It stays so
 * @param live whether it makes or can make progress; if not, it should be restarted
 * @param ready whether it does its work now
 */
public record HealthProbes(Supplier<Health> started, Supplier<Health> live, Supplier<Health> ready) {
    /** For a process with no other part than the page. */
    public static HealthProbes none() {
        Supplier<Health> up = () -> Health.up("process", "running");
        return new HealthProbes(up, up, up);
    }
}
