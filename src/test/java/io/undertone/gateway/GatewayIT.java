package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.EmotionEvent;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.Vote;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.caller.CallPlayer;
import io.undertone.caller.GenesysCaller;
import io.undertone.caller.TwilioCaller;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.registry.RecordFormats;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls through the gateway to a real broker. */
class GatewayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static UndertoneConfig config(EmbeddedBroker broker) {
        return new UndertoneConfig(Map.of(
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "gateway.port", "0",
                "topic.partitions", "1"));
    }

    /** Noise, so that no two stretches are alike. */
    private static Recording noise(int seconds) {
        Random random = new Random(seconds);
        float[][] channels = new float[2][8_000 * seconds];
        for (float[] channel : channels) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new Recording(8_000, channels);
    }

    private TwilioCaller call(GatewayStage gateway, String callSid) {
        return TwilioCaller.connect(client, gateway.address(), "", callSid, 8_000, true);
    }

    private static long missing(List<AudioChunk> chunks) {
        long missing = 0;
        long next = 0;
        for (AudioChunk chunk : chunks) {
            assertThat(chunk.getPosition()).isGreaterThanOrEqualTo(next);
            missing += chunk.getPosition() - next;
            next = chunk.getPosition() + chunk.getAudio().remaining();
        }
        return missing;
    }

    @Test
    void shouldPublishACallSampleBySample() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = config(broker);
            PublishedAudio.createTopics(config);
            Recording recording = noise(5);
            try (GatewayStage gateway = GatewayStage.start(config, registry);
                    TwilioCaller caller = call(gateway, "CA1")) {
                CallPlayer.play(recording.stream(), 1, 0, Double.POSITIVE_INFINITY, caller);
                caller.close();
                await().atMost(PATIENCE).until(() -> PublishedAudio.hasEnded(config, "CA1"));
            }
            for (Role role : List.of(Role.CUSTOMER, Role.AGENT)) {
                List<AudioChunk> chunks = PublishedAudio.published(config, "CA1", role);
                assertThat(missing(chunks)).isZero();
                assertThat(PublishedAudio.audio(chunks))
                        .isEqualTo(recording.encode(role == Role.CUSTOMER ? 1 : 0, 0, 40_000, SampleFormat.MULAW));
                assertThat(chunks).last().matches(AudioChunk::getLast);
                assertThat(chunks).hasSizeLessThanOrEqualTo(26);
            }
            assertThat(registry.get("undertone.gateway.latency").timer().count())
                    .isGreaterThan(40);
        }
    }

    @Test
    void shouldGoOnWhereAFormerSelfStopped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = config(broker);
            PublishedAudio.createTopics(config);
            try (GatewayStage before = GatewayStage.start(config, registry)) {
                TwilioCaller caller = call(before, "CA2");
                CallPlayer.play(noise(2).stream(), 1, 0, Double.POSITIVE_INFINITY, caller);
                await().atMost(PATIENCE)
                        .until(() -> PublishedAudio.published(config, "CA2", Role.CUSTOMER)
                                        .size()
                                == 10);
            }
            try (GatewayStage after = GatewayStage.start(config, registry);
                    TwilioCaller caller = call(after, "CA2")) {
                CallPlayer.play(noise(1).stream(), 1, 0, Double.POSITIVE_INFINITY, caller);
                caller.close();
                await().atMost(PATIENCE).until(() -> PublishedAudio.hasEnded(config, "CA2"));
            }
            for (Role role : List.of(Role.CUSTOMER, Role.AGENT)) {
                List<AudioChunk> chunks = PublishedAudio.published(config, "CA2", role);
                missing(chunks);
                assertThat(PublishedAudio.audio(chunks)).hasSize(24_000);
                // All chunks agree on when position 0 was spoken.
                assertThat(chunks.stream()
                                .map(chunk -> chunk.getCapturedAt().toEpochMilli() - chunk.getPosition() / 8)
                                .distinct())
                        .hasSize(1);
            }
        }
    }

    @Test
    void shouldLoseNothingWhileKafkaIsAway(@TempDir Path data) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(0, data);
        UndertoneConfig config = config(broker);
        int port = broker.port();
        PublishedAudio.createTopics(config);
        Recording recording = noise(6);
        try (GatewayStage gateway = GatewayStage.start(config, registry);
                TwilioCaller caller = call(gateway, "CA3")) {
            for (int frame = 0; frame < 100; frame++) {
                send(caller, recording, frame);
            }
            await().atMost(PATIENCE)
                    .until(() -> PublishedAudio.published(config, "CA3", Role.CUSTOMER)
                                    .size()
                            == 10);
            broker.close();
            for (int frame = 100; frame < 200; frame++) {
                send(caller, recording, frame);
            }
            await().atMost(PATIENCE).until(() -> !gateway.isReady());
            assertThat(gateway.state()).isEqualTo("Kafka takes no audio, sessions: 1");
            broker = EmbeddedBroker.start(port, data);
            for (int frame = 200; frame < 300; frame++) {
                send(caller, recording, frame);
            }
            caller.close();
            await().atMost(PATIENCE).until(() -> PublishedAudio.hasEnded(config, "CA3"));
            assertThat(gateway.isReady()).isTrue();
            List<AudioChunk> chunks = PublishedAudio.published(config, "CA3", Role.CUSTOMER);
            assertThat(missing(chunks)).isZero();
            assertThat(PublishedAudio.audio(chunks)).isEqualTo(recording.encode(1, 0, 48_000, SampleFormat.MULAW));
        } finally {
            broker.close();
        }
    }

    @Test
    void shouldTellGenesysWhatIsHeard() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new UndertoneConfig(Map.of(
                    "kafka.bootstrap.servers", broker.bootstrapServers(),
                    "gateway.port", "0",
                    "gateway.genesys.events", "true",
                    "topic.partitions", "1"));
            PublishedAudio.createTopics(config);
            var codec = RecordFormats.of(config).codec(EmotionEvent.class, config.emotionEventsTopic());
            try (GatewayStage gateway = GatewayStage.start(config, registry);
                    GenesysCaller caller = GenesysCaller.connect(client, gateway.address(), "", "", "CA4", true);
                    KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                            KafkaSettings.producer(config), new StringSerializer(), new ByteArraySerializer())) {
                AtomicInteger index = new AtomicInteger();
                AtomicReference<String> told = new AtomicReference<>("");
                // It reads what comes from now on: whether it reads yet is not to be seen.
                await().atMost(PATIENCE).until(() -> {
                    EmotionEvent event = angry("CA4", index.getAndIncrement());
                    producer.send(new ProducerRecord<>(config.emotionEventsTopic(), "CA4", codec.encode(event)))
                            .get();
                    String said = caller.receive(Duration.ofSeconds(1));
                    told.set(said == null ? "" : said);
                    return said != null;
                });
                assertThat(told.get()).contains("\"type\":\"event\"").contains("\"label\":\"angry\"");
            }
        }
    }

    private static EmotionEvent angry(String callId, int index) {
        Instant ended = Instant.ofEpochMilli(System.currentTimeMillis());
        return EmotionEvent.newBuilder()
                .setEventId(callId + "/CUSTOMER/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(index * 1_000L)
                .setEndMs(index * 1_000L + 3_000)
                .setCapturedAt(ended)
                .setLabel("angry")
                .setConfidence(0.8)
                .setAgreement(1)
                .setProbabilities(Map.of("angry", 0.8, "neutral", 0.2))
                .setVotes(List.of(new Vote("cnn-1", "angry", 0.8)))
                .setMissingVoters(List.of())
                .setSpeechRatio(1)
                .setLevelDb(-20)
                .setModel(new Model("telephone", "2.0.0"))
                .setProducedAt(ended)
                .build();
    }

    private static void send(TwilioCaller caller, Recording recording, int frame) {
        caller.frame(
                frame * 20L,
                recording.encode(1, frame * 160, 160, SampleFormat.MULAW),
                List.of(recording.encode(0, frame * 160, 160, SampleFormat.MULAW)));
    }
}
