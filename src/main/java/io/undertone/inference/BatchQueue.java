package io.undertone.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides when a batch is ready: when it is full, or when its oldest item has waited for the delay. With at most 4 items and a delay of 10 ms, items added at 0, 3 and 9 ms form a batch at 10 ms; a fourth item at 9 ms completes it at 9 ms. Not thread-safe.
 */
final class BatchQueue<T> {
    private record Waiting<T>(T item, long sinceNanos) {}

    private final int maxSize;
    private final long delayNanos;
    private final ArrayDeque<Waiting<T>> queue = new ArrayDeque<>();

    BatchQueue(int maxSize, long delayNanos) {
        this.maxSize = maxSize;
        this.delayNanos = delayNanos;
    }

    void add(T item, long nowNanos) {
        queue.add(new Waiting<>(item, nowNanos));
    }

    int size() {
        return queue.size();
    }

    boolean isFull() {
        return queue.size() >= maxSize;
    }

    /** Time until a batch is ready if nothing is added: 0 for now, {@link Long#MAX_VALUE} if the queue is empty. */
    long nanosUntilReady(long nowNanos) {
        if (isFull()) {
            return 0;
        }
        Waiting<T> oldest = queue.peek();
        return oldest == null ? Long.MAX_VALUE : Math.max(0, oldest.sinceNanos + delayNanos - nowNanos);
    }

    /** How long the oldest item has waited; 0 if there is none. */
    long oldestWaitNanos(long nowNanos) {
        Waiting<T> oldest = queue.peek();
        return oldest == null ? 0 : nowNanos - oldest.sinceNanos;
    }

    /** Removes the oldest items, at most a full batch. */
    List<T> take() {
        List<T> batch = new ArrayList<>(Math.min(maxSize, queue.size()));
        while (batch.size() < maxSize && !queue.isEmpty()) {
            batch.add(queue.remove().item);
        }
        return batch;
    }

    void removeIf(Predicate<T> unwanted) {
        queue.removeIf(waiting -> unwanted.test(waiting.item));
    }
}
