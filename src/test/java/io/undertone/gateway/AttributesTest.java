package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static Attributes parsed(String json) {
        return Attributes.parse(json).orElseThrow();
    }

    @Test
    void shouldReadScalarsUnderAnySpelling() {
        Attributes attributes = parsed("{\"Call-Id\":\"a\",\"sample_rate\":8000,\"muted\":true,\"none\":null}");

        assertThat(attributes.all()).isEqualTo(Map.of("callid", "a", "samplerate", "8000", "muted", "true"));
        assertThat(attributes.first("none", "callid")).isEqualTo("a");
        assertThat(attributes.number("samplerate")).isEqualTo(8_000);
        assertThat(attributes.number("callid")).isEqualTo(-1);
    }

    @Test
    void shouldPreferWhatTheIntegratorGave() {
        Attributes attributes = parsed("{\"callId\":\"own\",\"metadata\":{\"call_id\":\"given\",\"deep\":{\"x\":1}}}");

        assertThat(attributes.first("callid")).isEqualTo("given");
        assertThat(attributes.all()).isEqualTo(Map.of("callid", "given"));
    }

    @Test
    void shouldReadListsOfKeysAndValues() {
        Attributes attributes = parsed(
                "{\"customParameters\":[{\"key\":\"role\",\"value\":\"AGENT\"},7,"
                        + "{\"Name\":\"queue\",\"value\":\"billing\",\"more\":{\"value\":\"x\"}}],\"other\":[{\"key\":\"a\",\"value\":\"b\"}]}");

        assertThat(attributes.all()).isEqualTo(Map.of("role", "AGENT", "queue", "billing"));
    }

    @Test
    void shouldKeepTheFirstOfEqualNames() {
        assertThat(parsed("{\"id\":\"a\",\"ID\":\"b\"}").first("id")).isEqualTo("a");
    }

    @Test
    void shouldReadNothingButObjects() {
        assertThat(Attributes.parse("[1]")).isEmpty();
        assertThat(Attributes.parse("")).isEmpty();
        assertThat(Attributes.parse("{\"a\":1")).isEmpty();
    }

    @Test
    void shouldReadNoMoreThan256Fields() {
        StringBuilder json = new StringBuilder("{\"f0\":0");
        for (int i = 1; i < 300; i++) {
            json.append(",\"f").append(i).append("\":").append(i);
        }
        assertThat(parsed(json + "}").all()).hasSize(256).containsKey("f255").doesNotContainKey("f256");
    }

    @Test
    void shouldReadWords() {
        assertThat(Attributes.words("callId=abc; role=AGENT,x=a=b =y z", '=').all())
                .isEqualTo(Map.of("callid", "abc", "role", "AGENT", "x", "a=b"));
    }

    @Test
    void shouldTakeFromTheAddressWhatNoMessageGives() {
        Handshake handshake = new Handshake("/x?call-id=q&queue=a%20b", "", "", Map.of());

        assertThat(Attributes.of(handshake).all()).isEqualTo(Map.of("callid", "q", "queue", "a b"));
        assertThat(parsed("{\"metadata\":{\"callId\":\"m\"}}")
                        .orGivenBy(handshake)
                        .first("callid"))
                .isEqualTo("m");
        assertThat(parsed("{\"callId\":\"own\"}").orGivenBy(handshake).first("callid"))
                .as("the integrator's own word counts more than the platform's")
                .isEqualTo("q");
    }
}
