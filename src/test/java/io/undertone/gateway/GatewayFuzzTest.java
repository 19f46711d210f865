package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that are nearly right, or not at all: a session is refused or goes on, nothing breaks, and what is kept stays bounded.
 * {@code -Dfuzz.messages=100000} is the long form.
 */
class GatewayFuzzTest {
    static final int MESSAGES = Integer.getInteger("fuzz.messages", 10_000);
    private static final int PER_SESSION = 50;
    private static final List<String> SEEDS = List.of(
            "{\"event\":\"start\",\"streamSid\":\"S\",\"start\":{\"callSid\":\"C\",\"tracks\":[\"inbound\",\"outbound\"],"
                    + "\"customParameters\":{\"role\":\"AGENT\"},\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":\"8000\"}}}",
            "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"track\":\"inbound\",\"chunk\":\"3\",\"timestamp\":\"40\",\"payload\":\"AAECAwQ=\"}}",
            "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"1\"}}",
            "{\"event\":\"start\",\"start\":{\"call_control_id\":\"c\",\"custom_parameters\":[{\"name\":\"role\",\"value\":\"x\"}],"
                    + "\"media_format\":{\"encoding\":\"L16\",\"sample_rate\":16000}}}",
            "{\"kind\":\"AudioMetadata\",\"audioMetadata\":{\"subscriptionId\":\"s\",\"encoding\":\"PCM\",\"sampleRate\":16000,\"channels\":1}}",
            "{\"kind\":\"AudioData\",\"audioData\":{\"timestamp\":\"2026-01-01T00:00:00Z\",\"participantRawID\":\"4:+1\",\"data\":\"AAEC\"}}",
            "{\"event\":\"stop\",\"streamSid\":\"S\"}");

    private final HeardCalls heard = HeardCalls.published();

    static List<String> platforms() {
        return Platforms.ALL.stream().map(Platform::name).toList();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void shouldBearAnyMessages(String platform) {
        Random random = new Random(platform.hashCode());
        HeapWatch heap = new HeapWatch(MESSAGES);
        for (int sent = 0; sent < MESSAGES; sent += PER_SESSION) {
            heard.forget();
            Session session = heard.connect(platform, new Handshake("/", "h", "", Map.of()));
            for (int i = 0; i < PER_SESSION; i++) {
                heard.nowMs.addAndGet(random.nextInt(100));
                if (random.nextInt(10) == 0) {
                    byte[] bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    session.binary(ByteBuffer.wrap(bytes));
                } else {
                    session.text(mutated(SEEDS.get(random.nextInt(SEEDS.size())), random));
                }
                session.tick();
            }
            session.closed(random.nextBoolean());
            heard.tick();
            heap.look(sent + PER_SESSION);
        }
        assertThat(heard.broken).isZero();
        heap.shouldHaveStayed();
        heard.nowMs.addAndGet(Calls.GRACE_MS);
        heard.tick();
        assertThat(heard.calls()).isZero();
    }

    /** One connection after the other, each for as long as it is let. */
    @ParameterizedTest
    @MethodSource("platforms")
    void shouldKeepLittleOfAConnectionThatNeverEnds(String platform) {
        Random random = new Random(platform.hashCode());
        HeapWatch heap = new HeapWatch(MESSAGES);
        Session session = heard.connect(platform, new Handshake("/?callId=C", "h", "", Map.of()));
        for (int sent = 1; sent <= MESSAGES; sent++) {
            heard.nowMs.addAndGet(random.nextInt(40));
            if (random.nextInt(4) == 0) {
                session.binary(ByteBuffer.wrap(new byte[random.nextInt(400)]));
            } else {
                session.text(stranger(SEEDS.get(random.nextInt(SEEDS.size() - 1)), random));
            }
            session.tick();
            if (!heard.closes.isEmpty()) {
                heard.forget();
                session = heard.connect(platform, new Handshake("/?callId=C", "h", "", Map.of()));
            }
            heard.replies.clear();
            heap.look(sent);
        }
        assertThat(heard.broken).isZero();
        heap.shouldHaveStayed();
    }

    /** The message of another stream, sender or number: whatever is kept for each must have an end. */
    private static String stranger(String seed, Random random) {
        return seed.replace("\"S\"", "\"S" + random.nextInt(1_000_000) + "\"")
                .replace("4:+1", "4:+" + random.nextInt(1_000_000))
                .replace("\"role\":", "\"key" + random.nextInt(1_000_000) + "\":")
                .replace("\"chunk\":\"3\"", "\"chunk\":\"" + random.nextInt(1_000_000) + "\"");
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int change = random.nextInt(4); change > 0 && text.length() > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x250));
                case 2 -> text.insert(at, "{}[],:\"\\0-9".charAt(random.nextInt(11)));
                case 3 -> text.setLength(at);
                default -> text.insert(at, text.substring(0, Math.min(at, 40)));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void shouldHaveASideForEachRole(String platform) {
        Platform known = Platforms.named(platform).orElseThrow();
        Roles roles = new GatewaySettings(io.undertone.config.UndertoneConfig.defaults()).roles(known);
        if (!known.sides().isEmpty()) {
            assertThat(known.sides().stream().map(roles::ofTrack)).containsExactlyInAnyOrder(Role.CUSTOMER, Role.AGENT);
        }
    }
}
