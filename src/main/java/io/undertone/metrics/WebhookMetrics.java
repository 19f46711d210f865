package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What is posted to one receiver: records by what became of them, tries by their outcome, and what waits. Thread-safe. */
public final class WebhookMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final String receiver;
    private final Counter taken;
    private final Counter delivered;
    private final Counter dead;
    private final Counter handedOver;
    private final Timer latency;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestMs = new AtomicLong();
    private final List<Gauge> gauges;

    /** Of a receiver, by its name. */
    public WebhookMetrics(MeterRegistry registry, String receiver) {
        this.registry = registry;
        this.receiver = receiver;
        taken = counter("taken", "Records that were read for a receiver and not already done");
        delivered = counter("delivered", "Records that a receiver accepted");
        dead = counter(
                "dead",
                "Records that became dead letters because a receiver did not accept them or they cannot be read");
        handedOver = counter(
                "handed.over", "Records that were read but not finished, left to the next owner of their partition");
        latency = Timer.builder("undertone.webhooks.latency")
                .description("Time from the creation of a record to its delivery")
                .tag("receiver", receiver)
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
        gauges = List.of(
                gauge("waiting", "Records in memory that wait for a receiver", waiting, 1),
                gauge(
                        "oldest.seconds",
                        "Age of the oldest record that waits for its first attempt or a retry",
                        oldestMs,
                        1_000));
    }

    private Counter counter(String what, String description) {
        return Counter.builder("undertone.webhooks." + what)
                .description(description)
                .tag("receiver", receiver)
                .register(registry);
    }

    private Gauge gauge(String what, String description, AtomicLong value, double unit) {
        return Gauge.builder("undertone.webhooks." + what, value, now -> now.get() / unit)
                .description(description)
                .tag("receiver", receiver)
                .register(registry);
    }

    /** Records were read. */
    public void taken(int records) {
        taken.increment(records);
    }

    /** The receiver has a record. */
    public void delivered(long latencyMs) {
        delivered.increment();
        latency.record(Math.max(0, latencyMs), TimeUnit.MILLISECONDS);
    }

    /** Dead letters were written. */
    public void dead(int records) {
        dead.increment(records);
    }

    /** Records that were read are left to another owner. */
    public void handedOver(int records) {
        handedOver.increment(records);
    }

    /**
     * A try is over.
     *
     * @param outcome one of few words: {@code delivered}, {@code timeout} and so on
     */
    public void tried(String outcome) {
        Counter.builder("undertone.webhooks.tries")
                .description("Posts to a receiver, by outcome")
                .tag("receiver", receiver)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** What waits now. */
    public void waiting(int records, long oldestAgeMs) {
        waiting.set(records);
        oldestMs.set(oldestAgeMs);
    }

    /** Nothing waits any more. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
