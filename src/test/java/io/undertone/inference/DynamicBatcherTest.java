package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class DynamicBatcherTest {
    private static final int NEVER_MS = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Object> answers = new ConcurrentHashMap<>();
    private final Map<String, Long> times = new ConcurrentHashMap<>();
    private DynamicBatcher batcher;

    private void open(int maxBatchSize, int delayMs, int threads, Consumer<List<Window>> before) {
        Ensemble ensemble = new OneVoter((windows, probabilities) -> {
            batchSizes.add(windows.size());
            before.accept(windows);
            probabilities.took("one", 5);
            for (int i = 0; i < windows.size(); i++) {
                probabilities.set(i, 0, 0, windows.get(i).get(0));
            }
        });
        DynamicBatcher.Settings settings = new DynamicBatcher.Settings(maxBatchSize, delayMs, threads, 1_000);
        batcher = new DynamicBatcher(ensemble, settings, nanos::get, new BatchObserver() {
            @Override
            public void computedBy(String voters, long computedNanos) {
                times.merge(voters, computedNanos, Long::sum);
            }
        });
    }

    @AfterEach
    void close() {
        batcher.close();
    }

    private void submit(int index, Object owner, CountDownLatch done) {
        Window window = new Window(index, 0, 3000, 0, 1, 0, 1, new float[] {index});
        batcher.submit(window, owner, new DynamicBatcher.Reply() {
            @Override
            public void answered(Probabilities probabilities, int i) {
                answers.put(index, probabilities.get(i, 0, 0));
                done.countDown();
            }

            @Override
            public void failed(Throwable cause) {
                answers.put(index, cause);
                done.countDown();
            }
        });
    }

    private void submitAll(int count) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            submit(i, this, done);
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldSendFullBatchesAndGiveEachWindowItsAnswer() throws Exception {
        open(8, NEVER_MS, 2, windows -> {});
        submitAll(64);
        assertThat(batchSizes).hasSize(8).containsOnly(8);
        assertThat(times).isEqualTo(Map.of("one", 8 * 5L));
        for (int i = 0; i < 64; i++) {
            assertThat(answers).containsEntry(i, (float) i);
        }
        assertThat(batcher.queueLength()).isZero();
    }

    @Test
    void shouldNotSendABatchThatIsNeitherFullNorOld() throws Exception {
        open(2, NEVER_MS, 1, windows -> {});
        CountDownLatch done = new CountDownLatch(3);
        submit(0, this, done);
        submit(1, this, done);
        submit(2, this, done);
        batcher.submit(new Window(9, 0, 3000, 0, 1, 0, 1, new float[1]), this, new DynamicBatcher.Reply() {
            @Override
            public void answered(Probabilities probabilities, int index) {}

            @Override
            public void failed(Throwable cause) {}
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(batchSizes).containsOnly(2);
    }

    @Test
    void shouldTryAFailedBatchWindowByWindow() throws Exception {
        open(4, NEVER_MS, 1, windows -> {
            if (windows.stream().anyMatch(window -> window.index() == 2)) {
                throw new IllegalStateException("bad");
            }
        });
        submitAll(4);
        assertThat(answers.get(2)).isInstanceOf(IllegalStateException.class);
        assertThat(answers).containsEntry(0, 0f).containsEntry(1, 1f).containsEntry(3, 3f);
        assertThat(batchSizes).containsExactly(4, 1, 1, 1, 1);
    }

    @Test
    void shouldForgetWhatItsOwnerCancelled() throws Exception {
        open(3, NEVER_MS, 1, windows -> {});
        CountDownLatch done = new CountDownLatch(3);
        Object gone = new Object();
        submit(7, gone, done);
        submit(0, this, done);
        batcher.cancel(gone);
        submit(1, this, done);
        assertThat(batcher.queueLength()).isEqualTo(2);
        submit(2, this, done);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void shouldTellAnEngineThatHangs() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        open(1, 0, 1, windows -> {
            asked.countDown();
            wait(release);
        });
        submit(0, this, new CountDownLatch(1));
        wait(asked);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_000));
        batcher.checkAlive();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThatThrownBy(batcher::checkAlive)
                .isInstanceOf(EngineTimeoutException.class)
                .hasMessageContaining("must answer within inference.timeout.ms=1000: a batch has taken 1001 ms");
        release.countDown();
    }

    @Test
    void shouldTellAnEngineThatDied() {
        open(1, 0, 1, windows -> {
            throw new UnsatisfiedLinkError("no library");
        });
        submit(0, this, new CountDownLatch(1));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(batcher::checkAlive)
                        .isInstanceOf(EngineTimeoutException.class)
                        .hasMessageContaining("no library"));
    }

    @Test
    void shouldTakeNothingOnceClosed() {
        open(2, NEVER_MS, 2, windows -> {});
        submit(0, this, new CountDownLatch(1));
        batcher.close();
        batcher.close();
        assertThat(batcher.queueLength()).isZero();
        assertThat(answers).isEmpty();
        assertThatThrownBy(() -> submit(1, this, new CountDownLatch(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldCheckItsSettings() {
        open(1, 0, 1, windows -> {});
        assertThatThrownBy(() -> new DynamicBatcher.Settings(0, 0, 1, 1))
                .hasMessage("maxBatchSize must be >= 1: maxBatchSize=0");
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
