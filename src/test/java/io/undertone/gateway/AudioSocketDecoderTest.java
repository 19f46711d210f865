package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioSocketDecoderTest {
    private static final String CALL = "40325ec2-5efd-4bd3-805f-53576e581d13";
    private static final byte[] ID = frame(0x01, hex("40325EC25EFD4BD3805F53576E581D13"));

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text);
    }

    static byte[] frame(int kind, byte... content) {
        ByteBuffer frame = ByteBuffer.allocate(3 + content.length);
        frame.put((byte) kind).putShort((short) content.length).put(content);
        return frame.array();
    }

    private static Session connect(HeardCalls heard) {
        return heard.connect(Platforms.AUDIOSOCKET, Handshake.empty());
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void shouldTakeACall() {
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        session.binary(ByteBuffer.wrap(all(ID, frame(0x10, new byte[320]), frame(0x03, (byte) '5'))));
        session.binary(ByteBuffer.wrap(all(frame(0x02, new byte[320]), frame(0x10, new byte[320]))));
        session.closed(true);
        HeardCalls.HeardLeg leg = heard.of(CALL, Role.CUSTOMER);
        assertThat(leg.bytes()).hasSize(640);
        assertThat(leg.form).isEqualTo(AudioForm.linear(8_000));
        assertThat(leg.silenced).isOne();
        assertThat(leg.ended).isTrue();
        // Silence of the same length, in whole frames.
        assertThat(heard.replies).containsExactly("bytes: 323", "bytes: 323");
        assertThat(heard.odd).isZero();
    }

    @Test
    void shouldEndWhereAsteriskHangsUp() {
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        session.binary(ByteBuffer.wrap(all(ID, frame(0x10, new byte[320]), frame(0x00), frame(0x10, new byte[320]))));
        assertThat(heard.of(CALL, Role.CUSTOMER).ended).isTrue();
        assertThat(heard.of(CALL, Role.CUSTOMER).bytes()).hasSize(320);
        assertThat(heard.closes).containsExactly(CloseCode.NORMAL);
    }

    /** Asterisk's application hangs up after 2 s in which nothing comes. */
    @Test
    void shouldSendSilenceWhileNothingComes() {
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        pass(heard, session, 1_000);
        assertThat(heard.replies).isEmpty();
        session.binary(ByteBuffer.wrap(ID));
        pass(heard, session, 1_600);
        assertThat(heard.replies).containsExactly("bytes: 323", "bytes: 323", "bytes: 323");
        heard.replies.clear();
        session.binary(ByteBuffer.wrap(frame(0x12, new byte[640])));
        pass(heard, session, 1_100);
        // The answer, then silence like it.
        assertThat(heard.replies).containsExactly("bytes: 643", "bytes: 643", "bytes: 643");
        heard.replies.clear();
        session.binary(ByteBuffer.wrap(frame(0x00)));
        pass(heard, session, 1_000);
        assertThat(heard.replies).isEmpty();
    }

    @Test
    void shouldSendNothingMoreWhileFramesAreAnswered() {
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        session.binary(ByteBuffer.wrap(ID));
        for (int i = 0; i < 100; i++) {
            session.binary(ByteBuffer.wrap(frame(0x10, new byte[320])));
            pass(heard, session, 20);
        }
        assertThat(heard.replies).hasSize(100);
    }

    /** So much time passes, and the gateway looks every 20 ms. */
    private static void pass(HeardCalls heard, Session session, long ms) {
        for (long passed = 0; passed < ms; passed += 20) {
            heard.nowMs.addAndGet(20);
            session.tick();
        }
    }

    @ParameterizedTest
    @CsvSource({"0x11, 12000", "0x12, 16000", "0x13, 24000", "0x14, 32000", "0x15, 44100", "0x16, 48000"})
    void shouldKnowRatesByKind(int kind, int rateHz) {
        HeardCalls heard = new HeardCalls();
        connect(heard).binary(ByteBuffer.wrap(all(ID, frame(kind, new byte[4]))));
        assertThat(heard.of(CALL, Role.CUSTOMER).form).isEqualTo(AudioForm.linear(rateHz));
    }

    @ParameterizedTest
    @CsvSource({"0x17", "0x18"})
    void shouldRefuseRatesThatItDoesNotTake(int kind) {
        HeardCalls heard = new HeardCalls();
        connect(heard).binary(ByteBuffer.wrap(all(ID, frame(kind, new byte[4]))));
        assertThat(heard.refusals).containsExactly(Refusal.CODEC);
    }

    @Test
    void shouldRefuseAnIdThatIsNone() {
        HeardCalls heard = new HeardCalls();
        connect(heard).binary(ByteBuffer.wrap(frame(0x01, new byte[15])));
        assertThat(heard.refusals).containsExactly(Refusal.PROTOCOL);
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        session.binary(ByteBuffer.wrap(all(frame(0x10, new byte[320]), frame(0x77, new byte[9]), frame(0x10))));
        session.binary(ByteBuffer.wrap(all(ID, frame(0xff, (byte) 1), frame(0x10, new byte[320]))));
        session.text("text");
        assertThat(heard.odd).isEqualTo(5);
        assertThat(heard.of(CALL, Role.CUSTOMER).bytes()).hasSize(320);
    }

    @Property(tries = 200)
    void shouldReadTheSameHoweverItIsSplit(@ForAll long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(ID);
        for (int i = 0; i < 20; i++) {
            byte[] audio = new byte[2 * random.nextInt(200)];
            random.nextBytes(audio);
            samples.writeBytes(audio);
            stream.writeBytes(frame(0x10, audio));
        }
        HeardCalls heard = new HeardCalls();
        Session session = connect(heard);
        byte[] sent = stream.toByteArray();
        for (int at = 0; at < sent.length; ) {
            int length = Math.min(sent.length - at, random.nextInt(1, 100));
            session.binary(ByteBuffer.wrap(sent, at, length));
            at += length;
        }
        session.closed(true);
        assertThat(heard.of(CALL, Role.CUSTOMER).bytes()).isEqualTo(samples.toByteArray());
        assertThat(heard.refusals).isEmpty();
    }
}
