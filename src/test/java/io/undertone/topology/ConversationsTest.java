package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.EndReason;
import io.undertone.LegTalk;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.LegChunk;
import io.undertone.window.LegSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** From chunks of all legs of a call to what is said of it, once, whatever happens in between. */
@NullUnmarked
class ConversationsTest {
    private static final long STARTED_MS = TestVoice.STARTED_MS;
    private static final long IDLE_MS = 120_000;
    private static final LegPolicy POLICY =
            new LegPolicy(Set.of(Role.CUSTOMER), 1 << 18, LegSettings.DEFAULT, IDLE_MS, 3_600_000, 3);

    private static final float[] CUSTOMER = voice(20, 1, 7, 1);
    private static final float[] AGENT = voice(20, 5, 12, 2);

    private final AudioChunkReader reader = new AudioChunkReader(1 << 18);
    private final List<CallConversation> published = new ArrayList<>();
    private final MapStore store = new MapStore();
    private long nowMs = STARTED_MS;
    private Conversations conversations = open();

    private Conversations open() {
        AvroCodec<CallConversation> codec = new AvroCodec<>(CallConversation.class);
        return new Conversations(
                store,
                POLICY,
                codec,
                (callId, record) -> {
                    try {
                        published.add(codec.decode(record));
                    } catch (io.undertone.codec.UnreadableRecordException e) {
                        throw new AssertionError(e);
                    }
                },
                nowMs);
    }

    private void receive(AudioChunk chunk) throws Exception {
        byte[] key = chunk.getCallId().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        LegChunk checked = reader.check(key, reader.parse(TestVoice.bytes(chunk)));
        conversations.receive(checked, nowMs);
    }

    /** The clock goes on, second by second. */
    private void pass(long ms) {
        long until = nowMs + ms;
        while (nowMs < until) {
            nowMs += 1_000;
            conversations.tick(nowMs);
        }
    }

    /** A voice that is silent but for [from; to) s. */
    private static float[] voice(int seconds, int from, int to, long seed) {
        float[] speech = TestVoice.speech(seconds, seed);
        for (int i = 0; i < speech.length; i++) {
            if (i < from * TestVoice.RATE_HZ || i >= to * TestVoice.RATE_HZ) {
                speech[i] = (float) (0.0005 * Math.sin(i));
            }
        }
        return speech;
    }

    /** The customer talks in [1; 7) s, the agent in [5; 12) s of 20. */
    private static List<AudioChunk> call(String callId) {
        List<AudioChunk> customer = TestVoice.chunks(callId, Role.CUSTOMER, CUSTOMER, 200);
        List<AudioChunk> agent = TestVoice.chunks(callId, Role.AGENT, AGENT, 200);
        return Stream.concat(customer.stream(), agent.stream())
                .sorted(Comparator.comparing(AudioChunk::getCapturedAt))
                .toList();
    }

    private static CallConversation timeless(CallConversation conversation) {
        return CallConversation.newBuilder(conversation)
                .setProducedAt(Instant.EPOCH)
                .build();
    }

    private CallConversation undisturbed(List<AudioChunk> call) throws Exception {
        for (AudioChunk chunk : call) {
            receive(chunk);
        }
        pass(10_000);
        assertThat(published).hasSize(1);
        return timeless(published.remove(0));
    }

    @Test
    void shouldSayWhoTalkedOnceAllLegsHaveEnded() throws Exception {
        List<AudioChunk> call = call("call-1");
        for (AudioChunk chunk : call) {
            nowMs = chunk.getCapturedAt().toEpochMilli();
            receive(chunk);
            conversations.tick(nowMs);
        }
        pass(4_000);
        assertThat(published).as("another leg may begin").isEmpty();
        pass(2_000);

        assertThat(published).hasSize(1);
        CallConversation said = published.get(0);
        assertThat(said.getCallId()).isEqualTo("call-1");
        assertThat(said.getStartedAt()).isEqualTo(Instant.ofEpochMilli(STARTED_MS));
        assertThat(said.getDurationMs()).isEqualTo(20_000);
        assertThat(said.getEndReason()).isEqualTo(EndReason.LAST_CHUNK);
        assertThat(said.getProducedAt()).isBetween(Instant.ofEpochMilli(nowMs - 2_000), Instant.ofEpochMilli(nowMs));
        LegTalk customer = said.getLegs().get(0);
        LegTalk agent = said.getLegs().get(1);
        assertThat(customer.getRole()).isEqualTo(Role.CUSTOMER);
        assertThat(customer.getTalkMs()).isBetween(5_500L, 6_100L);
        assertThat(agent.getRole()).isEqualTo(Role.AGENT);
        assertThat(agent.getTalkMs()).isBetween(6_500L, 7_100L);
        assertThat(agent.getInterruptions()).isEqualTo(1);
        assertThat(customer.getInterruptions()).isZero();
        assertThat(said.getOverlapMs()).isBetween(1_500L, 2_000L);
        assertThat(said.getLongestSilenceMs()).isBetween(7_900L, 8_300L);
        assertThat(customer.getShare() + agent.getShare()).isEqualTo(1);

        pass(IDLE_MS);
        assertThat(published).hasSize(1);
    }

