package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bench.WindowThroughput.Point;
import io.undertone.inference.Ensemble;
import io.undertone.inference.OneVoter;
import io.undertone.window.Window;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Throughput by a clock that each batch moves on by 10 ms. */
class WindowThroughputTest {
    private static final long BATCH_NANOS = 10_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

    private final Ensemble ensemble = new OneVoter((windows, probabilities) -> {
        batches.add(windows.stream().map(Window::index).toList());
        probabilities.took("one", 4_000);
        clock.addAndGet(BATCH_NANOS);
    });

    private WindowThroughput throughput(int windows, int batchesMeasured) {
        return new WindowThroughput(
                ensemble,
                IntStream.range(0, windows)
                        .mapToObj(i -> new Window(i, 0, 3000, 0, 1, 0, 1, new float[1]))
                        .toList(),
                batchesMeasured * BATCH_NANOS,
                clock::get);
    }

    @Test
    void shouldGiveOutWindowsInTurnAndCountThem() throws InterruptedException {
        Point point = throughput(5, 3).measure(2, 1);

        // The first does not count.
        assertThat(batches).containsExactly(List.of(0, 1), List.of(0, 1), List.of(2, 3), List.of(4, 0));
        assertThat(point.windowsPerSecond()).isEqualTo(200, within(1e-6));
        assertThat(point.batchMs()).isEqualTo(10, within(1e-6));
        assertThat(point.microsPerWindow())
                .containsOnlyKeys("one")
                .hasEntrySatisfying("one", micros -> assertThat(micros).isEqualTo(2, within(1e-6)));
    }

    @Test
    void shouldLetEachThreadHaveBatches() throws InterruptedException {
        Point point = throughput(7, 4).measure(3, 2);

        assertThat(point.atOnce()).isEqualTo(2);
        assertThat(batches)
                .contains(List.of(0, 1, 2), List.of(3, 4, 5))
                .allSatisfy(batch -> assertThat(batch).hasSize(3));
        assertThat(point.windowsPerSecond()).isEqualTo(300, within(1e-6));
    }

    @Test
    void shouldNeedAWindow() {
        assertThatThrownBy(() -> throughput(0, 1)).hasMessageContaining("windows=0");
    }
}
