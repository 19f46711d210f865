package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections whose messages are nearly right, or not at all, between such as are: a session is refused or goes on, nothing breaks, and
 * what is kept stays bounded. {@code -Dfuzz.messages=100000} is the long form.
 */
class ControlFuzzTest {
    private static final int MESSAGES = GatewayFuzzTest.MESSAGES;
    private static final String AUDIOHOOK =
            "{\"version\":\"2\",\"id\":\"s\",\"type\":\"TYPE\",\"seq\":SEQ,\"serverseq\":0,\"position\":\"PT1.5S\",\"parameters\":{WITH}}";
    private static final String OPEN = AUDIOHOOK
            .replace("TYPE", "open")
            .replace(
                    "WITH",
                    "\"organizationId\":\"o\",\"conversationId\":\"c\",\"participant\":{\"id\":\"p\"},\"media\":[{\"type\":\"audio\","
                            + "\"format\":\"PCMU\",\"channels\":[\"external\",\"internal\"],\"rate\":8000}]");
    private static final Map<String, List<String>> TALKS = Map.of(
            "genesys",
            List.of(
                    OPEN,
                    AUDIOHOOK.replace("TYPE", "ping").replace("WITH", "\"rtt\":\"PT0.01S\""),
                    AUDIOHOOK.replace("TYPE", "paused").replace("WITH", ""),
                    AUDIOHOOK
                            .replace("TYPE", "resumed")
                            .replace("WITH", "\"start\":\"PT1S\",\"discarded\":\"PT7.25S\""),
                    AUDIOHOOK
                            .replace("TYPE", "discarded")
                            .replace("WITH", "\"start\":\"PT1S\",\"discarded\":\"PT.25S\""),
                    AUDIOHOOK.replace("TYPE", "close").replace("WITH", "\"reason\":\"end\"")),
            "asterisk",
            List.of(
                    "MEDIA_START connection_id:u channel:WebSocket/u/0x1 channel_id:1.4 format:slin16 optimal_frame_size:160 ptime:20",
                    "{\"event\":\"MEDIA_START\",\"channel_id\":\"1.4\",\"format\":\"ulaw\",\"channel_variables\":{\"CALL_ID\":\"c\"}}",
                    "DTMF_END digit:1 channel_id:1.4",
                    "MEDIA_XON"),
            "vonage",
            List.of(
                    "{\"event\":\"websocket:connected\",\"content-type\":\"audio/l16;rate=16000\",\"callId\":\"c\"}",
                    "{\"event\":\"websocket:dtmf\",\"digit\":\"5\"}"),
            "sinch",
            List.of(
                    "{\"command\":\"connect\",\"callId\":\"c\",\"codec\":\"PCM\",\"sampleRate\":8000,\"callHeaders\":[{\"key\":\"role\","
                            + "\"value\":\"AGENT\"}]}"),
            "jambonz",
            List.of("{\"callSid\":\"c\",\"sampleRate\":8000,\"mixType\":\"stereo\",\"metadata\":{\"role\":\"x\"}}"),
            "freeswitch",
            List.of("callId=c;rate=16k;mix=stereo", "{\"callId\":\"c\"}"));

    private final HeardCalls heard = HeardCalls.published();

    @ParameterizedTest
    @ValueSource(strings = {"genesys", "asterisk", "vonage", "sinch", "jambonz", "freeswitch"})
    void shouldBearAnyMessages(String platform) {
        List<String> talk = TALKS.getOrDefault(platform, List.of());
        Random random = new Random(platform.hashCode());
        HeapWatch heap = new HeapWatch(MESSAGES);
        for (int sent = 0; sent < MESSAGES; ) {
            heard.forget();
            Session session = heard.connect(platform, new Handshake("/?role=AGENT", "h", "", Map.of()));
            int seq = 0;
            for (String message : talk) {
                for (int frames = random.nextInt(3); frames >= 0; frames--) {
                    heard.nowMs.addAndGet(random.nextInt(200));
                    byte[] bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    session.binary(ByteBuffer.wrap(bytes));
                    sent++;
                }
                seq++;
                String right = message.replace("SEQ", Integer.toString(seq));
                session.text(random.nextInt(4) == 0 ? mutated(right, random) : right);
                session.tick();
                sent++;
            }
            session.closed(random.nextBoolean());
            heard.tick();
            heap.look(sent);
        }
        assertThat(heard.broken).isZero();
        heap.shouldHaveStayed();
        heard.nowMs.addAndGet(Calls.GRACE_MS);
        heard.tick();
        assertThat(heard.calls()).isZero();
    }

    @Test
    void shouldBearAnyFrames() {
        Random random = new Random(7);
        HeapWatch heap = new HeapWatch(MESSAGES);
        byte[] id = AudioSocketDecoderTest.frame(0x01, new byte[16]);
        for (int sent = 0; sent < MESSAGES; ) {
            heard.forget();
            Session session = heard.connect(Platforms.AUDIOSOCKET, Handshake.empty());
            if (random.nextBoolean()) {
                session.binary(ByteBuffer.wrap(id));
            }
            for (int i = 0; i < 20; i++, sent++) {
                heard.nowMs.addAndGet(random.nextInt(200));
                byte[] content = new byte[random.nextInt(400)];
                random.nextBytes(content);
                byte[] frame = AudioSocketDecoderTest.frame(random.nextInt(0x20), content);
                if (random.nextInt(4) == 0) {
                    frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                }
                ByteBuffer bytes =
                        ByteBuffer.wrap(frame, 0, random.nextInt(8) == 0 ? random.nextInt(frame.length) : frame.length);
                session.binary(bytes);
                session.tick();
            }
            session.closed(random.nextBoolean());
            heard.tick();
            heap.look(sent);
        }
        assertThat(heard.broken).isZero();
        heap.shouldHaveStayed();
    }

    @Test
    void shouldBearAnySignature() {
        Guard guard = new AudioHookSignature(
                "key", "c2VjcmV0", "", Clock.fixed(Instant.ofEpochSecond(1_641_013_200), ZoneOffset.UTC));
        Random random = new Random(7);
        String input = "sig1=(\"@request-target\" \"@authority\" \"audiohook-organization-id\" \"audiohook-session-id\""
                + " \"audiohook-correlation-id\" \"x-api-key\");keyid=\"key\";nonce=\"VGhpc0lzQVVuaXF1ZU5vbmNl\";alg=\"hmac-sha256\""
                + ";created=1641013200;expires=3282026430";
        for (int i = 0; i < MESSAGES; i++) {
            Handshake handshake = new Handshake(
                    "/genesys",
                    "h",
                    "",
                    Map.of(
                            "audiohook-organization-id",
                            "o",
                            "audiohook-session-id",
                            "s",
                            "audiohook-correlation-id",
                            "c",
                            "x-api-key",
                            mutated("key", random),
                            "signature-input",
                            mutated(input, random),
                            "signature",
                            mutated("sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:", random)));
            boolean admitted;
            try {
                admitted = guard.admit(handshake) != null;
            } catch (RefusedException e) {
                admitted = false;
            }
            assertThat(admitted).isFalse();
        }
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change > 0 && text.length() > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x250));
                case 2 -> text.insert(at, "{}[],:;=\"\\0-9 ".charAt(random.nextInt(14)));
                case 3 -> text.setLength(at);
                case 4 -> text.insert(at, "9".repeat(20));
                default -> text.insert(at, text.substring(0, Math.min(at, 40)));
            }
        }
        return text.toString();
    }
}
