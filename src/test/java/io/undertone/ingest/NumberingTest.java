package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.audio.SampleFormat;
import io.undertone.ingest.ChunkRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At 8,000 Hz a ms is 8 samples; positions, times and lengths below are in ms. Chunks are of 200 ms, disorder allowed: 500 ms. */
class NumberingTest {
    private static final long WRAP = 1L << 32;

    private final List<String> passed = new ArrayList<>();
    private ChunkOrder order = new ChunkOrder(8_000, 500);

    private final ChunkOrder.Sink sink = new ChunkOrder.Sink() {
        @Override
        public void audio(Chunk chunk, int from, int count) {
            long begin = chunk.position() + from;
            passed.add(begin / 8 + "-" + (begin + count) / 8);
        }

        @Override
        public void gap(long position, long samples) {
            passed.add("gap " + position / 8 + "-" + (position + samples) / 8);
        }
    };

    private Outcome take(long positionMs, long capturedAtMs) throws ChunkRefusedException {
        return take(positionMs, capturedAtMs, 1);
    }

    private Outcome take(long positionMs, long capturedAtMs, int value) throws ChunkRefusedException {
        return takeAt(positionMs * 8, capturedAtMs, value, false);
    }

    private Outcome takeAt(long position, long capturedAtMs, int value, boolean last) throws ChunkRefusedException {
        byte[] audio = new byte[last ? 0 : 1_600];
        Arrays.fill(audio, (byte) value);
        Chunk chunk = Chunk.of(position, capturedAtMs, SampleFormat.MULAW, 8_000, audio, last, 1 << 20);
        return order.accept(chunk, capturedAtMs, sink);
    }

    /** Audio in order from 0 on, spoken at the ms of its position. */
    private void hear(int chunks) throws ChunkRefusedException {
        for (int i = 0; i < chunks; i++) {
            take(200L * i, 200L * i, i);
        }
        passed.clear();
    }

    private void tryToTake(long positionMs, long capturedAtMs, int value) {
        try {
            take(positionMs, capturedAtMs, value);
        } catch (ChunkRefusedException e) {
            assertThat(e.reason()).isEqualTo(Reason.BAD_POSITION);
        }
    }

