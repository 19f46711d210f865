package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.undertone.audio.SampleFormat;
import io.undertone.ingest.ChunkRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At 8,000 Hz a ms is 8 samples; positions and lengths below are in ms. Disorder allowed: 200 ms. */
class ChunkOrderTest {
    private final List<String> passed = new ArrayList<>();
    private ChunkOrder order = new ChunkOrder(8_000, 200);
    private long nowMs = 1_000;

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

    private static Chunk chunk(long fromMs, long toMs, boolean last) throws ChunkRefusedException {
        byte[] audio = new byte[(int) (toMs - fromMs) * 8];
        return Chunk.of(fromMs * 8, fromMs, SampleFormat.MULAW, 8_000, audio, last, 1 << 20);
    }

    private Outcome take(long fromMs, long toMs) throws ChunkRefusedException {
        return order.accept(chunk(fromMs, toMs, false), nowMs, sink);
    }

    private Outcome takeLast(long fromMs, long toMs) throws ChunkRefusedException {
        return order.accept(chunk(fromMs, toMs, true), nowMs, sink);
    }

    @Test
    void shouldPassOnWhatComesInOrder() throws ChunkRefusedException {
        assertThat(take(0, 20)).isEqualTo(Outcome.USED);
        assertThat(take(20, 40)).isEqualTo(Outcome.USED);
        assertThat(passed).containsExactly("0-20", "20-40");
        assertThat(order.holding()).isFalse();
    }

    @Test
    void shouldHoldWhatIsAheadOfAHole() throws ChunkRefusedException {
        take(0, 20);
        take(40, 60);
        take(60, 80);
        assertThat(passed).containsExactly("0-20");
        assertThat(order.holding()).isTrue();
        take(20, 40);
        assertThat(passed).containsExactly("0-20", "20-40", "40-60", "60-80");
        assertThat(order.gaps()).isZero();
    }