    /** Killed at any chunk, heard again from anywhere before, out of order: the same. */
    @Test
    void shouldSayTheSameAfterRestartsAndReplays() throws Exception {
        CallConversation expected = undisturbed(call("call-1"));
        Random random = new Random(7);
        for (int life = 0; life < 20; life++) {
            ConversationsTest other = new ConversationsTest();
            List<AudioChunk> call = new ArrayList<>(call("call-1"));
            // Disorder within a second.
            for (int from = 0; from + 10 <= call.size(); from += 10) {
                Collections.shuffle(call.subList(from, from + 10), random);
            }
            int killed = random.nextInt(call.size());
            for (AudioChunk chunk : call.subList(0, killed)) {
                other.receive(chunk);
            }
            other.conversations = other.open();
            for (AudioChunk chunk : call.subList(random.nextInt(killed + 1), call.size())) {
                other.receive(chunk);
            }
            other.pass(IDLE_MS + 10_000);
            assertThat(other.published).extracting(ConversationsTest::timeless).containsExactly(expected);
        }
    }

    /** Of whichever leg they come first, over ends of legs and restarts. */
    @Test
    void shouldSayWhatTheFirstChunkThatKnowsSaidOfTheCall() throws Exception {
        List<AudioChunk> call = call("call-1");
        AudioChunk agents = call.stream()
                .filter(chunk -> chunk.getRole() == Role.AGENT)
                .skip(3)
                .findFirst()
                .orElseThrow();
        Map<String, String> known = Map.of("queue", "billing", "agent", "a-17");
        for (AudioChunk chunk : call) {
            boolean last = chunk.getLast();
            receive(
                    chunk == agents || last
                            ? AudioChunk.newBuilder(chunk)
                                    .setAttributes(last ? Map.of("queue", "other") : known)
                                    .build()
                            : chunk);
            if (chunk == agents || last) {
                conversations = open();
            }
        }
        pass(10_000);
        assertThat(published).extracting(CallConversation::getAttributes).containsExactly(known);
    }

    @Test
    void shouldEndACallWhoseLegIsHeardNoMore() throws Exception {
        List<AudioChunk> call = call("call-1");
        for (AudioChunk chunk : call.subList(0, call.size() - 2)) {
            receive(chunk);
        }
        pass(IDLE_MS - 2_000);
        assertThat(published).isEmpty();
        pass(3_000);

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getEndReason()).isEqualTo(EndReason.IDLE);
    }

    @Test
    void shouldNotCountTimeThatItWasNotThere() throws Exception {
        for (AudioChunk chunk : call("call-1").subList(0, 50)) {
            receive(chunk);
        }
        nowMs += 10 * IDLE_MS;
        conversations = open();
        pass(IDLE_MS - 1_000);
        assertThat(published).isEmpty();
        pass(3_000);
        assertThat(published).hasSize(1);
    }

    @Test
    void shouldWaitForALegThatBeginsAsTheFirstEnds() throws Exception {
        for (AudioChunk chunk : TestVoice.chunks("call-1", Role.CUSTOMER, voice(8, 1, 5, 1), 200)) {
            receive(chunk);
        }
        pass(3_000);
        for (AudioChunk chunk : TestVoice.chunks("call-1", Role.AGENT, voice(10, 5, 9, 2), 200)) {
            receive(chunk);
        }
        pass(6_000);

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getLegs()).hasSize(2);
    }

    @Test
    void shouldTakeNothingOfACallThatIsOver() throws Exception {
        undisturbed(call("call-1"));
        for (AudioChunk chunk : call("call-1")) {
            receive(chunk);
        }
        conversations = open();
        for (AudioChunk chunk : call("call-1")) {
            receive(chunk);
        }
        pass(IDLE_MS + 10_000);
        assertThat(published).isEmpty();
        assertThat(store.size()).as("that it is over").isEqualTo(1);

        pass(3_600_000);
        assertThat(store.size()).isZero();
    }

    @Test
    void shouldTakeNoMoreCallsThanAllowedAndNoTimesThatAreFarOff() throws Exception {
        for (int number = 0; number < 5; number++) {
            receive(call("call-" + number).get(0));
        }
        AudioChunk wrong = AudioChunk.newBuilder(call("call-0").get(0))
                .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + 20L * 3_600_000))
                .build();
        receive(wrong);
        pass(IDLE_MS + 10_000);

        assertThat(published).extracting(CallConversation::getCallId).containsExactly("call-0", "call-1", "call-2");
        assertThat(published).extracting(CallConversation::getDurationMs).containsOnly(200L);
    }

    /** Some bytes a chunk, where its audio is 1,600. */
    @Test
    void shouldWriteLittle() throws Exception {
        List<AudioChunk> call = call("call-1");
        for (AudioChunk chunk : call) {
            receive(chunk);
        }
        assertThat(store.bytesWritten() / call.size()).isLessThan(100);
        assertThat(store.bytesHeld()).isLessThan(600);
    }
}
