package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The page over a real broker. */
class EventFeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
    private final AvroCodec<CallSummary> summaryCodec = new AvroCodec<>(CallSummary.class);
    private final AvroCodec<EmotionAlert> alertCodec = new AvroCodec<>(EmotionAlert.class);
    private final AvroCodec<CallConversation> conversationCodec = new AvroCodec<>(CallConversation.class);
    private final HttpClient http = HttpClient.newHttpClient();
    private final long start = System.currentTimeMillis() - 60_000;

    @Test
    void shouldShowWhatIsCommittedOnceThereAreTopics() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new UndertoneConfig(
                    Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "web.port", "0", "stages", "web"));
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (WebStage stage = WebStage.start(config, registry, HealthProbes.none(), null)) {
                awaitBody(stage, "/health/ready", "no such topics");
                createTopics(broker, "emotion-events", "call-summaries");
                send(broker, "before", true, eventCodec.encode(Speech.event("before", start, 0, "calm")));
                awaitBody(stage, "/health/ready", "reading 4 partitions");
                awaitBody(stage, "/api/calls", "\"callId\":\"before\"");

                send(broker, "aborted", false, eventCodec.encode(Speech.event("aborted", start, 0, "angry")));
                send(broker, "nonsense", true, "nonsense".getBytes(StandardCharsets.UTF_8));
                send(broker, "after", true, eventCodec.encode(Speech.event("after", start, 0, "sad")));
                awaitBody(stage, "/api/calls", "\"callId\":\"after\"");
                awaitBody(stage, "/metrics", "undertone_web_records_skipped_total 1.0");
                assertThat(body(stage, "/api/calls")).doesNotContain("aborted");
                assertThat(body(stage, "/health/started")).contains("\"status\":\"UP\"");
            }
            // Another page, started later, learns of the recent past, and of alerts where their topic is by now.
            createTopics(broker, "emotion-alerts", "call-conversations");
            send(broker, "emotion-alerts", "after", true, alertCodec.encode(Speech.alert("after", start, 0)));
            send(
                    broker,
                    "call-conversations",
                    "after",
                    true,
                    conversationCodec.encode(Speech.conversation("after", start)));
            send(broker, "call-summaries", "after", true, summaryCodec.encode(Speech.summary("after", start, 4_000)));
            try (WebStage later = WebStage.start(
                    config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), HealthProbes.none(), null)) {
                awaitBody(later, "/api/calls?live=false", "\"callId\":\"after\"");
                assertThat(body(later, "/api/calls")).contains("\"callId\":\"before\"");
                awaitBody(later, "/api/calls/after/alerts", "\"alertId\":\"after/CUSTOMER/angry/0\"");
                awaitBody(later, "/api/calls/after", "\"talkMs\":12000");
            }
        }
    }

    private void awaitBody(WebStage stage, String path, String part) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(body(stage, path)).contains(part));
    }

    private String body(WebStage stage, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(stage.address().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void createTopics(EmbeddedBroker broker, String... names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Arrays.stream(names)
                            .map(name -> new NewTopic(name, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void send(EmbeddedBroker broker, String key, boolean commit, byte[] value) {
        send(broker, "emotion-events", key, commit, value);
    }

    private static void send(EmbeddedBroker broker, String topic, String key, boolean commit, byte[] value) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "page-test");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }
}
