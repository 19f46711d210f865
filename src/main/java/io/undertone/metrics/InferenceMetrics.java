package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.undertone.inference.BatchObserver;
import io.undertone.inference.DynamicBatcher;
import java.util.concurrent.TimeUnit;

/**
 * Triton's figures for inference: batches, their size, how long windows queue, how long batches take and how much of that which voters
 * do. Thread-safe.
 */
public final class InferenceMetrics implements BatchObserver {
    private final MeterRegistry registry;
    private final DistributionSummary batchSize;
    private final Timer queueTime;
    private final Timer computeTime;
    private final Counter failures;

    public InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        batchSize = DistributionSummary.builder("undertone.inference.batch.size")
                .description("Windows in a batch; its count is the number of batches, its sum that of windows")
                .publishPercentiles(0.5, 0.95)
                .register(registry);
        queueTime = Timer.builder("undertone.inference.queue.time")
                .description("How long the oldest window of a batch waited")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
        computeTime = Timer.builder("undertone.inference.compute.time")
                .description("How long the ensemble took for a batch")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry);
        failures = Counter.builder("undertone.inference.failures")
                .description("Batches that the ensemble failed on; each is retried window by window")
                .register(registry);
    }

    /** Shows the length of this batcher's queue. */
    public void watch(DynamicBatcher batcher) {
        Gauge.builder("undertone.inference.queue.length", batcher, DynamicBatcher::queueLength)
                .description("Windows that wait for a batch")
                .register(registry);
    }

    @Override
    public void computed(int windows, long waitedNanos, long computedNanos) {
        batchSize.record(windows);
        queueTime.record(waitedNanos, TimeUnit.NANOSECONDS);
        computeTime.record(computedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void computedBy(String voters, long computedNanos) {
        // The registry gives the same timer for the same name and tag.
        Timer.builder("undertone.inference.voters.time")
                .description("How long voters that run together took for a batch: the networks are one graph")
                .tag("voters", voters)
                .publishPercentiles(0.5, 0.95)
                .register(registry)
                .record(computedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(int windows) {
        failures.increment();
    }
}
