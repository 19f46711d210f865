package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.ingest.LegId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that come back at another gateway than the one that had them: both publish to one topic, which both read. */
class TwoGatewaysTest {
    private static final int AWAY_MS = 700;

    private final Topic topic = new Topic();
    private final HeardCalls first = gateway();
    private final HeardCalls second = gateway();

    /** What both have published. */
    private static final class Topic implements FormerLegs {
        private final List<AudioChunk> chunks = new ArrayList<>();
        private final Map<String, Long> aheadMs = new HashMap<>();

        private void add(AudioChunk chunk, long arrivedMs) {
            chunks.add(chunk);
            long endMs = chunk.getCapturedAt().toEpochMilli() + samples(chunk) * 1_000L / chunk.getSampleRateHz();
            aheadMs.merge(chunk.getCallId() + chunk.getRole(), Math.max(0, endMs - arrivedMs), Math::max);
        }

        @Override
        public Map<Role, Standing> of(String callId) {
            Map<Role, Standing> standings = new EnumMap<>(Role.class);
            for (Role role : Role.values()) {
                List<AudioChunk> leg = of(callId, role);
                if (!leg.isEmpty() && leg.stream().noneMatch(AudioChunk::getLast)) {
                    AudioChunk last = leg.get(leg.size() - 1);
                    int rate = last.getSampleRateHz();
                    long endMs = last.getCapturedAt().toEpochMilli() + samples(last) * 1_000L / rate;
                    standings.put(
                            role,
                            new Standing(
                                    last.getPosition() + samples(last),
                                    endMs,
                                    aheadMs.getOrDefault(callId + role, 0L),
                                    rate));
                }
            }
            return standings;
        }

        private List<AudioChunk> of(String callId, Role role) {
            return chunks.stream()
                    .filter(chunk -> chunk.getCallId().equals(callId) && chunk.getRole() == role)
                    .toList();
        }
    }

    private HeardCalls gateway() {
        HeardCalls calls = new HeardCalls((platform, callId, role, attributes) -> new PublishedLeg(
                platform,
                new LegId(callId, role),
                attributes,
                200,
                (name, chunk, arrivedMs) -> topic.add(chunk, arrivedMs)));
        calls.former = topic;
        return calls;
    }

    private static int samples(AudioChunk chunk) {
        int width = switch (chunk.getEncoding()) {
            case MULAW, ALAW -> 1;
            case PCM_S16LE -> 2;
            case PCM_F32LE -> 4;
        };
        return chunk.getAudio().remaining() / width;
    }

    static List<String> scripts() {
        return CallScript.NAMES;
    }

