package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.Encoding;
import io.undertone.Role;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest state that a leg can have, against a real broker: its producer refuses what is too large, which no test driver does. */
@NullUnmarked
class LargeStateIT {
    private static final int RATE_HZ = 48_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path stateFolder;

    @Test
    void shouldHoldTenSecondsOfTheDensestAudioForOneMissingChunk() throws Exception {
        try (TestCluster cluster =
                new TestCluster(stateFolder, "audio.disorder.max.ms=10000", "stages=features,inference")) {
            List<AudioChunk> chunks = chunks(14);
            TestModel model = new TestModel();
            try (UndertoneStreams streams =
                    new UndertoneStreams(cluster.config(), model.spec(), model, new SimpleMeterRegistry())) {
                streams.start();
                await().atMost(PATIENCE).until(streams::isReady);
                cluster.send(chunks.subList(0, 1));
                cluster.send(chunks.subList(2, chunks.size()));
                await().atMost(PATIENCE)
                        .until(() -> !streams.isHealthy()
                                || cluster.committed("call-summaries").size() == 1);
                assertThat(streams.failure()).isEmpty();
                assertThat(streams.isHealthy()).isTrue();
            }
            CallSummary summary =
                    cluster.committed("call-summaries", CallSummary.class).get(0);
            assertThat(summary.getGapMs()).isEqualTo(1_000);
            assertThat(summary.getDurationMs()).isEqualTo(14_000);
            assertThat(cluster.committed("dead-letters")).isEmpty();
        }
    }

    /** Chunks of a second of noise, 192 KB each, which no compression makes small. */
    private static List<AudioChunk> chunks(int seconds) {
        Random random = new Random(1);
        List<AudioChunk> chunks = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            ByteBuffer audio = ByteBuffer.allocate(RATE_HZ * Float.BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < RATE_HZ; k++) {
                audio.putFloat((float) (0.1 * random.nextGaussian()));
            }
            chunks.add(AudioChunk.newBuilder()
                    .setCallId("dense")
                    .setRole(Role.CUSTOMER)
                    .setPosition((long) i * RATE_HZ)
                    .setCapturedAt(Instant.ofEpochMilli(TestVoice.STARTED_MS + i * 1000L))
                    .setEncoding(Encoding.PCM_F32LE)
                    .setSampleRateHz(RATE_HZ)
                    .setAudio(audio.flip())
                    .setLast(i == seconds - 1)
                    .build());
        }
        return chunks;
    }
}
