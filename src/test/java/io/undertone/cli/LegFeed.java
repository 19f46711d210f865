package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Legs that are spoken side by side, as live calls are: where one ends, another begins. On a thread of its own. */
final class LegFeed implements AutoCloseable {
    private static final long TICK_MS = 50;

    private final Producer<String, AudioChunk> producer;
    private final String topic;
    private final float[] material;
    private final Random random;
    private final String prefix;
    private final int atOnce;
    private final int minLegs;
    private final boolean badLines;
    private final boolean withAgents;
    private final List<SpokenLeg> legs = new CopyOnWriteArrayList<>();
    private final Map<String, Long> startedAtMs = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "leg-feed");
    private volatile boolean finishing;
    private long chunks;

    /** One leg as it is spoken. */
    private static final class Live {
        private final SpokenLeg leg;
        private final long startedAtMs;
        private int next;

        private Live(SpokenLeg leg, long startedAtMs) {
            this.leg = leg;
            this.startedAtMs = startedAtMs;
        }

        private boolean isOver() {
            return next >= leg.sent().size();
        }
    }

    /**
     * Prepares the feed.
     *
     * @param atOnce legs spoken side by side
     * @param minLegs least number of legs in all
     */
    LegFeed(String bootstrapServers, String prefix, long seed, int atOnce, int minLegs) throws Exception {
        this(new ConfigSources().bootstrapServers(bootstrapServers), prefix, seed, atOnce, minLegs, false, false);
    }

    /**
     * The same.
     *
     * @param badLines whether every other leg is {@linkplain SpokenLeg#disturbed disturbed}
     * @param withAgents whether an agent speaks in each call, too
     */
    LegFeed(
            ConfigSources sources,
            String prefix,
            long seed,
            int atOnce,
            int minLegs,
            boolean badLines,
            boolean withAgents)
            throws Exception {
        // Whatever happens to the broker, what was spoken is sent in the end, once and in order.
        UndertoneConfig config = sources.set("producer.delivery.timeout.ms=600000")
                .set("producer.max.block.ms=600000")
                .load();
        this.producer = KafkaClients.audioProducer(config);
        this.topic = config.audioChunksTopic();
        this.material = SpokenLeg.material();
        this.random = new Random(seed);
        this.prefix = prefix;
        this.atOnce = atOnce;
        this.minLegs = minLegs;
        this.badLines = badLines;
        this.withAgents = withAgents;
    }

    void start() {
        thread.start();
    }

    /** Lets the legs that are on the line end, at once, and returns all that there were. */
    List<SpokenLeg> finish() throws Exception {
        finishing = true;
        thread.join();
        if (failure.get() != null) {
            throw new IllegalStateException("a chunk could not be sent", failure.get());
        }
        return List.copyOf(legs);
    }

    /** When each leg began, epoch ms, by call; to be asked once {@link #finish} has returned. */
    Map<String, Long> startedAtMs() {
        return Map.copyOf(startedAtMs);
    }

    /** Chunks sent; to be asked once {@link #finish} has returned. */
    long chunks() {
        return chunks;
    }

    private void run() {
        List<Live> live = new ArrayList<>();
        try {
            while (!finishing || !live.isEmpty() || legs.size() < minLegs) {
                while (live.size() < atOnce && (!finishing || legs.size() < minLegs)) {
                    SpokenLeg leg = SpokenLeg.cut(prefix + legs.size(), material, random, 4, 16);
                    if (badLines && legs.size() % 2 == 1) {
                        leg = leg.disturbed(random);
                    }
                    legs.add(leg);
                    long nowMs = System.currentTimeMillis();
                    startedAtMs.put(leg.callId(), nowMs);
                    live.add(new Live(leg, nowMs));
                }
                for (Live leg : live) {
                    speak(leg);
                }
                live.removeIf(Live::isOver);
                if (!finishing) {
                    TimeUnit.MILLISECONDS.sleep(TICK_MS);
                }
            }
            producer.flush();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Sends the chunks of a leg that have been spoken by now. */
    private void speak(Live live) {
        SpokenLeg leg = live.leg;
        long now = System.currentTimeMillis() - live.startedAtMs;
        while (!live.isOver()) {
            int number = leg.sent().get(live.next);
            if (!finishing && leg.spokenMs(number) > now) {
                return;
            }
            send(leg.chunk(number * leg.samplesPerChunk(), live.startedAtMs));
            if (withAgents) {
                send(leg.chunk(Role.AGENT, number * leg.samplesPerChunk(), live.startedAtMs));
            }
            live.next++;
        }
    }

    private void send(AudioChunk chunk) {
        producer.send(new ProducerRecord<>(topic, chunk.getCallId(), chunk), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
        chunks++;
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close(java.time.Duration.ZERO);
    }
}
