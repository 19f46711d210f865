package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.Vote;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.publish.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTopologyTest {
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    @TempDir
    Path stateFolder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
    private final AvroCodec<EmotionAlert> alertCodec = new AvroCodec<>(EmotionAlert.class);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;
    private TestOutputTopic<byte[], byte[]> alerts;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private StageMetrics metrics;

    @BeforeEach
    void open() {
        UndertoneConfig config = new ConfigSources()
                .set("streams.state.dir", stateFolder)
                .set("alert.rules=angry: angry at >= 0.6 for 3 of 5 windows; low: sad for 1 of 1 windows")
                .load();
        driver = new TopologyTestDriver(
                AlertsTopology.build(config, registry), KafkaSettings.streams(config, Stage.ALERTS), START);
        events = driver.createInputTopic("emotion-events", new ByteArraySerializer(), new ByteArraySerializer());
        alerts = output("emotion-alerts");
        deadLetters = output("dead-letters");
        metrics = StageMetrics.ofEvents(registry);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
        driver.close();
        assertThat(metrics.taken())
                .isEqualTo(metrics.used() + metrics.dropped() + metrics.dead() + metrics.handedOver());
    }

    @Test
    void shouldAlertOnceAnEpisodeAndNameTheWindowsThatCausedIt() throws Exception {
        for (int i = 0; i < 6; i++) {
            send(event("call-1", i, i == 1 ? "calm" : "angry"));
            send(event("call-2", i, "calm"));
        }
        EmotionAlert alert = alertCodec.decode(alerts.readValue());
        assertThat(alert.getAlertId()).isEqualTo("call-1/CUSTOMER/angry/3");
        assertThat(alert.getCondition()).isEqualTo("angry at >= 0.6 for 3 of 5 windows");
        assertThat(alert.getMeasured()).isEqualTo(3);
        assertThat(alert.getWindows()).extracting(moment -> moment.getIndex()).containsExactly(0, 2, 3);
        assertThat(alert.getStartMs()).isZero();
        assertThat(alert.getEndMs()).isEqualTo(6_000);
        assertThat(alert.getCapturedAt()).isEqualTo(START.plusMillis(6_000));
        assertThat(registry.get("undertone.alerts")
                        .tag("rule", "angry")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldSayWhatTheEventOfTheLastWindowKnowsOfTheCall() throws Exception {
        Map<String, String> known = Map.of("queue", "billing");
        send(EmotionEvent.newBuilder(event("call-1", 0, "sad"))
                .setAttributes(known)
                .build());
        assertThat(alertCodec.decode(alerts.readValue()).getAttributes()).isEqualTo(known);
    }

    @Test
    void shouldDropEventsThatItHasSeen() throws Exception {
        send(event("call-1", 0, "sad"));
        assertThat(alertCodec.decode(alerts.readValue()).getRule()).isEqualTo("low");
        send(event("call-1", 0, "sad"));
        assertThat(metrics.dropped(DropCause.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void shouldForgetLegsThatAreOver() {
        send(event("call-1", 0, "calm"));
        assertThat(driver.getKeyValueStore(Names.ALERT_STORE).all().hasNext()).isTrue();
        driver.advanceWallClockTime(Duration.ofMinutes(62));
        assertThat(driver.getKeyValueStore(Names.ALERT_STORE).all().hasNext()).isFalse();
    }

    @Test
    void shouldRememberLegsWhosePublisherHasAnotherTime() throws Exception {
        Duration behind = Duration.ofHours(3);
        for (int i = 0; i < 4; i++) {
            EmotionEvent event = event("call-1", i, i == 1 ? "calm" : "angry");
            send(EmotionEvent.newBuilder(event)
                    .setCapturedAt(event.getCapturedAt().minus(behind))
                    .build());
            driver.advanceWallClockTime(Duration.ofMinutes(2));
        }
        assertThat(alertCodec.decode(alerts.readValue()).getRule()).isEqualTo("angry");
        assertThat(alerts.isEmpty()).isTrue();
    }

    @Test
    void shouldPutWhatIsNoEventAsideWithItsReason() {
        events.pipeInput(new byte[] {1}, "nonsense".getBytes(StandardCharsets.UTF_8));
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.value()).asString().isEqualTo("nonsense");
        assertThat(new String(letter.headers().lastHeader(DeadLetters.STAGE).value(), StandardCharsets.UTF_8))
                .isEqualTo("alerts");
        assertThat(new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8))
                .isEqualTo("NOT_AVRO");
    }

    private void send(EmotionEvent event) {
        events.pipeInput(event.getCallId().getBytes(StandardCharsets.UTF_8), eventCodec.encode(event));
    }

    private static EmotionEvent event(String callId, int index, String label) {
        long endMs = 3_000 + 1_000L * index;
        return EmotionEvent.newBuilder()
                .setEventId(callId + "/CUSTOMER/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(endMs - 3_000)
                .setEndMs(endMs)
                .setCapturedAt(START.plusMillis(endMs))
                .setLabel(label)
                .setConfidence(0.8)
                .setAgreement(1)
                .setProbabilities(Map.of(label, 0.8, "neutral", 0.2))
                .setVotes(List.of(new Vote("cnn-1", label, 0.8)))
                .setSpeechRatio(0.9f)
                .setLevelDb(-20f)
                .setModel(new Model("telephone", "1.0.0"))
                .setProducedAt(START.plusMillis(endMs + 100))
                .build();
    }
}
