package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskDecoderTest {
    private static final String PLAIN =
            "MEDIA_START connection_id:undertone channel:WebSocket/undertone/0x7f8a channel_id:1795806978.4"
                    + " format:ulaw optimal_frame_size:160 ptime:20";

    private final HeardCalls heard = new HeardCalls();

    private static String json(String format, String variables) {
        return "{\"event\":\"MEDIA_START\",\"connection_id\":\"undertone\",\"channel\":\"WebSocket/undertone/0x7f8a\","
                + "\"channel_id\":\"1795806978.4\",\"format\":\"" + format
                + "\",\"optimal_frame_size\":160,\"ptime\":20,\"channel_variables\":{" + variables + "}}";
    }

    @Test
    void shouldTakePlainControl() {
        Session session = heard.connect("asterisk");
        session.text(PLAIN);
        session.binary(ByteBuffer.wrap(new byte[160]));
        session.text("DTMF_END digit:1 channel_id:1795806978.4");
        session.text("MEDIA_XOFF");
        session.binary(ByteBuffer.wrap(new byte[121]));
        session.closed(true);
        HeardCalls.HeardLeg leg = heard.of("1795806978.4", Role.CUSTOMER);
        assertThat(leg.bytes()).hasSize(281);
        assertThat(leg.form.format()).isEqualTo(SampleFormat.MULAW);
        assertThat(leg.silenced).isOne();
        assertThat(leg.ended).isTrue();
        assertThat(heard.odd).isZero();
        assertThat(heard.replies).isEmpty();
    }

    @Test
    void shouldHeedChannelVariables() {
        Session session = heard.connect("asterisk");
        session.text(json("slin16", "\"CALL_ID\":\"call\",\"ROLE\":\"AGENT\",\"other\":null,\"more\":[1]"));
        session.binary(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        session.binary(ByteBuffer.wrap(new byte[] {4}));
        session.text("{\"event\":\"DTMF_END\",\"channel_id\":\"1795806978.4\",\"digit\":\"1\"}");
        assertThat(heard.of("call", Role.AGENT).bytes()).containsExactly(1, 2, 3, 4);
        assertThat(heard.of("call", Role.AGENT).form).isEqualTo(AudioForm.linear(16_000));
        assertThat(heard.of("call", Role.AGENT).silenced).isOne();
    }

    @Test
    void shouldTakeParametersOfTheAddressForVariables() {
        Session session =
                heard.connect("asterisk", new Handshake("/asterisk?CALL_ID=call%201&ROLE=agent", "", "", Map.of()));
        session.text(PLAIN);
        session.binary(ByteBuffer.wrap(new byte[160]));
        assertThat(heard.of("call 1", Role.AGENT).bytes()).hasSize(160);
    }

    @Test
    void shouldKeepAudioThatComesBeforeItsFormat() {
        Session session = heard.connect("asterisk");
        session.binary(ByteBuffer.wrap(new byte[] {1, 2}));
        session.binary(ByteBuffer.wrap(new byte[] {3}));
        session.text(PLAIN);
        session.binary(ByteBuffer.wrap(new byte[] {4}));
        assertThat(heard.of("1795806978.4", Role.CUSTOMER).bytes()).containsExactly(1, 2, 3, 4);
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldKeepOnlySoMuchOfIt() {
        Session session = heard.connect("asterisk");
        for (int i = 0; i < 5; i++) {
            session.binary(ByteBuffer.wrap(new byte[16_384]));
        }
        assertThat(heard.odd).isOne();
        session.text(PLAIN);
        assertThat(heard.of("1795806978.4", Role.CUSTOMER).bytes()).hasSize(65_536);
    }

    @Test
    void shouldMarkTonesThatWereSentInSilence() {
        Session session = heard.connect("asterisk");
        session.text(PLAIN);
        for (int i = 0; i < 50; i++) {
            heard.nowMs.addAndGet(20);
            session.binary(ByteBuffer.wrap(ones()));
        }
        heard.nowMs.addAndGet(60_000);
        session.text("DTMF_END digit:1 channel_id:1795806978.4");
        for (int i = 0; i < 60; i++) {
            heard.nowMs.addAndGet(20);
            session.binary(ByteBuffer.wrap(ones()));
        }
        session.closed(true);
        byte[] bytes = heard.of("1795806978.4", Role.CUSTOMER).bytes();
        for (int i = 0; i < bytes.length; i++) {
            boolean quiet = i >= 8_000 && i < 8_000 + CallLeg.TONE_MS * 8;
            assertThat(bytes[i]).isEqualTo((byte) (quiet ? 0xff : 1));
        }
    }

    private static byte[] ones() {
        byte[] ones = new byte[160];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    @Test
    void shouldStandLaterAfterAHold() {
        Session session = heard.connect("asterisk");
        session.text(PLAIN);
        for (int i = 0; i < 50; i++) {
            heard.nowMs.addAndGet(20);
            session.binary(ByteBuffer.wrap(new byte[160]));
        }
        heard.nowMs.addAndGet(60_000);
        for (int i = 0; i < 60; i++) {
            heard.nowMs.addAndGet(20);
            session.binary(ByteBuffer.wrap(new byte[160]));
        }
        assertThat(heard.of("1795806978.4", Role.CUSTOMER).gaps()).isEqualTo(60_000 * 8);
    }

    @ParameterizedTest
    @CsvSource({"alaw, ALAW, 8000", "slin, PCM_S16LE, 8000", "slin44, PCM_S16LE, 44100", "slin48, PCM_S16LE, 48000"})
    void shouldKnowFormatsByTheirNames(String name, SampleFormat format, int rateHz) throws RefusedException {
        assertThat(AsteriskDecoder.form(name)).isEqualTo(new AudioForm(format, false, rateHz));
    }

    @ParameterizedTest
    @CsvSource({"g722", "opus", "slin96", "slinx", "''"})
    void shouldRefuseFormatsThatItDoesNotTake(String name) {
        heard.connect("asterisk").text(json(name, ""));
        assertThat(heard.refusals).containsExactly(Refusal.CODEC);
    }

    @Test
    void shouldGoOnAfterMessagesThatMeanNothing() {
        Session session = heard.connect("asterisk");
        for (String odd : new String[] {"", "{", "{}", "NONSENSE", "{\"event\":\"x\"}", "null"}) {
            session.text(odd);
        }
        session.text(PLAIN);
        assertThat(heard.odd).isEqualTo(6);
        assertThat(heard.refusals).isEmpty();
        assertThat(heard.calls()).isOne();
    }
}
