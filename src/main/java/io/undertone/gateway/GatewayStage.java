package io.undertone.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.Role;
import io.undertone.config.UndertoneConfig;
import io.undertone.gateway.FormerLegs.Standing;
import io.undertone.kafka.AudioSender;
import io.undertone.kafka.PublishedLegs;
import io.undertone.metrics.GatewayMetrics;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage {@code gateway}: listens to platforms and publishes their calls, from {@link #start} to {@link #close}. Thread-safe.
 */
public final class GatewayStage implements AutoCloseable {
    private static final long TICK_MS = 50;

    private final String host;
    private final GatewayServer server;
    private final AudioSender sender;
    private final GatewayMetrics metrics;
    private final ScheduledExecutorService clock;
    private final @Nullable HeardEvents events;

    private GatewayStage(
            String host,
            GatewayServer server,
            AudioSender sender,
            GatewayMetrics metrics,
            ScheduledExecutorService clock,
            @Nullable HeardEvents events) {
        this.host = host;
        this.server = server;
        this.sender = sender;
        this.metrics = metrics;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Looks which legs a former self left open, then begins to listen.
     *
     * @throws GatewayStartException if the address cannot be listened on
     */
    public static GatewayStage start(UndertoneConfig config, MeterRegistry registry) {
        LongSupplier clockMs = steadyClock();
        GatewayMetrics metrics = new GatewayMetrics(registry);
        PublishedLegs published = PublishedLegs.read(config, clockMs.getAsLong());
        AudioSender sender = AudioSender.open(config);
        ChunkSender chunks = new ChunkSender(sender, metrics, clockMs);
        int chunkMs = config.gateway().chunkMs();
        Calls calls = new Calls(
                (platform, callId, role) -> new PublishedLeg(platform, callId, role, chunkMs, chunks),
                callId -> standing(published, callId));
        GatewayServer server = new GatewayServer(config, calls, metrics, clockMs);
        try {
            server.start();
        } catch (GatewayStartException e) {
            sender.close();
            throw e;
        }
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "undertone-gateway-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(
                () -> {
                    server.tick();
                    calls.tick(clockMs.getAsLong());
                },
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        HeardEvents events =
                config.gateway().genesysEvents() ? HeardEvents.start(config, server::heard, clockMs) : null;
        return new GatewayStage(config.gateway().host(), server, sender, metrics, clock, events);
    }

    private static Map<Role, Standing> standing(PublishedLegs published, String callId) {
        Map<Role, Standing> standings = new EnumMap<>(Role.class);
        published
                .take(callId)
                .forEach((role, leg) -> standings.put(role, new Standing(leg.end(), leg.endMs(), leg.sampleRateHz())));
        return standings;
    }

    /** Epoch ms that never go back, whatever becomes of the machine's clock. */
    private static LongSupplier steadyClock() {
        long startedMs = System.currentTimeMillis();
        long startedNanos = System.nanoTime();
        return () -> startedMs + (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Where platforms on this machine find it: {@code ws://127.0.0.1:8091}. */
    public URI address() {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create("ws://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port());
    }

    /** In a few words, for {@code /health}. */
    public String state() {
        return (isReady() ? "listening" : "Kafka takes no audio") + ", sessions: " + server.sessions();
    }

    /** Whether Kafka takes what comes in. Calls go on without it, until the buffer is full. */
    public boolean isReady() {
        return sender.isTaken();
    }

    /** Tells platforms to connect anew, publishes what is whole, and stops listening. */
    @Override
    public void close() {
        clock.shutdown();
        if (events != null) {
            events.close();
        }
        server.close();
        sender.close();
        metrics.close();
    }
}
