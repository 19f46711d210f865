package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.testkit.SampleRecords;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioHookDecoderTest {
    private static final String SESSION = "30b0e395-84d3-4570-ac13-9a62d8f514c0";
    private static final String CONVERSATION = "090eaa2f-72fa-480a-83e0-8667ff89c0ec";
    private static final String ORGANIZATION = "d7934305-0972-4844-938e-9060eef73d05";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String STEREO = media("PCMU", "\"external\",\"internal\"");

    private final HeardCalls heard = new HeardCalls();
    private int seq;

    @BeforeEach
    void shouldCountFromOne() {
        seq = 0;
    }

    private static String media(String format, String channels) {
        return "{\"type\":\"audio\",\"format\":\"" + format + "\",\"channels\":[" + channels + "],\"rate\":8000}";
    }

    private Session connect() {
        seq = 0;
        return heard.connect(
                "genesys",
                new Handshake(
                        "/genesys",
                        "",
                        "",
                        Map.of("Audiohook-Organization-Id", ORGANIZATION, "Audiohook-Session-Id", SESSION)));
    }

    private String message(String type, String parameters) {
        seq++;
        return message(type, seq, parameters);
    }

    private static String message(String type, int seq, String parameters) {
        return "{\"version\":\"2\",\"id\":\"" + SESSION + "\",\"type\":\"" + type + "\",\"seq\":" + seq
                + ",\"serverseq\":0,\"position\":\"PT0S\",\"parameters\":{" + parameters + "}}";
    }

    private String open(String conversation, String participant, String media) {
        return message(
                "open",
                "\"organizationId\":\"" + ORGANIZATION + "\",\"conversationId\":\"" + conversation
                        + "\",\"new\":{\"a\":[1]},\"participant\":{\"id\":\"" + participant
                        + "\",\"ani\":\"\",\"aniName\":\"\",\"dnis\":\"\"},\"media\":[" + media
                        + "],\"language\":\"en-US\"");
    }

    private Session opened(String media) {
        Session session = connect();
        session.text(open(CONVERSATION, "883efee8-3d6c-4537-b500-6d7ca4b92fa0", media));
        return session;
    }

    private JsonNode reply(int index) {
        try {
            return new ObjectMapper().readTree(heard.replies.get(index));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode lastReply() {
        return reply(heard.replies.size() - 1);
    }

    private static ByteBuffer audio(int... bytes) {
        ByteBuffer audio = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            audio.put((byte) value);
        }
        return audio.flip();
    }

    private HeardCalls.HeardLeg leg(Role role) {
        return heard.of(CONVERSATION, role);
    }

    @Test
    void shouldTellWhatWasHeardInItsCallWhileItIsOpen() {
        Session session = opened(STEREO);
        session.heard(SampleRecords.event("another", 3, "angry"));
        assertThat(heard.replies).hasSize(1);
        EmotionEvent event = SampleRecords.event(CONVERSATION, 3, "angry");
        session.heard(event);
        JsonNode told = lastReply();
        assertThat(told.path("type").asText()).isEqualTo("event");
        assertThat(told.path("seq").asInt()).isEqualTo(2);
        JsonNode entity = told.path("parameters").path("entities").path(0);
        assertThat(entity.path("type").asText()).isEqualTo("undertone-emotion");
        assertThat(entity.path("data").path("label").asText()).isEqualTo("angry");
        assertThat(entity.path("data").path("startMs").asLong()).isEqualTo(event.getStartMs());
        assertThat(entity.path("data").path("probabilities").path("angry").asDouble())
                .isEqualTo(event.getProbabilities().getOrDefault("angry", 0.0));
        session.text(message("close", "\"reason\":\"end\""));
        session.heard(event);
        assertThat(lastReply().path("type").asText()).isEqualTo("closed");
    }

    @Test
    void shouldOpenPingAndCloseACall() {
        Session session = opened(STEREO + "," + media("PCMU", "\"external\""));
        JsonNode opened = reply(0);
        assertThat(opened.path("version").asText()).isEqualTo("2");
        assertThat(opened.path("type").asText()).isEqualTo("opened");
        assertThat(opened.path("id").asText()).isEqualTo(SESSION);
        assertThat(opened.path("seq").asInt()).isEqualTo(1);
        assertThat(opened.path("clientseq").asInt()).isEqualTo(1);
        assertThat(opened.path("parameters").path("media")).hasToString("[" + STEREO + "]");
        session.text(message("ping", "\"rtt\":\"PT0.012S\""));
        assertThat(reply(1).path("type").asText()).isEqualTo("pong");
        assertThat(reply(1).path("seq").asInt()).isEqualTo(2);
        session.binary(audio(1, 2, 1, 2, 1));
        session.binary(audio(2));
        session.text(message("update", "\"language\":\"de-DE\""));
        assertThat(reply(2).path("type").asText()).isEqualTo("updated");
        session.text(message("close", "\"reason\":\"end\""));
        assertThat(reply(3).path("type").asText()).isEqualTo("closed");
        assertThat(reply(3).path("clientseq").asInt()).isEqualTo(4);
        assertThat(leg(Role.CUSTOMER).bytes()).containsExactly(1, 1, 1);
        assertThat(leg(Role.AGENT).bytes()).containsExactly(2, 2, 2);
        assertThat(leg(Role.CUSTOMER).ended).isTrue();
        assertThat(leg(Role.AGENT).ended).isTrue();
        assertThat(heard.odd).isZero();
        assertThat(heard.closes).isEmpty();
    }

    @Test
    void shouldHeedTheOrderOfChannels() {
        Session session = opened(media("PCMU", "\"internal\",\"external\"") + "," + media("PCMU", "\"internal\""));
        session.binary(audio(1, 2, 1, 2));
        session.closed(true);
        assertThat(leg(Role.CUSTOMER).bytes()).containsExactly(2, 2);
        assertThat(leg(Role.AGENT).bytes()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @CsvSource({"external, CUSTOMER", "internal, AGENT"})
    void shouldTakeOneChannel(String channel, Role role) {
        Session session =
                opened(media("OPUS", "\"external\",\"internal\"") + "," + media("PCMU", "\"" + channel + "\""));
        session.binary(audio(5, 6));
        assertThat(leg(role).bytes()).containsExactly(5, 6);
        assertThat(heard.legs).hasSize(1);
    }

    @Test
    void shouldTakeLinearSamplesOfBothSides() {
        Session session = opened(media("L16", "\"external\",\"internal\""));
        session.binary(audio(1, 2, 3, 4, 5));
        session.binary(audio(6, 7, 8));
        assertThat(leg(Role.CUSTOMER).bytes()).containsExactly(1, 2, 5, 6);
        assertThat(leg(Role.AGENT).bytes()).containsExactly(3, 4, 7, 8);
        assertThat(leg(Role.AGENT).form.format()).isEqualTo(SampleFormat.PCM_S16LE);
    }

    @Test
    void shouldCountWhatIsLeftOut() {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(3_200));
        session.text(message("discarded", "\"start\":\"PT0.2S\",\"discarded\":\"PT1.5S\""));
        session.binary(ByteBuffer.allocate(3_200));
        heard.nowMs.addAndGet(60_000);
        session.text(message("paused", ""));
        session.binary(ByteBuffer.allocate(3_200));
        session.text(message("paused", ""));
        session.text(message("resumed", "\"start\":\"PT1.9S\",\"discarded\":\"PT60S\""));
        session.binary(ByteBuffer.allocate(3_200));
        for (Role role : new Role[] {Role.CUSTOMER, Role.AGENT}) {
            assertThat(leg(role).positions).containsExactly(0L, 13_600L, 13_600L + 1_600 + 480_000);
        }
        assertThat(heard.odd).isOne();
        assertThat(heard.replies).hasSize(1);
    }

    @Test
    void shouldLoseNothingOfWhatIsLeftOutInPieces() {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(3_200));
        for (int i = 0; i < 1_600; i++) {
            session.text(message("discarded", "\"start\":\"PT0S\",\"discarded\":\"PT0.000125S\""));
        }
        session.binary(ByteBuffer.allocate(3_200));
        assertThat(leg(Role.AGENT).positions).containsExactly(0L, 3_200L);
    }

    @Test
    void shouldAnswerAProbeAndPublishNothing() {
        Session session = connect();
        session.text(open(NOBODY, NOBODY, STEREO));
        assertThat(reply(0).path("type").asText()).isEqualTo("opened");
        session.binary(ByteBuffer.allocate(3_200));
        heard.nowMs.addAndGet(60_000);
        session.tick();
        session.text(message("ping", ""));
        session.text(message("close", "\"reason\":\"end\""));
        assertThat(lastReply().path("type").asText()).isEqualTo("closed");
        assertThat(heard.legs).isEmpty();
        assertThat(heard.refusals).isEmpty();
        assertThat(heard.closes).isEmpty();
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldGoOnWithTheLegOfTheSameConversation() {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(16_000));
        session.text(message("close", "\"reason\":\"reconnect\""));
        heard.nowMs.addAndGet(3_000);
        heard.tick();
        assertThat(leg(Role.CUSTOMER).ended).isFalse();
        Session next = opened(STEREO);
        heard.nowMs.addAndGet(1_000);
        next.binary(ByteBuffer.allocate(16_000));
        next.text(message("close", "\"reason\":\"end\""));
        // The first 8,000 samples came at once, at 0; the second 4 s later.
        assertThat(leg(Role.CUSTOMER).positions).containsExactly(0L, 32_000L);
        assertThat(leg(Role.CUSTOMER).ended).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldDisconnectWhereMessagesAreNotInOrder(int wrong) {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(3_200));
        session.text(message("ping", wrong, ""));
        assertThat(lastReply().path("type").asText()).isEqualTo("disconnect");
        assertThat(lastReply().path("parameters").path("reason").asText()).isEqualTo("error");
        session.binary(ByteBuffer.allocate(3_200));
        session.text(message("ping", 2, ""));
        session.text(message("close", 3, "\"reason\":\"disconnect\""));
        assertThat(lastReply().path("type").asText()).isEqualTo("closed");
        assertThat(heard.replies).hasSize(3);
        assertThat(leg(Role.CUSTOMER).bytes()).hasSize(1_600);
        assertThat(leg(Role.CUSTOMER).ended).isFalse();
    }

    @Test
    void shouldDisconnectWhatIsNoMessage() {
        for (String text : new String[] {
            "",
            "nonsense",
            "[]",
            message("open", 1, "").replace("\"2\"", "\"1\""),
            message("open", 1, "").replace("\"parameters\":{}", "\"parameters\":[]"),
            message("ping", 1, "").replace("\"serverseq\":0", "\"serverseq\":7"),
            message("ping", 1, "").replace(SESSION, NOBODY),
            message("ping", 1, "\"more\":\"" + "x".repeat(65_536) + "\"")
        }) {
            Session session = connect();
            session.text(text);
            assertThat(lastReply().path("type").asText()).as(text).isEqualTo("disconnect");
        }
        assertThat(heard.broken).isZero();
    }

    @Test
    void shouldCloseWhereTheClientDoesNotFollow() {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(3_200));
        session.text("nonsense");
        session.tick();
        heard.nowMs.addAndGet(9_999);
        session.tick();
        assertThat(heard.closes).isEmpty();
        heard.nowMs.addAndGet(1);
        session.tick();
        assertThat(heard.closes).containsExactly(CloseCode.POLICY);
    }

    @Test
    void shouldRefuseAnotherOrganization() {
        Session session = connect();
        session.text(open(CONVERSATION, NOBODY, STEREO).replace(ORGANIZATION, NOBODY));
        assertThat(reply(0).path("parameters").path("reason").asText()).isEqualTo("unauthorized");
        assertThat(heard.refusals).containsExactly(Refusal.UNAUTHORIZED);
    }

    @Test
    void shouldRefuseMediaThatItCannotTake() {
        opened(media("OPUS", "\"external\"") + "," + media("PCMU", "\"external\",\"external\""));
        assertThat(reply(0).path("type").asText()).isEqualTo("disconnect");
        assertThat(heard.refusals).containsExactly(Refusal.CODEC);
    }

    @Test
    void shouldTakeNoAudioBeforeItIsOpened() {
        Session session = connect();
        session.binary(ByteBuffer.allocate(3_200));
        assertThat(heard.odd).isOne();
        assertThat(heard.legs).isEmpty();
    }

    @Test
    void shouldTellTheClientToReconnectWhenItStops() {
        Session session = opened(STEREO);
        session.binary(ByteBuffer.allocate(3_200));
        session.stop();
        assertThat(lastReply().path("type").asText()).isEqualTo("reconnect");
        assertThat(heard.closes).containsExactly(CloseCode.SERVICE_RESTART);
        assertThat(leg(Role.CUSTOMER).ended).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT1.5S, 1500000000",
        "PT.5S, 500000000",
        "PT12.S, 12000000000",
        "PT0.0000000019S, 1",
        "PT999999999S, 999999999000000000",
        "PT, -1",
        "PTS, -1",
        "PT.S, -1",
        "PT-1S, -1",
        "PT1M, -1",
        "PT1000000000S, -1",
        "1.5, -1"
    })
    void shouldReadDurations(String duration, long nanos) {
        assertThat(AudioHookMessage.nanosOf(duration)).isEqualTo(nanos);
    }
}
