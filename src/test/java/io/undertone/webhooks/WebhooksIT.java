package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stage against a real broker, and receivers that are well, hang, are away and refuse. */
class WebhooksIT {
    private static final String SECRET = "whsec_" + "c".repeat(32);
    private static final int CALLS = 7;
    private static final int ALERTS = 20;
    private static final ConditionFactory PATIENTLY = Awaitility.await().atMost(Duration.ofSeconds(90));

    private EmbeddedBroker broker;
    private TestReceiver receiver;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        receiver = new TestReceiver(SECRET);
        UndertoneConfig config = config("good: " + receiver.url("/good"), "good: " + SECRET);
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            Topics.ensure(cluster, config);
        }
        producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        receiver.close();
        broker.close();
    }

    private UndertoneConfig config(String receivers, String secrets, String... others) {
        ConfigSources sources = new ConfigSources()
                .bootstrapServers(broker.bootstrapServers())
                .set("topic.partitions=3")
                .set("stages=webhooks")
                .set("webhooks.networks.allowed=127.0.0.0/8")
                .set("webhooks.backoff.first.ms=50")
                .set("webhooks.backoff.max.ms=200")
                .set("webhooks.receivers=" + receivers)
                .set("webhooks.secrets=" + secrets);
        List.of(others).forEach(sources::set);
        return sources.load();
    }

    private void send(String topic, String callId, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, callId.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    private void alerts(int from, int to) throws Exception {
        AvroCodec<EmotionAlert> codec = new AvroCodec<>(EmotionAlert.class);
        for (int index = from; index < to; index++) {
            for (int call = 0; call < CALLS; call++) {
                send(
                        "emotion-alerts",
                        "call-" + call,
                        codec.encode(Alerts.alert("call-" + call, index, Instant.now())));
            }
        }
    }

    private static List<String> keys(int call, int alerts) {
        return IntStream.range(0, alerts)
                .mapToObj(index -> "call-" + call + "/CUSTOMER/angry/" + index)
                .toList();
    }

    private static void awaitReady(WebhooksStage stage) {
        PATIENTLY.until(stage::isReady);
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(UndertoneConfig config) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("dead-letters").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
        }
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldPostToAReceiverWhateverAnotherDoes() throws Exception {
        UndertoneConfig config = config(
                "good: " + receiver.url("/good") + "; slow: alerts to " + receiver.url("/hang"),
                "good: " + SECRET + "; slow: " + SECRET,
                "webhooks.timeout.ms=60000");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        WebhooksStage stage = WebhooksStage.start(config, registry);
        try {
            awaitReady(stage);
            alerts(0, ALERTS);
            send(
                    "call-summaries",
                    "call-0",
                    new AvroCodec<>(CallSummary.class).encode(Alerts.summary("call-0", Instant.now())));
            PATIENTLY.until(() -> receiver.taken.size() >= CALLS * ALERTS + 1);
            PATIENTLY.until(() -> receiver.hanging.size() >= CALLS);
        } finally {
            stage.close();
        }

        assertThat(receiver.byCall().keySet()).hasSize(CALLS);
        for (int call = 1; call < CALLS; call++) {
            assertThat(receiver.byCall().get("call-" + call)).isEqualTo(keys(call, ALERTS));
        }
        assertThat(receiver.byCall().get("call-0")).containsAll(keys(0, ALERTS)).contains("summary");
        assertThat(receiver.taken).allMatch(TestReceiver.Post::signed);
        assertThat(new HashSet<>(receiver.hanging)).as("one of each call").hasSize(CALLS);
        assertThat(registry.get("undertone.webhooks.delivered")
                        .tag("receiver", "good")
                        .counter()
                        .count())
                .isEqualTo(CALLS * ALERTS + 1);
        assertThat(registry.get("undertone.webhooks.taken")
                        .tag("receiver", "slow")
                        .counter()
                        .count())
                .isEqualTo(registry.get("undertone.webhooks.handed.over")
                        .tag("receiver", "slow")
                        .counter()
                        .count())
                .isEqualTo(CALLS * ALERTS);
    }

    @Test
    void shouldLoseNothingOverRestartsWhileTheReceiverIsAway() throws Exception {
        UndertoneConfig config = config("good: alerts to " + receiver.url("/good"), "good: " + SECRET);
        receiver.status = data -> 503;
        for (int life = 0; life < 3; life++) {
            WebhooksStage stage = WebhooksStage.start(config, new SimpleMeterRegistry());
            try {
                awaitReady(stage);
                alerts(life * 5, life * 5 + 5);
                if (life == 2) {
                    receiver.status = data -> 204;
                    PATIENTLY.until(() -> receiver.byCall().values().stream()
                                    .mapToInt(List::size)
                                    .sum()
                            == CALLS * 15);
                }
            } finally {
                stage.close();
            }
        }
        for (int call = 0; call < CALLS; call++) {
            assertThat(receiver.byCall().get("call-" + call)).isEqualTo(keys(call, 15));
        }
    }

    @Test
    void shouldBuryWhatIsRefusedForTooLongAndWhatCannotBeReadAndGoOn() throws Exception {
        UndertoneConfig config =
                config("good: alerts to " + receiver.url("/good"), "good: " + SECRET, "webhooks.retry.max.ms=1000");
        Set<String> tried = new HashSet<>();
        receiver.status = data -> {
            if (!data.path("callId").asText().equals("call-3")) {
                return 204;
            }
            synchronized (tried) {
                tried.add(data.path("alertId").asText());
            }
            return 400;
        };
        WebhooksStage stage = WebhooksStage.start(config, new SimpleMeterRegistry());
        try {
            awaitReady(stage);
            alerts(0, 3);
            send("emotion-alerts", "call-1", new byte[] {1, 2, 3});
            PATIENTLY.until(() -> deadLetters(config).size() == 4);
            PATIENTLY.until(() -> receiver.taken.size() >= (CALLS - 1) * 3);
        } finally {
            stage.close();
        }
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(config);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(header(letter, "undertone.stage")).isEqualTo("webhooks");
            assertThat(header(letter, "undertone.receiver")).isEqualTo("good");
            assertThat(header(letter, "undertone.topic")).isEqualTo("emotion-alerts");
        });
        assertThat(letters.stream()
                        .filter(letter -> header(letter, "undertone.reason").equals("NOT_AVRO")))
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).containsExactly(1, 2, 3));
        List<String> refused = new ArrayList<>();
        AvroCodec<EmotionAlert> codec = new AvroCodec<>(EmotionAlert.class);
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            if (header(letter, "undertone.reason").equals("WEBHOOK_FAILED")) {
                assertThat(header(letter, "undertone.detail")).contains("it answered 400");
                refused.add(codec.decode(letter.value()).getAlertId());
            }
        }
        assertThat(refused).isEqualTo(keys(3, 3));
        assertThat(tried).containsExactlyInAnyOrderElementsOf(refused);

        // A successor tries nothing of it again.
        tried.clear();
        try (WebhooksStage successor = WebhooksStage.start(config, new SimpleMeterRegistry())) {
            awaitReady(successor);
            int before = receiver.taken.size();
            alerts(3, 4);
            PATIENTLY.until(() -> receiver.taken.size() >= before + CALLS - 1);
            assertThat(receiver.taken.subList(before, receiver.taken.size()))
                    .extracting(TestReceiver.Post::key)
                    .allMatch(key -> key.endsWith("/3"));
        }
        assertThat(tried).doesNotContainAnyElementsOf(refused);
    }
}
