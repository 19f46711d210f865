package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private final BatchQueue<String> queue = new BatchQueue<>(4, 10);

    @Test
    void shouldLetABatchGoWhenItsOldestHasWaitedTheDelay() {
        assertThat(queue.nanosUntilReady(0)).isEqualTo(Long.MAX_VALUE);
        queue.add("a", 100);
        queue.add("b", 103);
        queue.add("c", 109);
        assertThat(queue.nanosUntilReady(105)).isEqualTo(5);
        assertThat(queue.nanosUntilReady(109)).isEqualTo(1);
        assertThat(queue.nanosUntilReady(110)).isZero();
        assertThat(queue.oldestWaitNanos(110)).isEqualTo(10);
        assertThat(queue.take()).containsExactly("a", "b", "c");
        assertThat(queue.nanosUntilReady(120)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLetAFullBatchGoAtOnceAndKeepTheRest() {
        for (String item : List.of("a", "b", "c", "d", "e")) {
            queue.add(item, 100);
        }
        assertThat(queue.nanosUntilReady(100)).isZero();
        assertThat(queue.take()).containsExactly("a", "b", "c", "d");
        assertThat(queue.nanosUntilReady(100)).isEqualTo(10);
        assertThat(queue.take()).containsExactly("e");
    }

    @Test
    void shouldTakeOutWhatIsNotWantedAnyMore() {
        queue.add("a", 100);
        queue.add("b", 105);
        queue.removeIf("a"::equals);
        assertThat(queue.nanosUntilReady(110)).isEqualTo(5);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void shouldNotWaitWithoutADelay() {
        BatchQueue<String> eager = new BatchQueue<>(4, 0);
        eager.add("a", 100);
        assertThat(eager.nanosUntilReady(100)).isZero();
    }
}
