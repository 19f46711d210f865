package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.UndertoneConfig;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Instant PRODUCED_AT = Instant.parse("2026-11-28T09:00:12.345Z");

    private final Messages messages = new Messages(UndertoneConfig.defaults(), RecordFormat.singleObject());

    private Message alert(EmotionAlert alert) throws UnreadableRecordException {
        return messages.of("emotion-alerts", new AvroCodec<>(EmotionAlert.class).encode(alert));
    }

    @Test
    void shouldSayTypeTimeAndData() throws Exception {
        Message message = alert(Alerts.alert("call-1", 7, PRODUCED_AT));

        JsonNode body = new ObjectMapper().readTree(message.body());
        assertThat(body.path("type").asText()).isEqualTo("call.alert");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-28T09:00:12.345Z");
        assertThat(body.path("data").path("alertId").asText()).isEqualTo("call-1/CUSTOMER/angry/7");
        assertThat(message.callId()).isEqualTo("call-1");
        assertThat(message.producedAtMs()).isEqualTo(PRODUCED_AT.toEpochMilli());

        Message summary = messages.of(
                "call-summaries", new AvroCodec<>(CallSummary.class).encode(Alerts.summary("call-1", PRODUCED_AT)));
        assertThat(new ObjectMapper().readTree(summary.body()).path("type").asText())
                .isEqualTo("call.summary");
    }

    @Test
    void shouldNameARecordTheSameAtEveryReplayAndAsAHeaderCan() throws Exception {
        Message first = alert(Alerts.alert("anruf ä.1", 7, PRODUCED_AT));
        Message again = alert(Alerts.alert("anruf ä.1", 7, PRODUCED_AT.plusSeconds(60)));
        Message next = alert(Alerts.alert("anruf ä.1", 8, PRODUCED_AT));

        assertThat(first.id()).isEqualTo(again.id()).matches("msg_[A-Za-z0-9_-]{22}");
        assertThat(next.id()).isNotEqualTo(first.id());
    }

    @Test
    void shouldRefuseWhatIsNoRecordOfItsTopic() {
        byte[] summary = new AvroCodec<>(CallSummary.class).encode(Alerts.summary("call-1", PRODUCED_AT));

        assertThatThrownBy(() -> messages.of("emotion-alerts", summary)).isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> messages.of("emotion-alerts", null)).isInstanceOf(UnreadableRecordException.class);
    }
}
