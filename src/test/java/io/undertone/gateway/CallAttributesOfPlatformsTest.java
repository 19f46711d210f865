package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.ingest.CallAttributes;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom parameters that are asked for, here queue and agent, become attributes of a call, wherever a platform puts them. */
class CallAttributesOfPlatformsTest {
    private static final String MEDIA =
            "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"track\":\"inbound\",\"payload\":\""
                    + Base64.getEncoder().encodeToString(new byte[160]) + "\"}}";

    private final HeardCalls heard = new HeardCalls();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twilio | {\"event\":\"start\",\"streamSid\":\"S\",\"start\":{\"callSid\":\"c\",\"tracks\":[\"inbound\"],"
                        + "\"customParameters\":{\"Queue\":\"billing\",\"agent\":\"a-17\",\"phone\":\"+15550100\",\"token\":\"t\"}}}",
                "plivo | {\"event\":\"start\",\"streamId\":\"S\",\"start\":{\"callId\":\"c\",\"tracks\":[\"inbound\"]},"
                        + "\"extra_headers\":\"{X-PH-queue: billing, X-PH-agent: a-17, X-PH-phone: +15550100}\"}",
                "vonage | {\"event\":\"websocket:connected\",\"content-type\":\"audio/l16;rate=8000\",\"callId\":\"c\","
                        + "\"queue\":\"billing\",\"agent\":\"a-17\",\"phone\":\"+15550100\"}",
                "sinch | {\"command\":\"connect\",\"callId\":\"c\",\"sampleRate\":8000,\"callHeaders\":["
                        + "{\"key\":\"queue\",\"value\":\"billing\"},{\"key\":\"agent\",\"value\":\"a-17\"}]}",
                "jambonz | {\"callSid\":\"c\",\"sampleRate\":8000,\"metadata\":{\"queue\":\"billing\",\"agent\":\"a-17\"}}",
                "freeswitch | callId=c;queue=billing;agent=a-17;phone=+15550100",
                "asterisk | {\"event\":\"MEDIA_START\",\"channel_id\":\"c\",\"format\":\"ulaw\","
                        + "\"channel_variables\":{\"QUEUE\":\"billing\",\"AGENT\":\"a-17\"}}"
            })
    void shouldBeTheCustomParametersThatAreAskedFor(String platform, String start) {
        Session session = heard.connect(platform);
        session.text(start);
        if (start.contains("streamSid") || start.contains("streamId")) {
            session.text(MEDIA);
        } else {
            session.binary(ByteBuffer.wrap(new byte[160]));
        }
        assertThat(heard.legs).hasSize(1);
        assertThat(heard.legs.values())
                .extracting(leg -> leg.attributes.byName())
                .containsExactly(Map.of("queue", "billing", "agent", "a-17"));
    }

    @Test
    void shouldComeByTheAddressToo() {
        Session session = heard.connect(
                "freeswitch", new Handshake("/freeswitch?callId=c&queue=billing%20EU", "gateway", "", Map.of()));
        session.binary(ByteBuffer.wrap(new byte[160]));
        assertThat(heard.legs.values())
                .extracting(leg -> leg.attributes.byName())
                .containsExactly(Map.of("queue", "billing EU"));
    }

    @Test
    void shouldHoldFromTheFirstConnectionOfACallThatHasAny() {
        start("c", "");
        start("c", "\"queue\":\"billing\"");
        assertThat(heard.legs).hasSize(1);
        assertThat(heard.legs.values()).extracting(leg -> leg.attributes).containsExactly(CallAttributes.NONE);
        start("d", "\"queue\":\"sales\"");
        start("d", "\"queue\":\"billing\"");
        assertThat(heard.legs.get("d/CUSTOMER").attributes.byName()).containsEntry("queue", "sales");
    }

    private void start(String call, String parameters) {
        Session session = heard.connect("twilio");
        session.text("{\"event\":\"start\",\"streamSid\":\"S\",\"start\":{\"callSid\":\"" + call
                + "\",\"tracks\":[\"inbound\"],\"customParameters\":{" + parameters + "}}}");
        session.text(MEDIA);
    }

    @Test
    void shouldLeaveOutWhatIsBeyondTheLimitsAndTakeTheRest() {
        Map<String, String> given = Map.of("queue", "x".repeat(257), "agent", "a-17", "tags", "a\tb");
        assertThat(CallStart.of("c")
                        .with(given)
                        .attributes(List.of("queue", "agent", "tags"))
                        .byName())
                .containsExactly(Map.entry("agent", "a-17"));
        String long1 = "ż".repeat(256);
        Map<String, String> four = Map.of("a", long1, "b", long1, "c", long1, "d", long1);
        assertThat(CallStart.of("c")
                        .with(four)
                        .attributes(List.of("a", "b", "c", "d"))
                        .byName())
                .containsOnlyKeys("a", "b", "c");
    }
}
