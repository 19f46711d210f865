package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.Chunk;
import io.undertone.window.FrameFormat;
import io.undertone.window.Leg;
import io.undertone.window.LegFrames;
import io.undertone.window.LegSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSlotsTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();
    private static final int CHUNK_MS = 200;

    private final AudioChunkReader reader = new AudioChunkReader(1 << 18);
    private final FrameSlots slots = new FrameSlots();
    private final List<byte[]> entries = new ArrayList<>();

    /** After each chunk of 20 s: what stands in the slots gives all frames back, and no more slots are used than a window is long. */
    @Test
    void shouldGiveBackAllFramesThatAreHeldAtAnyMoment() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(20, 3), CHUNK_MS);
        Leg leg = Leg.open(SPEC, LegSettings.DEFAULT, chunk(chunks.get(0)), 0);
        for (AudioChunk sent : chunks) {
            leg.accept(chunk(sent), 0, window -> {});
            keep(leg.frames());

            Leg back = Leg.fromBytes(SPEC, LegSettings.DEFAULT, leg.headToBytes());
            assertThat(new FrameSlots().read(entries, back.frames())).isTrue();
            assertThat(bytes(back.frames())).isEqualTo(bytes(leg.frames()));
        }
        assertThat(slots.count()).isBetween(2, 17);
    }

    @Test
    void shouldSayThatFramesAreMissing() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(3, 3), CHUNK_MS);
        Leg leg = Leg.open(SPEC, LegSettings.DEFAULT, chunk(chunks.get(0)), 0);
        for (AudioChunk sent : chunks.subList(0, 8)) {
            leg.accept(chunk(sent), 0, window -> {});
            keep(leg.frames());
        }
        for (int lost = 0; lost < entries.size(); lost++) {
            List<byte[]> rest = new ArrayList<>(entries);
            rest.remove(lost);
            Leg back = Leg.fromBytes(SPEC, LegSettings.DEFAULT, leg.headToBytes());

            assertThat(new FrameSlots().read(rest, back.frames()))
                    .as("without slot %s", lost)
                    .isFalse();
        }
    }

    @Test
    void shouldRefuseFramesOfALaterRelease() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(3, 3), CHUNK_MS);
        Leg leg = Leg.open(SPEC, LegSettings.DEFAULT, chunk(chunks.get(0)), 0);
        leg.accept(chunk(chunks.get(0)), 0, window -> {});
        keep(leg.frames());
        entries.get(0)[0]++;
        Leg back = Leg.fromBytes(SPEC, LegSettings.DEFAULT, leg.headToBytes());

        assertThatThrownBy(() -> new FrameSlots().read(entries, back.frames()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format of stored frames must be 0 to 2: 3");
    }

    /** Slots that were read are gone on with as if nothing had happened. */
    @Test
    void shouldGoOnWritingWhereItWasRead() throws Exception {
        List<AudioChunk> chunks = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(12, 3), CHUNK_MS);
        Leg leg = Leg.open(SPEC, LegSettings.DEFAULT, chunk(chunks.get(0)), 0);
        FrameSlots going = slots;
        for (AudioChunk sent : chunks) {
            leg.accept(chunk(sent), 0, window -> {});
            keep(going, leg.frames());
            Leg back = Leg.fromBytes(SPEC, LegSettings.DEFAULT, leg.headToBytes());
            going = new FrameSlots();
            assertThat(going.read(entries, back.frames())).isTrue();
            assertThat(going.newBytes(back.frames())).isZero();
            leg = back;
        }
        assertThat(going.count()).isLessThanOrEqualTo(17);
    }

    private void keep(LegFrames frames) {
        keep(slots, frames);
    }

    private void keep(FrameSlots into, LegFrames frames) {
        int bytes = into.newBytes(frames);
        if (bytes == 0) {
            return;
        }
        int slot = into.freeSlot(frames);
        byte[] entry = into.entry(frames, slot);
        assertThat(entry).hasSize(bytes);
        assertThat(into.newBytes(frames)).isZero();
        if (slot == entries.size()) {
            entries.add(entry);
        } else {
            entries.set(slot, entry);
        }
    }

    private Chunk chunk(AudioChunk sent) throws Exception {
        byte[] key = "call-1".getBytes(StandardCharsets.UTF_8);
        return reader.check(key, reader.parse(TestVoice.bytes(sent))).chunk();
    }

    private static byte[] bytes(LegFrames frames) {
        ByteBuffer target =
                ByteBuffer.allocate((int) (frames.to() - frames.from()) * frames.bytesEach(FrameFormat.CURRENT));
        frames.writeTo(target, frames.from());
        return target.array();
    }
}
