package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Metrics of the gateway, by platform: sessions, audio frames, gaps, refusals, and the latency from arrival to Kafka's acknowledgement.
 * Thread-safe.
 */
public final class GatewayMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final Map<String, OfPlatform> platforms = new ConcurrentHashMap<>();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A session has begun. */
    public void opened(String platform) {
        OfPlatform of = of(platform);
        of.open.incrementAndGet();
        of.sessions.increment();
    }

    /** A session is over. */
    public void closed(String platform) {
        of(platform).open.decrementAndGet();
    }

    /** A piece of audio was taken. */
    public void frame(String platform) {
        of(platform).frames.increment();
    }

    /** An unexpected message was ignored. */
    public void odd(String platform) {
        of(platform).odd.increment();
    }

    /** Time passed without audio. */
    public void gap(String platform, long ms) {
        OfPlatform of = of(platform);
        of.gaps.increment();
        of.gapSeconds.increment(ms / 1_000.0);
    }

    /** A chunk was left out, since Kafka did not take it. */
    public void lost(String platform) {
        of(platform).lost.increment();
    }

    /** Kafka has a chunk. */
    public void acknowledged(String platform, long latencyMs) {
        of(platform).latency.record(latencyMs, TimeUnit.MILLISECONDS);
    }

    /**
     * A connection was refused.
     *
     * @param cause one of few: a constant's name in lower case
     */
    public void refused(String platform, String cause) {
        Counter.builder("undertone.gateway.refused")
                .description("Connections that were not taken, or not any longer, by cause")
                .tag("platform", platform)
                .tag("cause", cause)
                .register(registry)
                .increment();
    }

    /** Nothing is open any more, and another gateway may count in the same registry. */
    @Override
    public void close() {
        platforms.values().forEach(of -> registry.remove(of.gauge));
        platforms.clear();
    }

    private OfPlatform of(String platform) {
        return platforms.computeIfAbsent(platform, name -> new OfPlatform(registry, name));
    }

    /** One platform's. */
    private static final class OfPlatform {
        private final AtomicInteger open = new AtomicInteger();
        private final Gauge gauge;
        private final Counter sessions;
        private final Counter frames;
        private final Counter odd;
        private final Counter gaps;
        private final Counter gapSeconds;
        private final Counter lost;
        private final Timer latency;

        private OfPlatform(MeterRegistry registry, String platform) {
            gauge = Gauge.builder("undertone.gateway.sessions.open", open, AtomicInteger::get)
                    .description("Open connections")
                    .tag("platform", platform)
                    .register(registry);
            sessions = counter(registry, platform, "sessions", "Accepted connections");
            frames = counter(registry, platform, "frames", "Audio messages of legs");
            odd = counter(registry, platform, "odd", "Unexpected messages that were ignored");
            gaps = counter(registry, platform, "gaps", "Periods without audio from a source while time passed");
            gapSeconds = counter(
                    registry,
                    platform,
                    "gap.seconds",
                    "Length of periods without audio from a source while time passed");
            lost = counter(
                    registry,
                    platform,
                    "chunks.lost",
                    "Chunks dropped because Kafka did not accept them: gaps in their legs");
            latency = Timer.builder("undertone.gateway.latency")
                    .description("Time from the arrival of a chunk's last audio to Kafka's acknowledgement")
                    .tag("platform", platform)
                    .publishPercentiles(0.5, 0.95, 0.99)
                    .register(registry);
        }

        private static Counter counter(MeterRegistry registry, String platform, String what, String description) {
            return Counter.builder("undertone.gateway." + what)
                    .description(description)
                    .tag("platform", platform)
                    .register(registry);
        }
    }
}
