package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamMessageTest {
    @Test
    void shouldReadAStartInTwiliosSpelling() {
        StreamMessage start = parse("""
                {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"callSid":"CA1","tracks":["inbound","outbound"],
                 "customParameters":{"role":"AGENT","Agent_Id":7},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}}}""");

        assertThat(start.event()).isEqualTo("start");
        assertThat(start.stream()).isEqualTo("MZ1");
        assertThat(start.call()).isEqualTo("CA1");
        assertThat(start.tracks()).containsExactly("inbound", "outbound");
        assertThat(start.encoding()).isEqualTo("audio/x-mulaw");
        assertThat(start.sampleRateHz()).isEqualTo(8_000);
        assertThat(start.parameters()).isEqualTo(Map.of("role", "AGENT", "agentid", "7"));
        assertThat(start.parameter("role")).isEqualTo("AGENT");
        assertThat(start.parameter("token")).isEmpty();
        assertThat(start.number()).isEqualTo(1);
    }

    @Test
    void shouldReadAnotherSpellingOfTheSame() {
        StreamMessage start = parse("""
                {"EVENT":"Start","stream_id":"s","start":{"call_control_id":"c","tracks":"inbound","media_format":{"sample_rate":"16000"}}}""");

        assertThat(start.event()).isEqualTo("start");
        assertThat(start.stream()).isEqualTo("s");
        assertThat(start.call()).isEqualTo("c");
        assertThat(start.tracks()).containsExactly("inbound");
        assertThat(start.sampleRateHz()).isEqualTo(16_000);
    }

    @Test
    void shouldReadAudioAndPreferTheFramesOwnNumber() {
        StreamMessage media = parse("""
                {"event":"media","sequence_number":"9","media":{"track":"outbound","chunk":"4","timestamp":"80","payload":"QUI="}}""");

        assertThat(media.track()).isEqualTo("outbound");
        assertThat(media.number()).isEqualTo(4);
        assertThat(media.timestampMs()).isEqualTo(80);
        assertThat(new String(media.payload(), StandardCharsets.US_ASCII)).isEqualTo("AB");
    }

    @Test
    void shouldReadBase64WithoutPadding() {
        assertThat(parse("{\"media\":{\"payload\":\"QUI\"}}").payload()).containsExactly('A', 'B');
    }

    @Test
    void shouldTellWhatIsAbsent() {
        StreamMessage empty = parse("{}");

        assertThat(List.of(empty.event(), empty.stream(), empty.call(), empty.track(), empty.encoding()))
                .containsOnly("");
        assertThat(empty.number()).isEqualTo(-1);
        assertThat(empty.timestampMs()).isEqualTo(-1);
        assertThat(empty.sampleRateHz()).isZero();
        assertThat(empty.payload()).isEmpty();
        assertThat(empty.tracks()).isEmpty();
        assertThat(empty.parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"extra_headers\":\"{X-PH-role: AGENT,X-PH-token: abc}\"}",
                "{\"extra_headers\":\"X-PH-role=AGENT;X-PH-token=abc\"}",
                "{\"customParameters\":[{\"name\":\"role\",\"value\":\"AGENT\"},{\"name\":\"token\",\"value\":\"abc\"}]}",
                "{\"customParameters\":{\"role\":\"AGENT\",\"token\":\"abc\",\"deep\":{\"role\":\"CUSTOMER\"}}}"
            })
    void shouldReadParametersInAllForms(String text) {
        assertThat(parse(text).parameter("role")).isEqualTo("AGENT");
        assertThat(parse(text).parameter("token")).isEqualTo("abc");
    }

    @Test
    void shouldNotTakeTheEventOfANestedObject() {
        assertThat(parse("{\"event\":\"media\",\"media\":{\"event\":\"stop\"}}").event())
                .isEqualTo("media");
    }

    @Test
    void shouldIgnoreValuesOfAnotherKind() {
        StreamMessage odd = parse("""
                {"start":[1,{"callSid":"no"}],"tracks":{"a":1},"payload":[1],"customParameters":5,"streamSid":["no"],"timestamp":"x"}""");

        assertThat(odd.call()).isEmpty();
        assertThat(odd.tracks()).isEmpty();
        assertThat(odd.payload()).isEmpty();
        assertThat(odd.parameters()).isEmpty();
        assertThat(odd.stream()).isEmpty();
        assertThat(odd.timestampMs()).isEqualTo(-1);
    }

    @Test
    void shouldBoundTracksAndParameters() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            parameters.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":\"v\"");
        }
        StreamMessage many =
                parse("{\"tracks\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"],\"customParameters\":{"
                        + parameters + "}}");

        assertThat(many.tracks()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(many.parameters()).hasSize(64).containsKey("p63").doesNotContainKey("p64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "\"start\"", "{\"event\":", "{\"media\":{\"payload\":\"**\"}}"})
    void shouldBeEmptyWhereTheTextIsNoJsonObject(String text) {
        assertThat(StreamMessage.parse(text)).isEmpty();
    }

    private static StreamMessage parse(String text) {
        return StreamMessage.parse(text).orElseThrow();
    }
}
