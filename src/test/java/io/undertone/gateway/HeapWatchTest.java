package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private static final int MESSAGES = 10_000;
    private static final long BASE = 100L << 20;
    private static final long MUCH = 4L << 20;

    @Test
    void shouldFindWhatIsKeptOfEachMessage() {
        assertThatThrownBy(() -> run(sent -> BASE + 200L * sent)).hasMessageContaining("growth of the heap");
    }

    @Test
    void shouldFindItBesideWhatIsFreedOnce() {
        assertThatThrownBy(() -> run(sent -> BASE + 200L * sent - (sent > 5_000 ? MUCH : 0)))
                .hasMessageContaining("growth of the heap");
    }

    @Test
    void shouldBearWhatIsTakenOnce() {
        assertThatCode(() -> run(sent -> BASE + (sent > 5_000 ? MUCH : 0))).doesNotThrowAnyException();
    }

    @Test
    void shouldBearWhatIsTakenAndGivenBack() {
        assertThatCode(() -> run(sent -> BASE + (sent > 3_000 && sent < 6_000 ? MUCH : 0)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldCountObjectsThatLive() {
        byte[][] kept = new byte[1][];
        long before = HeapWatch.livingBytes();
        kept[0] = new byte[(int) MUCH];
        long after = HeapWatch.livingBytes();
        assertThat(kept[0]).hasSize((int) MUCH);
        assertThat(after - before).isBetween(MUCH / 2, 2 * MUCH);
    }

    @Test
    void shouldReadTheTotalOfAHistogram() {
        String histogram = " num     #instances         #bytes  class name (module)\n"
                + "-------------------------------------------------------\n"
                + "   1:         12345        1234567  [B (java.base@17.0.15)\n"
                + "Total         54321        7654321\n";
        assertThat(HeapWatch.totalBytes(histogram)).isEqualTo(7_654_321);
        assertThatThrownBy(() -> HeapWatch.totalBytes("nothing")).hasMessageContaining("total");
    }

    @Test
    void shouldHaveSeenTheWholeRun() {
        assertThatThrownBy(() -> new HeapWatch(MESSAGES, () -> BASE).shouldHaveStayed())
                .hasMessageContaining("looks at the heap");
    }

    private static void run(IntToLongFunction heap) {
        int[] sent = {0};
        HeapWatch watch = new HeapWatch(MESSAGES, () -> heap.applyAsLong(sent[0]));
        while (sent[0] < MESSAGES) {
            sent[0] += 7;
            watch.look(sent[0]);
        }
        watch.shouldHaveStayed();
    }
}