    private static Recording noise(int rate, int ms, int seed) {
        Random random = new Random(seed);
        float[][] channels = new float[2][rate * ms / 1_000];
        for (float[] channel : channels) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new Recording(rate, channels);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldGoOnInItsPositionAfterTheFirstDied(String name) {
        CallScript script = CallScript.of(name, 1);
        Recording before = noise(script.rateHz(), 5_100, 1);
        Recording after = noise(script.rateHz(), 3_000, 2);
        // Nothing more is heard of the first: what it had not published is lost with it.
        script.play(script.messages(before), first);
        int published = topic.chunks.size();
        long backMs = first.nowMs.get() + AWAY_MS;
        second.nowMs.set(backMs);
        script.play(script.messages(after), second).closed(true);
        for (Role role : script.roles()) {
            List<AudioChunk> leg = topic.of(script.callId(), role);
            List<AudioChunk> lost = topic.chunks.subList(0, published).stream()
                    .filter(leg::contains)
                    .toList();
            List<AudioChunk> regained = leg.subList(lost.size(), leg.size());
            byte[] all = before.encode(CallScript.channel(role), 0, before.samples(), script.format());
            assertThat(PublishedAudio.audio(lost)).isEqualTo(Arrays.copyOf(all, PublishedAudio.audio(lost).length));
            assertThat(PublishedAudio.audio(regained))
                    .isEqualTo(after.encode(CallScript.channel(role), 0, after.samples(), script.format()));
            assertThat(gaps(leg)).hasSize(1);
            assertThat(regained.get(0).getPosition() * 1_000 / script.rateHz())
                    .isCloseTo(backMs - HeardCalls.START_MS, within(lateMs(name)));
            assertThat(leg.stream()
                            .map(chunk -> chunk.getCapturedAt().toEpochMilli()
                                    - chunk.getPosition() * 1_000 / script.rateHz())
                            .distinct())
                    .hasSize(1);
        }
    }

    /** What a script's first frame may come late. */
    private static long lateMs(String name) {
        return switch (name) {
            case "telnyx" -> 200;
            // Its first message is full of the call's id.
            case "audiosocket" -> CallScript.FRAME_MS;
            default -> 5;
        };
    }

    /** Samples that are missing, at each place where there are any. */
    private static List<Long> gaps(List<AudioChunk> leg) {
        List<Long> gaps = new ArrayList<>();
        long next = 0;
        for (AudioChunk chunk : leg) {
            assertThat(chunk.getPosition()).isGreaterThanOrEqualTo(next);
            if (chunk.getPosition() > next) {
                gaps.add(chunk.getPosition() - next);
            }
            next = chunk.getPosition() + samples(chunk);
        }
        return gaps;
    }

    @Test
    void shouldGoOnBehindAudioThatWasAheadOfTheClock() {
        CallScript script = CallScript.of("twilio", 1);
        Recording recording = noise(8_000, 4_000, 1);
        playAtOnce(script, recording, first);
        second.nowMs.set(first.nowMs.get() + AWAY_MS);
        script.play(script.messages(noise(8_000, 1_000, 2)), second).closed(true);
        List<AudioChunk> leg = topic.of(script.callId(), Role.CUSTOMER);
        assertThat(gaps(leg)).containsExactly(AWAY_MS * 8L);
        assertThat(PublishedAudio.audio(leg)).hasSize(5_000 * 8);
    }

    private static void playAtOnce(CallScript script, Recording recording, HeardCalls gateway) {
        Session session = script.connect(gateway);
        gateway.nowMs.addAndGet(20);
        script.messages(recording).forEach(message -> session.text(message.text()));
    }

    @Test
    void shouldLeaveTheEndToTheGatewayThatGoesOn() {
        CallScript script = CallScript.of("twilio", 1);
        script.play(script.messages(noise(8_000, 5_000, 1)), first).closed(false);
        second.nowMs.set(first.nowMs.get() + AWAY_MS);
        Session back = script.play(script.messages(noise(8_000, 15_000, 2)), second);
        first.nowMs.addAndGet(Calls.GRACE_MS);
        first.tick();
        assertThat(first.calls()).isZero();
        assertThat(topic.chunks).noneMatch(AudioChunk::getLast);
        back.closed(true);
        for (Role role : script.roles()) {
            List<AudioChunk> leg = topic.of(script.callId(), role);
            assertThat(gaps(leg)).hasSize(1);
            assertThat(leg.stream().filter(AudioChunk::getLast)).hasSize(1);
            assertThat(leg.get(leg.size() - 1).getLast()).isTrue();
        }
    }

    @Test
    void shouldComeBackBehindWhatTheOtherPublished() {
        CallScript script = CallScript.of("twilio", 1);
        script.play(script.messages(noise(8_000, 2_000, 1)), first).closed(false);
        second.nowMs.set(first.nowMs.get() + AWAY_MS);
        script.play(script.messages(noise(8_000, 2_000, 2)), second).closed(false);
        first.nowMs.set(second.nowMs.get() + AWAY_MS);
        Session back = script.play(script.messages(noise(8_000, 2_000, 3)), first);
        second.nowMs.addAndGet(Calls.GRACE_MS);
        second.tick();
        back.closed(true);
        List<AudioChunk> leg = topic.of(script.callId(), Role.CUSTOMER);
        assertThat(gaps(leg)).containsExactly(AWAY_MS * 8L, AWAY_MS * 8L);
        assertThat(leg.stream().filter(AudioChunk::getLast)).hasSize(1);
    }

    @Test
    void shouldLetBothLegsOfACallStandAtTheSameMomentWhereverTheyCome() {
        CallScript customer = CallScript.of("sinch", 1);
        customer.play(customer.messages(noise(8_000, 2_000, 1)), first);
        second.nowMs.set(first.nowMs.get());
        Session agent = customer.connect(second);
        agent.text("{\"command\":\"connect\",\"callId\":\"" + customer.callId()
                + "\",\"codec\":\"PCM\",\"sampleRate\":8000,\"callHeaders\":{\"role\":\"AGENT\"}}");
        customer.messages(noise(8_000, 2_000, 2)).stream()
                .filter(message -> message.text().isEmpty())
                .forEach(message -> {
                    second.nowMs.set(first.nowMs.get() + message.atMs());
                    agent.binary(ByteBuffer.wrap(message.bytes()));
                });
        agent.closed(true);
        assertThat(topic.of(customer.callId(), Role.AGENT).get(0).getPosition()).isEqualTo(2_000 * 8);
    }
}
