package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
    private static final String TWILIO_START = """
            {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"streamSid":"MZ1","accountSid":"AC1","callSid":"CA1",
            "tracks":["inbound","outbound"],"customParameters":{"role":"AGENT"},
            "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":"8000","channels":1}}}""";

    private final HeardCalls heard = new HeardCalls();

    private static byte[] tone(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String twilio(String track, int chunk, long timestampMs, byte[] audio) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + (chunk + 1) + "\",\"media\":{\"track\":\"" + track
                + "\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + timestampMs + "\",\"payload\":\"" + base64(audio)
                + "\"},\"streamSid\":\"MZ1\"}";
    }

    @Test
    void shouldTakeBothTracksOfTwilio() {
        Session session = heard.connect("twilio");
        session.text("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        session.text(TWILIO_START);
        for (int i = 0; i < 10; i++) {
            session.text(twilio("inbound", i + 1, 20L * i, tone(160, 1)));
            session.text(twilio("outbound", i + 1, 20L * i, tone(160, 2)));
        }
        session.text(
                "{\"event\":\"stop\",\"streamSid\":\"MZ1\",\"stop\":{\"accountSid\":\"AC1\",\"callSid\":\"CA1\"}}");
        HeardCalls.HeardLeg customer = heard.of("CA1", Role.CUSTOMER);
        HeardCalls.HeardLeg agent = heard.of("CA1", Role.AGENT);
        assertThat(customer.bytes()).isEqualTo(tone(1_600, 1));
        assertThat(agent.bytes()).isEqualTo(tone(1_600, 2));
        assertThat(customer.gaps()).isZero();
        assertThat(customer.ended).isTrue();
        assertThat(agent.ended).isTrue();
        assertThat(heard.odd).isZero();
        assertThat(heard.replies).isEmpty();
        assertThat(heard.closes).isEmpty();
    }

    @Test
    void shouldStandAtTheSameMomentAfterAMinuteOfSilence() {
        Session session = heard.connect("twilio");
        session.text(TWILIO_START);
        session.text(twilio("inbound", 1, 0, tone(160, 1)));
        session.text(twilio("outbound", 1, 5_000, tone(160, 2)));
        session.text(twilio("inbound", 2, 65_000, tone(160, 1)));
        session.text(twilio("outbound", 2, 65_010, tone(160, 2)));
        assertThat(heard.of("CA1", Role.CUSTOMER).positions).containsExactly(0L, 65_000L * 8);
        assertThat(heard.of("CA1", Role.AGENT).positions).containsExactly(5_000L * 8, 65_010L * 8);
        assertThat(heard.of("CA1", Role.AGENT).capturedAtMs.get(1)).isEqualTo(HeardCalls.START_MS - 20 + 65_010);
    }

    @Test
    void shouldReadAnySpelling() {
        Session session = heard.connect("signalwire");
        session.text(
                "{\"EVENT\":\"Start\",\"Stream_SID\":\"S\",\"new\":{\"a\":[1,{\"b\":2}]},\"START\":{\"call_sid\":\"C\","
                        + "\"tracks\":\"inbound\",\"more\":[[1]],\"custom_parameters\":{\"x\":1,\"Role\":\"agent\",\"list\":[1]},"
                        + "\"media_format\":{\"encoding\":\"PCMA\",\"sample_rate\":8000.0}}}");
        session.text("{\"media\":{\"payload\":\"" + base64(tone(3, 7))
                + "\",\"timestamp\":20,\"chunk\":1,\"what\":null," + "\"track\":\"inbound\"},\"event\":\"media\"}");
        assertThat(heard.of("C", Role.AGENT).bytes()).isEqualTo(tone(3, 7));
        assertThat(heard.of("C", Role.AGENT).form.format()).isEqualTo(SampleFormat.ALAW);
    }

    @Test
    void shouldBringTelnyxIntoOrder() {
        Session session = heard.connect("telnyx");
        session.text(
                "{\"event\":\"start\",\"sequence_number\":\"1\",\"stream_id\":\"s\",\"start\":{\"user_id\":\"u\","
                        + "\"call_control_id\":\"v3:abc\",\"media_format\":{\"encoding\":\"PCMU\",\"sample_rate\":8000,\"channels\":1}}}");
        for (long chunk : FrameOrderPropertyTest.shuffled(200, 1, 100, 7)) {
            session.text("{\"event\":\"media\",\"sequence_number\":\"" + (chunk + 1)
                    + "\",\"stream_id\":\"s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + chunk
                    + "\",\"timestamp\":\"" + (chunk - 1) * 20 + "\",\"payload\":\"" + base64(tone(160, (int) chunk))
                    + "\"}}");
        }
        session.text("{\"event\":\"stop\",\"stream_id\":\"s\"}");
        byte[] bytes = heard.of("v3:abc", Role.CUSTOMER).bytes();
        assertThat(bytes).hasSize(200 * 160);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(bytes[i]).isEqualTo((byte) (i / 160 + 1));
        }
        assertThat(heard.of("v3:abc", Role.CUSTOMER).gaps()).isZero();
    }

    @Test
    void shouldTurnTelnyxLinearAround() {
        Session session = heard.connect("telnyx");
        session.text("{\"event\":\"start\",\"start\":{\"call_control_id\":\"c\",\"media_format\":{\"encoding\":\"L16\","
                + "\"sample_rate\":16000}}}");
        session.text("{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"chunk\":1,\"payload\":\""
                + base64(new byte[] {1, 2, 3, 4}) + "\"}}");
        session.text("{\"event\":\"stop\"}");
        assertThat(heard.of("c", Role.CUSTOMER).bytes()).containsExactly(2, 1, 4, 3);
    }

    @Test
    void shouldTakePlivo() {
        Session session = heard.connect("plivo");
        session.text(
                "{\"sequenceNumber\":0,\"event\":\"start\",\"start\":{\"callId\":\"p\",\"streamId\":\"s\",\"tracks\":[\"inbound\"],"
                        + "\"mediaFormat\":{\"encoding\":\"audio/x-l16\",\"sampleRate\":8000}},\"extra_headers\":\"role=UNKNOWN;a=b\"}");
        session.text("{\"sequenceNumber\":1,\"streamId\":\"s\",\"event\":\"media\",\"media\":{\"track\":\"inbound\","
                + "\"timestamp\":\"1700000005000\",\"chunk\":1,\"payload\":\"" + base64(tone(320, 1)) + "\"}}");
        session.text("{\"sequenceNumber\":2,\"streamId\":\"s\",\"event\":\"media\",\"media\":{\"track\":\"inbound\","
                + "\"timestamp\":\"1700000006000\",\"chunk\":2,\"payload\":\"" + base64(tone(320, 1)) + "\"}}");
        session.closed(true);
        assertThat(heard.of("p", Role.UNKNOWN).positions).containsExactly(0L, 8_000L);
        assertThat(heard.of("p", Role.UNKNOWN).ended).isTrue();
    }

    @Test
    void shouldTakeExotelWithSamplesCutInTwo() {
        Session session = heard.connect("exotel");
        session.text(
                "{\"event\":\"start\",\"sequence_number\":1,\"stream_sid\":\"s\",\"start\":{\"stream_sid\":\"s\",\"call_sid\":\"e\","
                        + "\"account_sid\":\"a\",\"from\":\"x\",\"to\":\"y\",\"custom_parameters\":{},\"media_format\":"
                        + "{\"encoding\":\"audio/x-raw\",\"sample_rate\":\"8000\",\"bit_rate\":\"128\"}}}");
        for (byte[] piece : new byte[][] {{1, 2, 3}, {4}, {5, 6, 7, 8, 9}, {10}}) {
            session.text(
                    "{\"event\":\"media\",\"stream_sid\":\"s\",\"media\":{\"payload\":\"" + base64(piece) + "\"}}");
        }
        assertThat(heard.of("e", Role.CUSTOMER).bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void shouldMarkTonesAsNoSpeech() {
        Session session = heard.connect("twilio");
        session.text(TWILIO_START);
        session.text(twilio("inbound", 1, 0, tone(160, 1)));
        session.text(
                "{\"event\":\"dtmf\",\"streamSid\":\"MZ1\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"7\"}}");
        for (int i = 1; i <= 20; i++) {
            session.text(twilio("inbound", i + 1, 20L * i, tone(160, 1)));
        }
        byte[] bytes = heard.of("CA1", Role.CUSTOMER).bytes();
        assertThat(heard.of("CA1", Role.CUSTOMER).silenced).isOne();
        for (int i = 0; i < bytes.length; i++) {
            boolean quiet = i >= 160 && i < 160 + CallLeg.TONE_MS * 8;
            assertThat(bytes[i]).isEqualTo((byte) (quiet ? 0xff : 1));
        }
    }

    @Test
    void shouldGoOnAfterMessagesThatMeanNothing() {
        Session session = heard.connect("twilio");
        for (String odd :
                new String[] {"", "nonsense", "[]", "{", "{\"event\":7}", "{\"event\":\"media\"}", "null", "{}"}) {
            session.text(odd);
        }
        session.binary(ByteBuffer.wrap(new byte[5]));
        session.text(TWILIO_START);
        session.text("{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}");
        session.text(twilio("inbound", 1, 0, tone(160, 1)));
        assertThat(heard.odd).isEqualTo(10);
        assertThat(heard.closes).isEmpty();
        assertThat(heard.of("CA1", Role.CUSTOMER).bytes()).hasSize(160);
    }

    @Test
    void shouldRefuseCodecsThatItDoesNotTake() {
        Session session = heard.connect("telnyx");
        session.text(
                "{\"event\":\"start\",\"start\":{\"call_control_id\":\"c\",\"media_format\":{\"encoding\":\"OPUS\"}}}");
        assertThat(heard.refusals).containsExactly(Refusal.CODEC);
        assertThat(heard.closes).containsExactly(CloseCode.POLICY);
    }

    @Test
    void shouldRefuseACallWithoutAnId() {
        Session session = heard.connect("twilio");
        session.text("{\"event\":\"start\",\"start\":{}}");
        assertThat(heard.refusals).containsExactly(Refusal.CALL_ID);
    }
}
