package io.undertone.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotLevelsTest {
    private static final long STARTED_MS = 1_790_000_000_000L;

    private static Chunk chunk(float[] samples, int from, int count, int rateHz, long startedMs)
            throws ChunkRefusedException {
        return Chunk.of(
                from,
                startedMs + from * 1000L / rateHz,
                SampleFormat.PCM_F32LE,
                rateHz,
                PcmEncoder.encode(SampleFormat.PCM_F32LE, samples, from, count),
                false,
                1 << 20);
    }

    private static float[] tone(int samples, int rateHz, double amplitude) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (amplitude * Math.sin(2 * Math.PI * 500 * i / rateHz));
        }
        return tone;
    }

    private static void receive(Map<Long, Byte> slots, Chunk chunk) {
        SlotLevels levels = new SlotLevels();
        levels.receive(chunk);
        byte[] heard = levels.levels();
        for (int i = 0; i < heard.length; i++) {
            slots.merge(levels.firstSlot() + i, heard[i], SlotLevels::louder);
        }
    }

    @Test
    void shouldGiveTheLevelOfATone() throws Exception {
        for (int rateHz : new int[] {8_000, 11_025, 16_000, 48_000}) {
            Map<Long, Byte> slots = new TreeMap<>();
            receive(slots, chunk(tone(rateHz, rateHz, 0.1), 0, rateHz, rateHz, STARTED_MS));

            assertThat(slots.keySet()).containsExactly(slotsFrom(STARTED_MS / 100, 10));
            // A sine of 0.1 is 23.01 dB below full scale.
            assertThat(slots.values())
                    .allSatisfy(level -> assertThat(SlotLevels.decibels(level)).isCloseTo(-23.0, within(0.5)));
        }
    }

    private static Long[] slotsFrom(long first, int count) {
        Long[] slots = new Long[count];
        for (int i = 0; i < count; i++) {
            slots[i] = first + i;
        }
        return slots;
    }

    @Test
    void shouldTakeTheLoudest20Ms() throws Exception {
        float[] samples = new float[800];
        System.arraycopy(tone(160, 8_000, 0.5), 0, samples, 320, 160);
        Map<Long, Byte> slots = new TreeMap<>();
        receive(slots, chunk(samples, 0, 800, 8_000, STARTED_MS));

        assertThat(SlotLevels.decibels(slots.get(STARTED_MS / 100))).isCloseTo(-9.0, within(0.5));
    }

    @Test
    void shouldTellSilenceFromNothing() throws Exception {
        Map<Long, Byte> slots = new TreeMap<>();
        receive(slots, chunk(new float[1_600], 0, 1_600, 8_000, STARTED_MS));
        assertThat(slots.values()).containsOnly(SlotLevels.DIGITAL_SILENCE);

        Chunk empty = Chunk.of(0, STARTED_MS, SampleFormat.MULAW, 8_000, new byte[0], true, 100);
        SlotLevels levels = new SlotLevels();
        levels.receive(empty);
        assertThat(levels.levels()).isEmpty();
    }

    @Test
    void shouldKeepTheLouderWithoutRegardToSigns() {
        assertThat(SlotLevels.louder((byte) 200, (byte) 100)).isEqualTo((byte) 200);
        assertThat(SlotLevels.louder((byte) 100, (byte) 200)).isEqualTo((byte) 200);
        assertThat(SlotLevels.decibels((byte) 255)).isEqualTo(-0.5);
    }

    /** Cut where frames end, in whatever order, some twice: the same levels. */
    @Property(tries = 100)
    void shouldNotCareHowAudioIsCutAndInWhichOrderItComes(
            @ForAll @IntRange(max = 99) int shiftMs, @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int most)
            throws Exception {
        int rateHz = 8_000;
        Random random = new Random(seed);
        float[] samples = new float[2 * rateHz];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian() * (1 + i / 4_000));
        }
        // The first cut is where a frame of 20 ms ends, all others whole frames behind.
        long startedMs = STARTED_MS + shiftMs;
        int at = (int) (20 - startedMs % 20) * rateHz / 1000;
        List<Chunk> chunks = new ArrayList<>();
        chunks.add(chunk(samples, 0, at, rateHz, startedMs));
        while (at < samples.length) {
            int count = Math.min((1 + random.nextInt(most)) * 160, samples.length - at);
            chunks.add(chunk(samples, at, count, rateHz, startedMs));
            at += count;
        }
        Map<Long, Byte> whole = new TreeMap<>();
        receive(whole, chunk(samples, 0, samples.length, rateHz, startedMs));

        chunks.add(chunks.get(random.nextInt(chunks.size())));
        Collections.shuffle(chunks, random);
        Map<Long, Byte> cut = new TreeMap<>();
        chunks.forEach(chunk -> receive(cut, chunk));
        assertThat(cut).isEqualTo(whole);
    }
}
