package io.undertone.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.config.UndertoneConfig;
import io.undertone.ingest.LegId;
import io.undertone.kafka.AudioSender;
import io.undertone.kafka.PublishedLegs;
import io.undertone.metrics.GatewayMetrics;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage {@code gateway}: listens to platforms and publishes their calls, from {@link #start} to {@link #close}. Thread-safe.
 */
public final class GatewayStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayStage.class);
    private static final long TICK_MS = 50;

    private final String host;
    private final GatewayServer server;
    private final AudioSender sender;
    private final GatewayMetrics metrics;
    private final ScheduledExecutorService clock;
    private final List<Following> followings;

    private GatewayStage(
            String host,
            GatewayServer server,
            AudioSender sender,
            GatewayMetrics metrics,
            ScheduledExecutorService clock,
            List<Following> followings) {
        this.host = host;
        this.server = server;
        this.sender = sender;
        this.metrics = metrics;
        this.clock = clock;
        this.followings = List.copyOf(followings);
    }

    /**
     * Reads which legs a previous run or other instances left open, then starts listening.
     *
     * @throws GatewayStartException if the address cannot be listened on
     */
    public static GatewayStage start(UndertoneConfig config, MeterRegistry registry) {
        LongSupplier clockMs = steadyClock();
        GatewayMetrics metrics = new GatewayMetrics(registry);
        OpenLegs legs = new OpenLegs(new PublishedLegs(config, clockMs));
        List<Following> followings = new ArrayList<>();
        followings.add(Following.start("undertone-gateway-legs", legs.reader(), legs::reader, "LEGS", clockMs));
        AudioSender sender = AudioSender.open(config);
        ChunkSender chunks = new ChunkSender(sender, metrics, clockMs);
        int chunkMs = config.gateway().chunkMs();
        Calls calls = new Calls(
                (platform, callId, role, attributes) ->
                        new PublishedLeg(platform, new LegId(callId, role), attributes, chunkMs, chunks),
                legs);
        GatewayServer server = new GatewayServer(config, calls, metrics, clockMs);
        try {
            server.start();
        } catch (GatewayStartException e) {
            followings.forEach(Following::close);
            sender.close();
            throw e;
        }
        if (config.gateway().genesysEvents()) {
            followings.add(Following.start(
                    "undertone-gateway-events", () -> HeardEvents.open(config, server::heard), "EVENTS", clockMs));
        }
        return new GatewayStage(
                config.gateway().host(), server, sender, metrics, clock(server, calls, clockMs), followings);
    }

    private static ScheduledExecutorService clock(GatewayServer server, Calls calls, LongSupplier clockMs) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "undertone-gateway-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        server.tick();
                        calls.tick(clockMs.getAsLong());
                    } catch (RuntimeException e) {
                        // An executor never runs a task again after it throws.
                        LOG.warn("the gateway's clock failed: {}", e.toString(), e);
                    }
                },
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        return clock;
    }

    /** Epoch ms that never decrease, even if the machine's clock is set back. */
    private static LongSupplier steadyClock() {
        long startedMs = System.currentTimeMillis();
        long startedNanos = System.nanoTime();
        return () -> startedMs + (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The address for platforms on this machine: {@code ws://127.0.0.1:8091}. */
    public URI address() {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create("ws://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port());
    }

    /** A short description of its state for {@code /health}. */
    public String state() {
        return (isReady() ? "listening" : "Kafka takes no audio") + ", sessions: " + server.sessions();
    }

    /** Whether Kafka accepts chunks. Calls continue without it until the buffer is full. */
    public boolean isReady() {
        return sender.isTaken();
    }

    /** Tells platforms to reconnect, publishes what was received, and stops listening. */
    @Override
    public void close() {
        clock.shutdown();
        followings.forEach(Following::stop);
        server.close();
        sender.close();
        followings.forEach(Following::close);
        metrics.close();
    }
}
