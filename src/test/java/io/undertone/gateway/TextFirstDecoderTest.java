package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFirstDecoderTest {
    private static final String VONAGE = "{\"event\":\"websocket:connected\",\"content-type\":\"audio/l16;rate=16000\","
            + "\"callId\":\"v1\",\"role\":\"AGENT\",\"extra\":{\"a\":1}}";
    private static final String SINCH =
            "{\"command\":\"connect\",\"version\":1,\"callId\":\"s1\",\"applicationKey\":\"k\","
                    + "\"codec\":\"PCM\",\"sampleRate\":16000,\"callHeaders\":[{\"key\":\"role\",\"value\":\"agent\"}]}";

    private final HeardCalls heard = new HeardCalls();

    private static ByteBuffer audio(int... bytes) {
        ByteBuffer audio = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            audio.put((byte) value);
        }
        return audio.flip();
    }

    @Test
    void shouldTakeVonage() {
        Session session = heard.connect("vonage");
        session.text(VONAGE);
        session.binary(audio(1, 2, 3));
        session.binary(audio(4));
        session.text("{\"event\":\"websocket:dtmf\",\"digit\":\"5\",\"duration\":260}");
        session.text("{\"event\":\"websocket:cleared\"}");
        session.closed(true);
        HeardCalls.HeardLeg leg = heard.of("v1", Role.AGENT);
        assertThat(leg.bytes()).containsExactly(1, 2, 3, 4);
        assertThat(leg.form).isEqualTo(AudioForm.linear(16_000));
        assertThat(leg.silenced).isOne();
        assertThat(leg.ended).isTrue();
        assertThat(heard.replies).isEmpty();
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldAnswerSinchAndShowThatItLives() {
        Session session = heard.connect("sinch");
        session.tick();
        session.text(SINCH);
        assertThat(heard.replies).containsExactly("{\"command\":\"answer\"}");
        session.tick();
        heard.nowMs.addAndGet(14_999);
        session.tick();
        assertThat(heard.replies).hasSize(1);
        heard.nowMs.addAndGet(1);
        session.tick();
        session.tick();
        assertThat(heard.replies).containsExactly("{\"command\":\"answer\"}", "{\"command\":\"heartbeat\"}");
        session.binary(audio(1, 2));
        session.closed(true);
        assertThat(heard.of("s1", Role.AGENT).bytes()).containsExactly(1, 2);
    }

    @Test
    void shouldLetWhatWasGivenStandBeforeWhatIsSinchs() {
        Session session = heard.connect("sinch");
        session.text(SINCH.replace("[{", "[{\"key\":\"CALL_ID\",\"value\":\"mine\"},7,{"));
        session.binary(audio(1, 2));
        assertThat(heard.of("mine", Role.AGENT).bytes()).hasSize(2);
        Session other = heard.connect("sinch");
        other.text(SINCH.replaceFirst("\\[.*\\]", "{\"callId\":\"object\"}"));
        other.binary(audio(1, 2));
        assertThat(heard.of("object", Role.CUSTOMER).bytes()).hasSize(2);
    }

    @Test
    void shouldRejectWhatItDoesNotTake() {
        Session session = heard.connect("sinch");
        session.text(SINCH.replace("PCM", "OPUS"));
        assertThat(heard.replies).containsExactly("{\"command\":\"reject\"}");
        assertThat(heard.refusals).containsExactly(Refusal.CODEC);
    }

    @Test
    void shouldPartTheChannelsOfJambonz() {
        Session session = heard.connect("jambonz");
        session.text(
                "{\"callSid\":\"j1\",\"from\":\"+1\",\"to\":\"+2\",\"sampleRate\":8000,\"mixType\":\"stereo\",\"metadata\":{}}");
        session.binary(audio(1, 2, 3));
        session.binary(audio(4, 5, 6, 7, 8, 9));
        session.text("{\"event\":\"dtmf\",\"dtmf\":\"1\",\"duration\":\"1600\"}");
        session.closed(true);
        assertThat(heard.of("j1", Role.CUSTOMER).bytes()).containsExactly(1, 2, 5, 6);
        assertThat(heard.of("j1", Role.AGENT).bytes()).containsExactly(3, 4, 7, 8);
        assertThat(heard.of("j1", Role.AGENT).silenced).isOne();
    }

    @ParameterizedTest
    @CsvSource({"mono", "mixed"})
    void shouldTakeOneChannelOfJambonz(String mix) {
        Session session = heard.connect("jambonz");
        session.text("{\"callSid\":\"j1\",\"sampleRate\":\"16000\",\"mixType\":\"" + mix
                + "\",\"metadata\":{\"callId\":\"mine\",\"role\":\"UNKNOWN\"}}");
        session.binary(audio(1, 2));
        assertThat(heard.of("mine", Role.UNKNOWN).form).isEqualTo(AudioForm.linear(16_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"callId\":\"f\",\"sampleRate\":16000,\"role\":\"AGENT\"} | /freeswitch",
                "callId=f;rate=16k;role=AGENT | /freeswitch",
                "f | /freeswitch?rate=16000&role=agent",
                "{\"other\":1} | /freeswitch?callId=f&rate=16k&role=agent"
            })
    void shouldTakeAnyMetadataOfFreeSwitch(String metadata, String target) {
        Session session = heard.connect("freeswitch", new Handshake(target, "", "", Map.of()));
        session.text(metadata);
        session.binary(audio(1, 2));
        assertThat(heard.of("f", Role.AGENT).form).isEqualTo(AudioForm.linear(16_000));
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldTakeFreeSwitchWithoutAnyText() {
        Session session =
                heard.connect("freeswitch", new Handshake("/freeswitch?callId=f&mix=stereo", "", "", Map.of()));
        session.binary(audio(1, 2, 3, 4));
        assertThat(heard.of("f", Role.CUSTOMER).bytes()).containsExactly(1, 2);
        assertThat(heard.of("f", Role.AGENT).bytes()).containsExactly(3, 4);
    }

    @Test
    void shouldTakeTheTokenOfTheFirstMessage() {
        heard.token = token -> {
            if (!token.equals("right")) {
                throw new RefusedException(Refusal.UNAUTHORIZED, "the token must be gateway.token");
            }
        };
        heard.connect("vonage").text(VONAGE);
        heard.connect("vonage").text(VONAGE.replace("\"role\"", "\"token\":\"right\",\"role\""));
        heard.connect("jambonz").text("{\"callSid\":\"j\",\"metadata\":{\"token\":\"right\"}}");
        assertThat(heard.refusals).containsExactly(Refusal.UNAUTHORIZED);
        assertThat(heard.calls()).isEqualTo(2);
    }

    @Test
    void shouldTakeNothingBeforeTheFirstMessage() {
        for (String platform : new String[] {"vonage", "sinch", "jambonz", "freeswitch"}) {
            Session session = heard.connect(platform);
            session.binary(audio(1, 2));
            session.text("");
            session.text("{");
        }
        assertThat(heard.odd).isEqualTo(12);
        assertThat(heard.legs).isEmpty();
        assertThat(heard.broken).isZero();
    }

    @Test
    void shouldRefuseACallWithoutAnId() {
        heard.connect("vonage").text("{\"event\":\"websocket:connected\",\"content-type\":\"audio/l16;rate=8000\"}");
        heard.connect("freeswitch").text("{}");
        assertThat(heard.refusals).containsExactly(Refusal.CALL_ID, Refusal.CALL_ID);
    }
}
