package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.LegChunk;
import io.undertone.ingest.LegId;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class LegStatesTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();
    private static final LegPolicy POLICY =
            new LegPolicy(Set.of(Role.CUSTOMER), 1 << 18, LegSettings.DEFAULT, 120_000, 3_600_000, 100);
    private static final LegId LEG = TestLegs.customer("call-1");

    private final AudioChunkReader reader = new AudioChunkReader(1 << 18);
    private final MapStore store = new MapStore();

    @ParameterizedTest
    @ValueSource(ints = {20, 200, 1000})
    void shouldGoOnFromTheStoreAsIfNothingHadHappenedWhereverItIsCut(int chunkMs) throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(12, 3), chunkMs);
        List<Window> undisturbed = new ArrayList<>();
        receive(new LegStates(new MapStore(), SPEC, POLICY), chunks, Set.of(), undisturbed);
        Random random = new Random(chunkMs);
        for (int run = 0; run < 4; run++) {
            MapStore kept = new MapStore();
            Set<Integer> cuts =
                    Set.copyOf(random.ints(4, 1, chunks.size()).boxed().toList());
            List<Window> windows = new ArrayList<>();
            receive(new LegStates(kept, SPEC, POLICY), chunks, cuts, windows);
            SameWindows.assertSame(windows, undisturbed);
        }
    }

    /** Hears the chunks; at each cut only what the store holds goes on. */
    private void receive(LegStates states, List<AudioChunk> chunks, Set<Integer> cuts, List<Window> windows)
            throws Exception {
        LegStates.Live leg = null;
        for (int i = 0; i < chunks.size(); i++) {
            byte[] value = TestVoice.bytes(chunks.get(i));
            LegChunk chunk = reader.check(LEG.recordKey(), chunks.get(i));
            if (cuts.contains(i)) {
                states.forget(LEG);
            }
            leg = leg == null ? states.open(LEG, chunk, i, 0) : states.get(LEG);
            leg.leg().accept(chunk.chunk(), i, windows::add);
            states.received(leg, value, i);
        }
        leg.leg().end(EndReason.LAST_CHUNK, windows::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void shouldGoOnOverABreakInTheAudioWhereverItIsCut(int chunkMs) throws Exception {
        List<AudioChunk> chunks =
                new ArrayList<>(TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(12, 3), chunkMs));
        // Over a gap of 1.4 s windows begin anew: frames of before it are no frames of theirs.
        chunks.subList(4_000 / chunkMs, 5_400 / chunkMs).clear();
        List<Window> undisturbed = new ArrayList<>();
        receive(new LegStates(new MapStore(), SPEC, POLICY), chunks, Set.of(), undisturbed);
        assertThat(undisturbed).hasSizeGreaterThan(4);
        for (int cut = 3_000 / chunkMs; cut < 9_000 / chunkMs; cut += 1 + 300 / chunkMs) {
            List<Window> windows = new ArrayList<>();
            receive(new LegStates(new MapStore(), SPEC, POLICY), chunks, Set.of(cut, cut + 1), windows);
            SameWindows.assertSame(windows, undisturbed);
        }
    }

    @Test
    void shouldWriteLessThanTheAudioWhereChunksAreLarge() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(60, 3), 200);
        receive(new LegStates(store, SPEC, POLICY), chunks, Set.of(), new ArrayList<>());
        assertThat(store.bytesWritten()).isLessThan(60L * TestVoice.RATE_HZ);
        assertThat(store.bytesHeld()).isLessThan(18_000);
    }

    @Test
    void shouldWriteNoMoreThanAboutTwiceTheAudioWhereChunksAreSmall() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(60, 3), 20);
        receive(new LegStates(store, SPEC, POLICY), chunks, Set.of(), new ArrayList<>());
        assertThat(store.bytesWritten()).isLessThan(60L * TestVoice.RATE_HZ * 5 / 2);
        assertThat(store.bytesHeld()).isLessThan(26_000);
    }

    /** Once a leg, whatever its chunks: a queue, an agent and a tag are some 50 bytes. */
    @Test
    void shouldKeepWhatIsKnownOfTheCallOnceALeg() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(10, 3), 200);
        MapStore without = new MapStore();
        receive(new LegStates(without, SPEC, POLICY), chunks, Set.of(), new ArrayList<>());
        CallAttributes said = new CallAttributes(Map.of("queue", "billing", "agent", "a-17", "tags", "vip"));
        LegStates states = new LegStates(store, SPEC, POLICY);
        states.attributes(states.open(LEG, reader.check(LEG.recordKey(), chunks.get(0)), 0, 0), said);
        receive(states, chunks, Set.of(), new ArrayList<>());

        assertThat(store.bytesWritten() - without.bytesWritten()).isBetween(40L, 70L);
        assertThat(store.bytesHeld() - without.bytesHeld()).isBetween(30L, 60L);
        LegStates again = new LegStates(store, SPEC, POLICY);
        LegStates.Live leg = again.get(LEG);
        assertThat(leg.attributes()).isEqualTo(said);
        again.attributes(leg, new CallAttributes(Map.of("queue", "other")));
        assertThat(leg.attributes()).as("the first hold").isEqualTo(said);
        assertThat(found()).containsExactly(Map.entry(LEG, "goes on"));

        again.ended(LEG, 77);
        assertThat(store.size()).isEqualTo(1);
        assertThat(again.attributes(LEG)).isEqualTo(CallAttributes.NONE);
    }

    @Test
    void shouldRemoveWhatIsKnownOfTheCallOfALegThatIsNotAtHand() throws Exception {
        LegStates states = new LegStates(store, SPEC, POLICY);
        AudioChunk chunk = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(1, 3), 200)
                .get(0);
        states.attributes(
                states.open(LEG, reader.check(LEG.recordKey(), chunk), 0, 0),
                new CallAttributes(Map.of("queue", "billing")));
        assertThat(store.size()).isEqualTo(1);
        new LegStates(store, SPEC, POLICY).remove(LEG);
        assertThat(store.size()).isZero();
    }

    @Test
    void shouldSayThatALegWithoutItsFramesCannotBeUsed() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 3), 200);
        receive(new LegStates(store, SPEC, POLICY), chunks, Set.of(), new ArrayList<>());
        store.delete(Bytes.wrap(concat(LEG.storePrefix(), 2, 0, 0, 0, 5)));
        assertThatThrownBy(() -> new LegStates(store, SPEC, POLICY).get(LEG))
                .isInstanceOf(StaleStateException.class)
                .hasMessageContaining("frames");
    }

    @Test
    void shouldTellWhatTheStoreHolds() throws Exception {
        LegStates states = new LegStates(store, SPEC, POLICY);
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 3), 100);
        LegChunk first = reader.check(LEG.recordKey(), chunks.get(0));
        LegChunk third = reader.check(LEG.recordKey(), chunks.get(2));
        LegStates.Live leg = states.open(LEG, first, 0, 0);
        leg.leg().accept(first.chunk(), 0, window -> {});
        states.received(leg, TestVoice.bytes(chunks.get(0)), 0);
        assertThat(found()).containsExactly(Map.entry(LEG, "goes on"));
        leg.leg().accept(third.chunk(), 0, window -> {});
        states.received(leg, TestVoice.bytes(chunks.get(2)), 0);
        assertThat(found()).containsExactly(Map.entry(LEG, "holds"));
        states.ended(LEG, 77);
        assertThat(found()).containsExactly(Map.entry(LEG, "ended at 77"));
        assertThat(store.size()).isEqualTo(1);
        assertThat(new LegStates(store, SPEC, POLICY).get(LEG)).isNull();
        states.remove(LEG);
        assertThat(store.size()).isZero();
    }

    private Map<LegId, String> found() {
        Map<LegId, String> found = new HashMap<>();
        new LegStates(store, SPEC, POLICY)
                .forEach((id, endedAtMs, holds) ->
                        found.put(id, endedAtMs >= 0 ? "ended at " + endedAtMs : holds ? "holds" : "goes on"));
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200, 1000})
    void shouldGoOnWithAnotherSpecAndGiveNoNumberTwice(int chunkMs) throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(20, 3), chunkMs);
        int cut = chunks.size() / 2 + 3;
        List<Window> before = new ArrayList<>();
        hearSome(new LegStates(store, SPEC, POLICY), chunks.subList(0, cut), before);
        List<Window> after = new ArrayList<>();
        LegStates other = new LegStates(store, FeatureSpecs.reference(), POLICY);
        LegStates.Live leg = hearSome(other, chunks.subList(cut, chunks.size()), after);

        assertThat(leg.leg().complete()).isTrue();
        leg.leg().end(EndReason.LAST_CHUNK, after::add);
        assertThat(before).hasSizeGreaterThan(5);
        assertThat(after).hasSizeGreaterThan(4);
        assertThat(after.get(0).index())
                .isGreaterThan(before.get(before.size() - 1).index());
        assertThat(after).extracting(Window::index).doesNotHaveDuplicates().isSorted();
        // The windows that the leg has now are those of its audio from about the cut on, on the same clock.
        assertThat(after.get(0).startMs()).isBetween(5_000L, 13_000L);
        assertThat(after.get(after.size() - 1).endMs()).isEqualTo(20_000);
    }

    private LegStates.Live hearSome(LegStates states, List<AudioChunk> chunks, List<Window> windows) throws Exception {
        LegStates.Live leg = null;
        for (AudioChunk each : chunks) {
            LegChunk chunk = reader.check(LEG.recordKey(), each);
            LegStates.Live found = states.get(LEG);
            leg = found == null ? states.open(LEG, chunk, 0, 0) : found;
            leg.leg().accept(chunk.chunk(), 0, windows::add);
            states.received(leg, TestVoice.bytes(each), 0);
        }
        return leg;
    }

    @Test
    void shouldSayThatStateOfAnotherReleaseCannotBeUsedAndWhichNumbersHaveBeenGiven() {
        store.put(Bytes.wrap(concat(LEG.storePrefix(), 0)), new byte[] {9, 1, 0, 0, 0, 0, 0, 0, 0, 7, 99, 99});
        assertThatThrownBy(() -> new LegStates(store, SPEC, POLICY).get(LEG))
                .isInstanceOfSatisfying(
                        StaleStateException.class,
                        stale -> assertThat(stale.nextIndex()).isEqualTo(7))
                .hasMessageContaining("version of a stored leg must be 1 to 3: 9");
    }

    private static byte[] concat(byte[] prefix, int... more) {
        byte[] key = java.util.Arrays.copyOf(prefix, prefix.length + more.length);
        for (int i = 0; i < more.length; i++) {
            key[prefix.length + i] = (byte) more[i];
        }
        return key;
    }
}
