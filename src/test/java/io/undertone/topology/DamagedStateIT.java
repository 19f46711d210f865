package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.Role;
import io.undertone.features.FeatureSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local state as a SIGKILL leaves it while it is created or deleted: files of a RocksDB that no longer make one. */
class DamagedStateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path stateFolder;

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST", ".sst"})
    void shouldStartFromTheChangelogWhereFilesOfAStoreAreMissing(String missing) throws Exception {
        try (TestCluster cluster = new TestCluster(stateFolder, "state.stores=rocksdb")) {
            List<AudioChunk> leg = TestVoice.chunks("leg", Role.CUSTOMER, TestVoice.speech(10, 1), 200);
            try (UndertoneStreams streams = start(cluster)) {
                await().atMost(PATIENCE).until(streams::isReady);
                cluster.send(leg.subList(0, 25));
                await().atMost(PATIENCE)
                        .until(() -> !cluster.committed("emotion-events").isEmpty());
            }
            assertThat(delete(missing)).as("files deleted").isPositive();

            try (UndertoneStreams streams = start(cluster)) {
                await().atMost(PATIENCE).until(streams::isReady);
                cluster.send(leg.subList(25, leg.size()));
                await().atMost(PATIENCE)
                        .until(() -> !cluster.committed("call-summaries").isEmpty());
                assertThat(streams.failure()).isEmpty();
            }
            List<CallSummary> summaries = cluster.committed("call-summaries", CallSummary.class);
            assertThat(summaries).hasSize(1);
            assertThat(summaries.get(0).getDurationMs()).isEqualTo(10_000);
            assertThat(summaries.get(0).getGaps()).isZero();
            assertThat(cluster.committed("emotion-events"))
                    .hasSize(summaries.get(0).getWindows());
        }
    }

    private static UndertoneStreams start(TestCluster cluster) throws InterruptedException {
        UndertoneStreams streams = new UndertoneStreams(
                cluster.config(), FeatureSpecs.telephone(), new TestModel(), new SimpleMeterRegistry());
        streams.start();
        return streams;
    }

    /** Deletes such files of all stores; how many there were. */
    private int delete(String name) throws IOException {
        try (Stream<Path> files = Files.walk(stateFolder)) {
            List<Path> found = files.filter(file -> file.toString().contains("rocksdb"))
                    .filter(file -> file.getFileName().toString().contains(name))
                    .toList();
            for (Path file : found) {
                Files.delete(file);
            }
            return found.size();
        }
    }
}
