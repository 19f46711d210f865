package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.EmotionEvent;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.training.site.MarkedEvent;
import io.undertone.training.site.MarkedEvents;
import io.undertone.web.HealthProbes;
import io.undertone.web.WebStage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person says of a label, from the page's interface through Kafka to a file of JSON lines that the commands which learn from it read. */
class FeedbackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARK = "{\"callId\": \"call-1\", \"index\": 0, \"verdict\": \"WRONG\"}";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldBeExportedAsItWasGiven() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            CommandRunner runner = new CommandRunner();
            String servers = broker.bootstrapServers();
            assertThat(runner.run("topics", "--bootstrap-server", servers).exitCode())
                    .isZero();
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(servers)
                    .set("stages", "web")
                    .set("web.port", "0")
                    .load();
            send(servers);
            try (WebStage stage = WebStage.start(
                    config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), HealthProbes.none(), null)) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(mark(stage).statusCode()).isEqualTo(200));
            }
            CommandRunner.Result watched = runner.run(
                    "watch", "--feedback", "--from-beginning", "--to-end", "--json", "--bootstrap-server", servers);
            assertThat(watched.exitCode()).as(watched.err()).isZero();
            assertThat(watched.outLines()).hasSize(1);
            JsonNode feedback = new ObjectMapper().readTree(watched.out());
            Path file = Files.writeString(folder.resolve("feedback.jsonl"), watched.out());
            assertThat(MarkedEvents.read(file)).singleElement().satisfies(marked -> {
                assertThat(marked.mark()).isEqualTo(MarkedEvent.Mark.WRONG);
                assertThat(marked.said()).isEqualTo("sad");
                assertThat(marked.endMs()).isEqualTo(3_000);
            });
            assertThat(feedback.get("feedbackId").asText()).isEqualTo("call-1/CUSTOMER/0");
            assertThat(feedback.get("label").asText()).isEqualTo("sad");
            assertThat(feedback.get("verdict").asText()).isEqualTo("WRONG");
            assertThat(feedback.get("probabilities").get("neutral").asDouble()).isEqualTo(0.4);
            assertThat(runner.run("watch", "--feedback", "--from-beginning", "--to-end", "--bootstrap-server", servers)
                            .outLines())
                    .containsExactly("call-1, customer, 0:00 - 0:03: sad is wrong");
        }
    }

    private HttpResponse<String> mark(WebStage stage) throws Exception {
        return http.send(
                HttpRequest.newBuilder(stage.address().resolve("/api/feedback"))
                        .POST(HttpRequest.BodyPublishers.ofString(MARK))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void send(String servers) throws Exception {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        EmotionEvent event = EmotionEvent.newBuilder()
                .setEventId("call-1/CUSTOMER/0")
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setIndex(0)
                .setStartMs(0)
                .setEndMs(3_000)
                .setCapturedAt(now)
                .setLabel("sad")
                .setConfidence(0.6)
                .setAgreement(1)
                .setProbabilities(Map.of("sad", 0.6, "neutral", 0.4))
                .setVotes(List.of())
                .setSpeechRatio(1)
                .setModel(new Model("telephone", "1.0.0"))
                .setProducedAt(now)
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            "emotion-events",
                            "call-1".getBytes(StandardCharsets.UTF_8),
                            new AvroCodec<>(EmotionEvent.class).encode(event)))
                    .get();
        }
    }
}
