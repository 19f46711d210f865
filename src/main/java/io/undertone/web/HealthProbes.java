package io.undertone.web;

import java.util.function.Supplier;

/**
 * What {@code /health/…} asks, each time it is asked; from any thread, and quickly.
 *
 * @param started whether the process has come up: models warm, streams once running. It stays so
 * @param live whether it makes progress, or can; if not, a restart is the remedy
 * @param ready whether it does its work now
 */
public record HealthProbes(Supplier<Health> started, Supplier<Health> live, Supplier<Health> ready) {
    /** Of a process without any other part than the page. */
    public static HealthProbes none() {
        Supplier<Health> up = () -> Health.up("process", "running");
        return new HealthProbes(up, up, up);
    }
}
