package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.SampleFormat;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecentChunksTest {
    private final RecentChunks heard = new RecentChunks();

    private static Chunk chunk(long position, int... audio) {
        byte[] bytes = new byte[audio.length];
        for (int i = 0; i < audio.length; i++) {
            bytes[i] = (byte) audio[i];
        }
        try {
            return Chunk.of(position, 0, SampleFormat.MULAW, 8_000, bytes, true, 100);
        } catch (ChunkRefusedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldTellAnotherSourceFromARepetition() {
        heard.add(chunk(0, 1, 2));

        assertThat(heard.contradicts(chunk(0, 1, 2))).as("the same again").isFalse();
        assertThat(heard.contradicts(chunk(0, 1, 3))).as("other audio").isTrue();
        assertThat(heard.contradicts(chunk(0, 1, 3, 4))).as("another length").isFalse();
        assertThat(heard.contradicts(chunk(2, 1, 3))).as("another place").isFalse();
    }

    @Test
    void shouldBelieveEitherSourceOfAPlaceThatBothFilled() {
        heard.add(chunk(0, 1, 2));
        heard.add(chunk(0, 1, 3));

        assertThat(heard.contradicts(chunk(0, 1, 2))).isFalse();
        assertThat(heard.contradicts(chunk(0, 1, 3))).isFalse();
        assertThat(heard.contradicts(chunk(0, 1, 4))).isTrue();
    }

    @Test
    void shouldForgetAllButTheLatestEight() {
        heard.add(chunk(0, 1, 2));
        for (int i = 1; i < 8; i++) {
            heard.add(chunk(2L * i, i, i));
        }
        heard.add(chunk(16));
        assertThat(heard.contradicts(chunk(0, 9, 9)))
                .as("an empty chunk takes no place")
                .isTrue();

        heard.add(chunk(16, 8, 8));
        assertThat(heard.contradicts(chunk(0, 9, 9))).isFalse();
        assertThat(heard.contradicts(chunk(2, 9, 9))).isTrue();
    }

    @Test
    void shouldGoOnFromItsBytes() {
        for (int i = 0; i < 9; i++) {
            heard.add(chunk(2L * i, i, i));
        }
        ByteBuffer bytes = ByteBuffer.allocate(heard.stateBytes());
        heard.writeTo(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        RecentChunks restored = new RecentChunks();
        restored.readFrom(bytes.flip());

        restored.add(chunk(18, 9, 9));
        assertThat(restored.contradicts(chunk(2, 7, 7)))
                .as("the oldest made place")
                .isFalse();
        assertThat(restored.contradicts(chunk(4, 7, 7))).isTrue();
        assertThat(restored.contradicts(chunk(18, 7, 7))).isTrue();
    }
}
