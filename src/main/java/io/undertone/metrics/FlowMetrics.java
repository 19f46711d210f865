package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What flows through both applications: live legs, waiting windows, outputs, and how old an event's audio is. Thread-safe. */
public final class FlowMetrics {
    /** An event older than this tells of a replay, not of a delay. */
    private static final long MAX_LATENCY_MS = 3_600_000;

    private final AtomicInteger liveLegs = new AtomicInteger();
    private final AtomicInteger waitingWindows = new AtomicInteger();
    private final Counter windows;
    private final Counter legsEnded;
    private final Counter summaries;
    private final Timer latency;

    public FlowMetrics(MeterRegistry registry) {
        Gauge.builder("undertone.legs.live", liveLegs, AtomicInteger::get)
                .description("Legs that have begun and not ended, in this process")
                .register(registry);
        Gauge.builder("undertone.windows.waiting", waitingWindows, AtomicInteger::get)
                .description("Windows that wait for their verdict, in this process")
                .register(registry);
        windows = Counter.builder("undertone.features.windows")
                .description("Windows with speech that the features stage passed on")
                .register(registry);
        legsEnded = Counter.builder("undertone.features.legs.ended")
                .description("Legs whose end the features stage passed on")
                .register(registry);
        summaries = Counter.builder("undertone.inference.summaries")
                .description("Summaries of legs that the inference stage passed on")
                .register(registry);
        latency = Timer.builder("undertone.event.age")
                .description("From the moment a window's last sample was spoken to its verdict")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
    }

    /** Live legs, shared by all tasks: they add and take away what is theirs. */
    public AtomicInteger liveLegs() {
        return liveLegs;
    }

    /** Waiting windows, shared by all tasks. */
    public AtomicInteger waitingWindows() {
        return waitingWindows;
    }

    public void countWindow() {
        windows.increment();
    }

    public void countLegEnded() {
        legsEnded.increment();
    }

    public void countSummary() {
        summaries.increment();
    }

    /** Takes the age of an event, unless its audio is of another day. */
    public void eventAge(long capturedAtMs, long nowMs) {
        long age = nowMs - capturedAtMs;
        if (age >= 0 && age <= MAX_LATENCY_MS) {
            latency.record(Duration.ofMillis(age));
        }
    }
}
