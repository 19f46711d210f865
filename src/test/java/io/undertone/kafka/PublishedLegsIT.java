package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.kafka.PublishedLegs.Leg;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;

/** How far legs are, as a real broker's topic says. */
class PublishedLegsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long MINUTE_MS = 60_001;

    private final AtomicLong nowMs = new AtomicLong(System.currentTimeMillis());

    private AudioChunk chunk(String callId, long position, long capturedAtMs, boolean last) {
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setPosition(position)
                .setCapturedAt(Instant.ofEpochMilli(capturedAtMs))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(8_000)
                .setAudio(ByteBuffer.allocate(1_600))
                .setLast(last)
                .build();
    }

    @Test
    void shouldFollowLegsAndForgetThem() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new UndertoneConfig(Map.of(
                    "kafka.bootstrap.servers", broker.bootstrapServers(),
                    "consumer.metadata.max.age.ms", "200",
                    "topic.partitions", "1"));
            try (Cluster cluster = Cluster.reach(config, line -> {})) {
                Topics.ensure(cluster, config);
            }
            long hourAgoMs = nowMs.get() - 3_600_000;
            PublishedLegs legs = new PublishedLegs(config, nowMs::get);
            try (AudioSender sender = AudioSender.open(config)) {
                sender.send(chunk("before", 0, hourAgoMs, false), failure -> {});
                try (PublishedLegs.Reading reading = legs.read()) {
                    await().atMost(PATIENCE).pollInSameThread().until(() -> reading.poll(POLL) && legs.size() == 1);
                    assertThat(legs.of("before"))
                            .containsExactly(Map.entry(Role.CUSTOMER, leg(1_600, hourAgoMs + 200)));

                    sender.send(chunk("before", 4_000, hourAgoMs + 500, false), failure -> {});
                    sender.send(chunk("other", 0, hourAgoMs, false), failure -> {});
                    await().atMost(PATIENCE).pollInSameThread().until(() -> reading.poll(POLL) && legs.size() == 2);
                    assertThat(legs.of("before"))
                            .containsExactly(Map.entry(Role.CUSTOMER, leg(5_600, hourAgoMs + 700)));

                    sender.send(chunk("before", 5_600, hourAgoMs + 700, true), failure -> {});
                    await().atMost(PATIENCE).pollInSameThread().until(() -> reading.poll(POLL) && legs.size() == 1);
                    assertThat(legs.of("before")).isEmpty();

                    nowMs.addAndGet(config.legIdleMs() + MINUTE_MS);
                    assertThat(reading.poll(POLL)).isTrue();
                    assertThat(legs.size()).isZero();

                    try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
                        admin.createPartitions(Map.of(config.audioChunksTopic(), NewPartitions.increaseTo(2)))
                                .all()
                                .get();
                    }
                    await().atMost(PATIENCE).pollInSameThread().until(() -> {
                        nowMs.addAndGet(MINUTE_MS);
                        return !reading.poll(POLL);
                    });
                }
            }
        }
    }

    /** A leg whose audio was published long after it was spoken. */
    private static Leg leg(long end, long endMs) {
        return new Leg(end, endMs, 0, 8_000);
    }

    @Test
    void shouldKnowHowFarALegIsAheadOfTheClock() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new UndertoneConfig(
                    Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "topic.partitions", "1"));
            try (Cluster cluster = Cluster.reach(config, line -> {})) {
                Topics.ensure(cluster, config);
            }
            long inAnHourMs = nowMs.get() + 3_600_000;
            PublishedLegs legs = new PublishedLegs(config, nowMs::get);
            try (AudioSender sender = AudioSender.open(config);
                    PublishedLegs.Reading reading = legs.read()) {
                sender.send(chunk("ahead", 0, inAnHourMs, false), failure -> {});
                await().atMost(PATIENCE).pollInSameThread().until(() -> reading.poll(POLL) && legs.size() == 1);
                // An hour, less what passed until it was sent.
                assertThat(legs.of("ahead").values()).allMatch(leg -> leg.aheadMs() > 1_800_000);
            }
        }
    }
}
