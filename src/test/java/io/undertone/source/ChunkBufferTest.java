package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.LegId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkBufferTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Waits for a permit before each chunk, as a producer waits for its topic. */
    private final Semaphore permits = new Semaphore(0);

    private final List<AudioChunk> sent = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ChunkSink.Outcome> unsettled = new LinkedBlockingQueue<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ChunkBuffer buffer = new ChunkBuffer(
            (chunk, outcome) -> {
                permits.acquireUninterruptibly();
                sent.add(chunk);
                unsettled.add(outcome);
            },
            1_000);

    @AfterEach
    void close() {
        buffer.close();
        permits.release(1_000);
    }

    private static AudioChunk chunk(int position, int bytes) {
        List<AudioChunk> chunks = new ArrayList<>();
        new LegPublisher(new LegId("call-1", Role.CUSTOMER), 8_000, 0, Chunking.every(1_000), chunks::add)
                .addLast(SampleFormat.MULAW, position, new byte[bytes]);
        return chunks.get(0);
    }

    private boolean offer(int position, int bytes) {
        return buffer.offer(
                chunk(position, bytes),
                failure -> told.add(position + (failure == null ? "" : " " + failure.getMessage())));
    }

    private ChunkSink.Outcome next() throws InterruptedException {
        ChunkSink.Outcome outcome = unsettled.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    @Test
    void shouldHandOverInOrderAndTellWhatBecameOfEach() throws Exception {
        permits.release(3);
        for (int i = 0; i < 3; i++) {
            assertThat(offer(i * 100, 100)).isTrue();
        }

        next().settled(null);
        next().settled(new IllegalStateException("no leader"));
        next().settled(null);

        assertThat(buffer.drain(PATIENCE)).isTrue();
        assertThat(sent.stream().map(AudioChunk::getPosition)).containsExactly(0L, 100L, 200L);
        assertThat(told).containsExactly("0", "100 no leader", "200");
        assertThat(buffer.failed()).isEqualTo(1);
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void shouldDropWhatDoesNotFitAndGoOnOnceItDoes() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(offer(i * 400, 400)).isEqualTo(i < 2);
        }
        assertThat(buffer.dropped()).isEqualTo(1);
        assertThat(buffer.bytes()).isEqualTo(800);

        permits.release(3);
        next().settled(null);
        assertThat(offer(1_200, 400)).isTrue();
        next().settled(null);
        next().settled(null);

        assertThat(buffer.drain(PATIENCE)).isTrue();
        assertThat(sent.stream().map(AudioChunk::getPosition)).containsExactly(0L, 400L, 1_200L);
    }

    @Test
    void shouldGoOnAfterAChunkThatIsRefusedOutright() throws Exception {
        List<Exception> failures = new CopyOnWriteArrayList<>();
        BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
        try (ChunkBuffer other = new ChunkBuffer(
                (chunk, outcome) -> {
                    if (chunk.getPosition() == 0) {
                        throw new IllegalArgumentException("too large");
                    }
                    taken.add(chunk.getPosition());
                    outcome.settled(null);
                    // A second word on the same chunk changes nothing.
                    outcome.settled(null);
                },
                1_000)) {
            other.offer(chunk(0, 10), failures::add);
            other.offer(chunk(10, 10), ChunkSink.Outcome.IGNORED);

            assertThat(other.drain(PATIENCE)).isTrue();
            assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessage("too large"));
            assertThat(taken).containsExactly(10L);
            assertThat(other.bytes()).isZero();
        }
    }

    @Test
    void shouldSayWhereItCannotDrain() throws Exception {
        offer(0, 100);

        assertThat(buffer.drain(Duration.ofMillis(1))).isFalse();
        buffer.close();
        assertThat(offer(100, 100)).isFalse();
    }
}