    @Test
    void shouldGiveUpAHoleOnceLaterAudioIsFurtherAheadThanTheLimit() throws ChunkRefusedException {
        take(0, 20);
        take(40, 220);
        assertThat(passed).containsExactly("0-20");
        take(220, 240);
        assertThat(passed).containsExactly("0-20", "gap 20-40", "40-220", "220-240");
        assertThat(order.gaps()).isEqualTo(1);
        assertThat(order.gapSamples()).isEqualTo(160);
        assertThat(take(20, 40)).isEqualTo(Outcome.LATE);
        assertThat(take(0, 20)).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void shouldGiveUpAHoleByTheClock() throws ChunkRefusedException {
        take(0, 20);
        take(40, 60);
        order.flush(nowMs + 200, sink);
        assertThat(passed).containsExactly("0-20");
        order.flush(nowMs + 201, sink);
        assertThat(passed).containsExactly("0-20", "gap 20-40", "40-60");
        order.flush(nowMs + 900, sink);
        assertThat(passed).hasSize(3);
    }

    @Test
    void shouldDropDuplicatesWhetherPassedOnOrHeld() throws ChunkRefusedException {
        take(0, 40);
        take(60, 80);
        assertThat(take(0, 40)).isEqualTo(Outcome.DUPLICATE);
        assertThat(take(10, 20)).isEqualTo(Outcome.DUPLICATE);
        assertThat(take(60, 80)).isEqualTo(Outcome.DUPLICATE);
        assertThat(take(70, 75)).isEqualTo(Outcome.DUPLICATE);
        assertThat(order.duplicate()).isEqualTo(4);
    }

    @Test
    void shouldTrimOverlaps() throws ChunkRefusedException {
        take(0, 40);
        assertThat(take(20, 60)).isEqualTo(Outcome.USED);
        take(80, 120);
        take(100, 140);
        take(50, 90);
        assertThat(passed).containsExactly("0-40", "40-60", "60-90", "90-120", "120-140");
    }

    @Test
    void shouldBeginWhereItJoinsWithoutAGap() throws ChunkRefusedException {
        take(5_020, 5_040);
        assertThat(passed).as("an earlier one may still come").isEmpty();
        take(5_000, 5_020);
        take(5_040, 5_210);
        assertThat(passed).containsExactly("5000-5020", "5020-5040", "5040-5210");
        assertThat(order.start()).isEqualTo(5_000 * 8);
        assertThat(order.gaps()).isZero();
        assertThat(take(4_980, 5_000)).isEqualTo(Outcome.LATE);
        assertThat(order.samples()).isEqualTo(210 * 8);
    }

    @Test
    void shouldBeginAtZeroThoughTheSecondChunkCameFirst() throws ChunkRefusedException {
        take(20, 40);
        take(0, 20);
        assertThat(passed).containsExactly("0-20", "20-40");
    }

    @Test
    void shouldEndOnceAllBeforeTheLastCame() throws ChunkRefusedException {
        take(0, 20);
        assertThat(takeLast(40, 60)).isEqualTo(Outcome.USED);
        assertThat(order.complete()).isFalse();
        take(20, 40);
        assertThat(order.complete()).isTrue();
        assertThat(take(60, 80)).isEqualTo(Outcome.AFTER_END);
        assertThat(take(0, 20)).isEqualTo(Outcome.AFTER_END);
    }

    @Test
    void shouldEndByTheClockWhenTheLastCameBeforeAHole() throws ChunkRefusedException {
        take(0, 20);
        takeLast(40, 40);
        assertThat(order.complete()).isFalse();
        order.flush(nowMs + 201, sink);
        assertThat(order.complete()).isTrue();
        assertThat(order.samples()).isEqualTo(40 * 8);
        assertThat(passed).containsExactly("0-20", "gap 20-40");
    }

    @Test
    void shouldEndWithAnEmptyLastChunk() throws ChunkRefusedException {
        take(0, 20);
        assertThat(takeLast(20, 20)).isEqualTo(Outcome.USED);
        assertThat(order.complete()).isTrue();
        assertThat(passed).containsExactly("0-20");
    }

    @Test
    void shouldEndWhenTheLastChunkBringsNoNewAudio() throws ChunkRefusedException {
        take(0, 40);
        assertThat(takeLast(20, 40)).isEqualTo(Outcome.USED);
        assertThat(order.complete()).isTrue();
        assertThat(passed).containsExactly("0-40");
    }

    @Test
    void shouldRefuseAnotherRateAndGoOn() throws ChunkRefusedException {
        take(0, 20);
        Chunk other = Chunk.of(160, 20, SampleFormat.MULAW, 16_000, new byte[320], false, 1 << 20);
        assertThatExceptionOfType(ChunkRefusedException.class)
                .isThrownBy(() -> order.accept(other, nowMs, sink))
                .withMessageContaining("sampleRateHz=16000")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.RATE_CHANGED));
        assertThat(take(20, 40)).isEqualTo(Outcome.USED);
        assertThat(order.refused()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnotherEncoding() throws ChunkRefusedException {
        take(0, 20);
        Chunk other = Chunk.of(160, 20, SampleFormat.PCM_S16LE, 8_000, new byte[320], false, 1 << 20);
        assertThat(order.accept(other, nowMs, sink)).isEqualTo(Outcome.USED);
        assertThat(passed).containsExactly("0-20", "20-40");
    }

    @Test
    void shouldTakeLongJumpsInItsStrideAndRefuseImpossibleOnes() throws ChunkRefusedException {
        take(0, 20);
        take(80_000_000, 80_000_020);
        assertThat(passed).containsExactly("0-20", "gap 20-80000000", "80000000-80000020");
        Chunk far = Chunk.of((1L << 53) - 1_000, 20, SampleFormat.MULAW, 8_000, new byte[8], false, 1 << 20);
        assertThatExceptionOfType(ChunkRefusedException.class)
                .isThrownBy(() -> order.accept(far, nowMs, sink))
                .withMessageContaining("within a day")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_POSITION));
        assertThat(take(80_000_020, 80_000_040)).isEqualTo(Outcome.USED);
    }

    @Test
    void shouldHoldBoundedAudio() throws ChunkRefusedException {
        take(0, 20);
        for (int i = 0; i < 1_000; i++) {
            take(40 + 2 * i, 41 + 2 * i);
            assertThat(order.stateBytes()).isLessThan(4_000);
        }
    }

    @Test
    void shouldGiveUpWhatIsMissingOnceItHoldsTooManyChunks() throws ChunkRefusedException {
        order = new ChunkOrder(8_000, 10_000);
        take(0, 20);
        // Every other ms is missing: 8.2 s of audio, well within the disorder allowed.
        for (int i = 0; i < 4_096; i++) {
            take(21 + 2L * i, 22 + 2L * i);
        }
        assertThat(passed).containsExactly("0-20");
        take(21 + 2L * 4_096, 22 + 2L * 4_096);
        assertThat(passed).containsExactly("0-20", "gap 20-21", "21-22");
        assertThat(order.holding()).isTrue();
    }

    @Test
    void shouldGoOnFromItsBytes() throws ChunkRefusedException {
        take(0, 20);
        take(40, 60);
        ByteBuffer bytes = ByteBuffer.allocate(order.stateBytes());
        order.writeTo(bytes);
        assertThat(bytes.remaining()).isZero();
        order = new ChunkOrder(8_000, 200);
        order.readFrom(bytes.flip(), false, true);
        take(20, 40);
        assertThat(passed).containsExactly("0-20", "20-40", "40-60");
        assertThat(order.chunks()).isEqualTo(3);
        order.flush(nowMs + 500, sink);
        assertThat(passed).hasSize(3);
    }
}