    private void assertRefused(long positionMs, long capturedAtMs, int value, String message) {
        assertThatExceptionOfType(ChunkRefusedException.class)
                .isThrownBy(() -> take(positionMs, capturedAtMs, value))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_POSITION));
    }

    @Test
    void shouldGoOnWhereASourceConnectsAgain() throws ChunkRefusedException {
        hear(50);
        assertThat(take(0, 12_000)).isEqualTo(Outcome.USED);
        assertThat(take(200, 12_200)).isEqualTo(Outcome.USED);
        assertThat(take(400, 12_400)).isEqualTo(Outcome.USED);
        assertThat(passed).containsExactly("gap 10000-12000", "12000-12200", "12200-12400", "12400-12600");
        assertThat(order.restarts()).isEqualTo(1);
        assertThat(order.refused()).isZero();
    }

    @Test
    void shouldEndALegThatConnectedAgain() throws ChunkRefusedException {
        hear(50);
        take(0, 10_000);
        assertThat(takeAt(1_600, 10_200, 0, true)).isEqualTo(Outcome.USED);
        assertThat(order.complete()).isTrue();
        assertThat(order.samples()).isEqualTo(10_200 * 8);
    }

    @Test
    void shouldTakeARepeatedBeginningForWhatItIs() throws ChunkRefusedException {
        hear(50);
        for (int i = 0; i < 50; i++) {
            assertThat(take(200L * i, 200L * i, i)).isEqualTo(Outcome.DUPLICATE);
        }
        assertThat(passed).isEmpty();
        assertThat(order.restarts()).isZero();
    }

    @Test
    void shouldCountOnWherePositionsWrapAt32Bits() throws ChunkRefusedException {
        long first = WRAP - 3_200;
        takeAt(first, 0, 1, false);
        takeAt(first + 1_600, 200, 2, false);
        takeAt(1_600, 600, 4, false);
        takeAt(0, 400, 3, false);
        takeAt(3_200, 800, 5, false);
        assertThat(passed).hasSize(5).noneMatch(each -> each.startsWith("gap"));
        assertThat(order.samples()).isEqualTo(5 * 1_600);
        assertThat(order.restarts()).isEqualTo(1);
    }

    @Test
    void shouldTakeALateChunkFromBeforeTheWrap() throws ChunkRefusedException {
        order = new ChunkOrder(8_000, 1_000);
        long first = WRAP - 4_800;
        takeAt(first, 0, 1, false);
        takeAt(first + 3_200, 400, 3, false);
        takeAt(0, 600, 4, false);
        takeAt(first + 1_600, 200, 2, false);
        takeAt(1_600, 800, 5, false);
        order.giveUpAll(sink);
        assertThat(passed).hasSize(5).noneMatch(each -> each.startsWith("gap"));
    }

    @Test
    void shouldRefuseOnePositionFarAheadAndGoOn() throws ChunkRefusedException {
        hear(50);
        assertRefused(3_600_000, 10_000, 7, "position and capturedAt must agree");
        assertThat(take(10_200, 10_200)).isEqualTo(Outcome.USED);
        assertThat(take(10_400, 10_400)).isEqualTo(Outcome.USED);
        assertThat(take(10_600, 10_600)).isEqualTo(Outcome.USED);
        assertThat(passed).containsExactly("gap 10000-10200", "10200-10400", "10400-10600", "10600-10800");
        assertThat(order.restarts()).isZero();
    }

    @Test
    void shouldFollowALongSilence() throws ChunkRefusedException {
        hear(50);
        assertThat(take(3_600_000, 3_601_000)).isEqualTo(Outcome.USED);
        assertThat(passed).containsExactly("gap 10000-3600000", "3600000-3600200");
    }

    @Test
    void shouldGoOnAfterAFirstPositionThatWasWrong() throws ChunkRefusedException {
        take(3_600_000, 0);
        assertRefused(200, 200, 1, "position and capturedAt must agree");
        assertThat(take(400, 400)).isEqualTo(Outcome.USED);
        assertThat(take(600, 600)).isEqualTo(Outcome.USED);
        assertThat(take(800, 800)).isEqualTo(Outcome.USED);
        order.giveUpAll(sink);
        assertThat(passed)
                .containsExactly(
                        "3600000-3600200",
                        "gap 3600200-3600400",
                        "3600400-3600600",
                        "3600600-3600800",
                        "3600800-3601000");
    }

    @Test
    void shouldGoOnWhereACountBeginsAnewAtAnyPosition() throws ChunkRefusedException {
        hear(50);
        assertRefused(90_000_000_000L, 10_000, 7, "within a day");
        assertThat(take(90_000_000_200L, 10_200)).isEqualTo(Outcome.USED);
        assertThat(take(90_000_000_400L, 10_400)).isEqualTo(Outcome.USED);
        assertThat(order.restarts()).isEqualTo(1);
        assertThat(order.refused()).isEqualTo(1);
    }

    @Test
    void shouldComeBackFromAJumpThatTheTimeOfCaptureFollowed() throws ChunkRefusedException {
        hear(50);
        take(3_600_000, 3_600_000);
        assertThat(take(10_000, 10_000)).isEqualTo(Outcome.LATE);
        assertThat(take(10_200, 10_200)).isEqualTo(Outcome.USED);
        assertThat(take(10_400, 10_400)).isEqualTo(Outcome.USED);
        assertThat(passed)
                .containsExactly("gap 10000-3600000", "3600000-3600200", "3600200-3600400", "3600400-3600600");
    }

    @Test
    void shouldGoBackToItsCountAfterASingleZero() throws ChunkRefusedException {
        hear(50);
        take(0, 10_000, 50);
        take(10_200, 10_200, 51);
        take(10_400, 10_400, 52);
        assertThat(passed).containsExactly("10000-10200", "10200-10400", "10400-10600");
        assertThat(order.refused()).isZero();
    }

    @Test
    void shouldSayThatTwoSpeakInStep() throws ChunkRefusedException {
        hear(50);
        assertRefused(9_800, 9_800, 99, "a leg must have one source");
        assertThat(take(10_000, 10_000, 50)).isEqualTo(Outcome.USED);
        assertRefused(10_000, 10_030, 98, "a leg must have one source");
        assertThat(take(10_000, 10_000, 50)).isEqualTo(Outcome.DUPLICATE);
        assertThat(order.contradicting()).isEqualTo(2);
    }

    @Test
    void shouldSayThatASecondSpeaksWhoCameLater() throws ChunkRefusedException {
        hear(50);
        for (int i = 0; i < 50; i++) {
            tryToTake(10_000 + 200L * i, 10_000 + 200L * i, 50 + i);
            tryToTake(200L * i, 10_100 + 200L * i, 150 + i);
        }
        // The second's first chunk looks like a new connection, in the place of the first's; afterwards the first goes
        // on.
        assertThat(order.used()).isEqualTo(50 + 1 + 1 + 48);
        assertThat(order.refused()).isEqualTo(1 + 49);
        assertThat(order.contradicting()).isEqualTo(1 + 48);
        assertThat(order.restarts()).isEqualTo(1);
    }

    @Test
    void shouldGoOnFromItsBytes() throws ChunkRefusedException {
        hear(50);
        assertRefused(700_000, 10_000, 50, "position and capturedAt must agree");
        ByteBuffer bytes = ByteBuffer.allocate(order.stateBytes());
        order.writeTo(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        order = new ChunkOrder(8_000, 500);
        order.readFrom(bytes.flip(), false, true);
        assertThat(take(700_200, 10_200)).isEqualTo(Outcome.USED);
        assertRefused(9_800, 9_800, 99, "a leg must have one source");
        assertThat(order.restarts()).isEqualTo(1);
        assertThat(order.contradicting()).isEqualTo(1);
    }
}
