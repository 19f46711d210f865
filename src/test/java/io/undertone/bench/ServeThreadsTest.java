package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeThreadsTest {
    @TempDir
    private Path tasks;

    private void thread(int number, String name, long spentMs) throws IOException {
        Path folder = Files.createDirectories(tasks.resolve(String.valueOf(number)));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("schedstat"), TimeUnit.MILLISECONDS.toNanos(spentMs) + " 12345 67\n");
    }

    @Test
    void shouldTellWhatEachPartSpent() throws IOException {
        thread(1, "java", 500);
        thread(2, "undertone-gatew", 1_000);
        thread(3, "undertone-featu", 2_000);
        thread(4, "kafka-producer-", 10);
        ServeThreads before = ServeThreads.of(tasks);
        thread(1, "java", 600);
        thread(2, "undertone-gatew", 1_300);
        thread(3, "undertone-featu", 2_000);
        thread(4, "kafka-producer-", 30);
        thread(5, "undertone-gatew", 200);
        thread(6, "undertone-infer", 40);
        thread(7, "undertone-onnx-", 2);
        thread(8, "GC Thread#0", 50);
        assertThat(ServeThreads.of(tasks).since(before))
                .hasEntrySatisfying("java", seconds -> assertThat(seconds).isCloseTo(0.15, within(1e-9)))
                .hasEntrySatisfying("gateway", seconds -> assertThat(seconds).isCloseTo(0.5, within(1e-9)))
                .hasEntrySatisfying("kafka", seconds -> assertThat(seconds).isCloseTo(0.02, within(1e-9)))
                .hasEntrySatisfying("inference", seconds -> assertThat(seconds).isCloseTo(0.042, within(1e-9)))
                .contains(entry("features", 0.0))
                .hasSize(5);
    }

    @Test
    void shouldPassOverThreadsThatEnd() throws IOException {
        thread(1, "undertone-gatew", 1_000);
        ServeThreads before = ServeThreads.of(tasks);
        Files.delete(tasks.resolve("1").resolve("schedstat"));
        thread(2, "undertone-web-2", 7);
        assertThat(ServeThreads.of(tasks).since(before)).containsOnlyKeys("web");
    }

    @Test
    void shouldTellNothingWhereTheSystemDoesNot() {
        ServeThreads none = ServeThreads.of(tasks.resolve("nowhere"));
        assertThat(none.since(none)).isEmpty();
    }
}
