package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LegPublisherTest {
    private static final long START_MS = 1_700_000_000_000L;

    private final List<AudioChunk> published = new ArrayList<>();
    private final LegPublisher leg = publisher(8_000);

    private LegPublisher publisher(int sampleRateHz) {
        return new LegPublisher(
                new LegId("call-1", Role.CUSTOMER), sampleRateHz, START_MS, Chunking.every(200), published::add);
    }

    private static byte[] frame(int bytes, int value) {
        byte[] frame = new byte[bytes];
        Arrays.fill(frame, (byte) value);
        return frame;
    }

    private List<Long> positions() {
        return published.stream().map(AudioChunk::getPosition).toList();
    }

    private List<Integer> sizes() {
        return published.stream().map(chunk -> chunk.getAudio().remaining()).toList();
    }

    private static byte[] audio(List<AudioChunk> chunks) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        chunks.forEach(chunk -> audio.writeBytes(bytes(chunk)));
        return audio.toByteArray();
    }

    private static byte[] bytes(AudioChunk chunk) {
        byte[] bytes = new byte[chunk.getAudio().remaining()];
        chunk.getAudio().duplicate().get(bytes);
        return bytes;
    }

    @Test
    void shouldJoinFramesToChunks() {
        for (int i = 0; i < 21; i++) {
            leg.add(SampleFormat.MULAW, i * 160L, frame(160, i));
        }

        assertThat(positions()).containsExactly(0L, 1_600L);
        assertThat(sizes()).containsExactly(1_600, 1_600);
        AudioChunk second = published.get(1);
        assertThat(second.getCallId()).isEqualTo("call-1");
        assertThat(second.getRole()).isEqualTo(Role.CUSTOMER);
        assertThat(second.getEncoding()).isEqualTo(Encoding.MULAW);
        assertThat(second.getSampleRateHz()).isEqualTo(8_000);
        assertThat(second.getCapturedAt().toEpochMilli()).isEqualTo(START_MS + 200);
        assertThat(second.getLast()).isFalse();
        assertThat(bytes(second)[0]).isEqualTo((byte) 10);
        assertThat(bytes(second)[1_599]).isEqualTo((byte) 19);
    }

    @Test
    void shouldCutWhatIsLongerThanAChunk() {
        leg.add(SampleFormat.PCM_S16LE, 0, frame(2 * 4_000, 1));
        leg.end();

        assertThat(positions()).containsExactly(0L, 1_600L, 3_200L);
        assertThat(sizes()).containsExactly(3_200, 3_200, 1_600);
        assertThat(published.stream().map(AudioChunk::getLast)).containsExactly(false, false, true);
    }

    @Test
    void shouldGiveTheSameChunksHoweverTheAudioCame() {
        byte[] audio = new byte[2 * 20_000];
        new Random(1).nextBytes(audio);
        for (int rate : new int[] {8_000, 11_025, 16_000}) {
            published.clear();
            publisher(rate).addLast(SampleFormat.PCM_S16LE, 0, audio.clone());
            List<AudioChunk> atOnce = List.copyOf(published);
            for (int seed = 0; seed < 20; seed++) {
                published.clear();
                Random random = new Random(seed);
                LegPublisher pieces = publisher(rate);
                int position = 0;
                while (position < audio.length / 2) {
                    int end = Math.min(audio.length / 2, position + 1 + random.nextInt(5_000));
                    byte[] piece = Arrays.copyOfRange(audio, 2 * position, 2 * end);
                    if (2 * end == audio.length) {
                        pieces.addLast(SampleFormat.PCM_S16LE, position, piece);
                    } else {
                        pieces.add(SampleFormat.PCM_S16LE, position, piece);
                    }
                    position = end;
                }
                assertThat(published).isEqualTo(atOnce);
            }
            assertThat(audio(atOnce)).isEqualTo(audio);
        }
    }

    @Test
    void shouldEndAChunkWhereSamplesAreMissing() {
        leg.add(SampleFormat.ALAW, 0, frame(100, 1));
        leg.add(SampleFormat.ALAW, 8_100, frame(1_600, 2));
        leg.end();

        // The second ends where the fifth 200 ms of the leg end.
        assertThat(positions()).containsExactly(0L, 8_100L, 9_600L);
        assertThat(sizes()).containsExactly(100, 1_500, 100);
        assertThat(published.get(1).getCapturedAt().toEpochMilli()).isEqualTo(START_MS + 1_012);
    }

    @Test
    void shouldEndAChunkWhereTheEncodingChanges() {
        leg.add(SampleFormat.MULAW, 0, frame(100, 1));
        leg.add(SampleFormat.PCM_S16LE, 100, frame(200, 2));
        leg.flush();

        assertThat(published.stream().map(AudioChunk::getEncoding)).containsExactly(Encoding.MULAW, Encoding.PCM_S16LE);
        assertThat(positions()).containsExactly(0L, 100L);
    }

    @Test
    void shouldSayLastOnTheLastSamples() {
        leg.addLast(SampleFormat.MULAW, 0, frame(1_600, 1));
        leg.end();

        assertThat(sizes()).containsExactly(1_600);
        assertThat(published.get(0).getLast()).isTrue();
    }

    @Test
    void shouldSayLastInAChunkOfItsOwnWhereAllIsPublished() {
        leg.add(SampleFormat.MULAW, 0, frame(1_600, 1));
        leg.end();
        leg.end();

        assertThat(positions()).containsExactly(0L, 1_600L);
        assertThat(sizes()).containsExactly(1_600, 0);
        assertThat(published.get(1).getLast()).isTrue();
    }

    @Test
    void shouldPublishNothingOfALegWithoutAudio() {
        leg.flush();
        leg.end();

        assertThat(published).isEmpty();
    }

    @Test
    void shouldGoOnAfterAFlush() {
        leg.add(SampleFormat.MULAW, 0, frame(500, 1));
        leg.flush();
        leg.add(SampleFormat.MULAW, 500, frame(1_100, 2));

        assertThat(positions()).containsExactly(0L, 500L);
        assertThat(sizes()).containsExactly(500, 1_100);
    }

    @Test
    void shouldSilenceWhatWaits() {
        leg.add(SampleFormat.MULAW, 0, frame(1_700, 1));
        leg.silenceWaiting();
        leg.end();

        assertThat(bytes(published.get(0))).containsOnly(1);
        assertThat(bytes(published.get(1))).hasSize(100).containsOnly(0xff);
    }

    @Test
    void shouldGoOnFromAPositionOfItsOwn() {
        leg.add(SampleFormat.MULAW, 16_000, frame(1_600, 1));

        assertThat(positions()).containsExactly(16_000L);
        assertThat(published.get(0).getCapturedAt().toEpochMilli()).isEqualTo(START_MS + 2_000);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        leg.add(SampleFormat.PCM_S16LE, 0, frame(200, 1));

        assertThatThrownBy(() -> leg.add(SampleFormat.PCM_S16LE, 99, frame(2, 1)))
                .hasMessage("position must not be before the end of what was taken: position=99, end=100");
        assertThatThrownBy(() -> leg.add(SampleFormat.PCM_S16LE, 100, frame(3, 1)))
                .hasMessage("samples must be whole ones of 2 bytes, at least one: bytes=3");
        leg.end();
        assertThatThrownBy(() -> leg.add(SampleFormat.PCM_S16LE, 100, frame(2, 1)))
                .hasMessage("the leg must not have ended: position=100");
    }

    @Test
    void shouldSayWhatIsKnownOfTheCallAtFirstAndEachTenSeconds() {
        Map<String, String> known = Map.of("queue", "billing");
        LegPublisher knowing = new LegPublisher(
                new LegId("call-1", Role.CUSTOMER),
                8_000,
                START_MS,
                Chunking.every(200),
                published::add,
                new CallAttributes(known));
        for (int i = 0; i < 105; i++) {
            knowing.add(SampleFormat.MULAW, i * 1_600L, frame(1_600, i));
        }
        assertThat(published)
                .filteredOn(chunk -> !chunk.getAttributes().isEmpty())
                .extracting(AudioChunk::getPosition)
                .containsExactly(0L, 80_000L, 160_000L);
        assertThat(published.get(50).getAttributes()).isEqualTo(known);
    }
}
