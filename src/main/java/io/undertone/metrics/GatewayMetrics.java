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
 * What comes in through the gateway, by platform: sessions, frames of audio, time without any, what was refused, and how long audio takes
 * from its arrival until Kafka has it. Thread-safe.
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

    /** A message had no meaning and was passed over. */
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
                    .description("Connections that are open")
                    .tag("platform", platform)
                    .register(registry);
            sessions = counter(registry, platform, "sessions", "Connections that were taken");
            frames = counter(registry, platform, "frames", "Messages with audio of a leg");
            odd = counter(registry, platform, "odd", "Messages that had no meaning and were passed over");
            gaps = counter(registry, platform, "gaps", "Stretches in which a source sent no audio and time passed");
            gapSeconds = counter(registry, platform, "gap.seconds", "Their length in seconds");
            lost = counter(
                    registry,
                    platform,
                    "chunks.lost",
                    "Chunks that were left out since Kafka did not take them: gaps in their legs");
            latency = Timer.builder("undertone.gateway.latency")
                    .description("From the arrival of a chunk's last audio until Kafka has acknowledged it")
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
