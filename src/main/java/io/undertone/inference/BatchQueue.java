package io.undertone.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * When a batch goes: at once when it is full, or when its oldest item has waited long enough. With at most 4 items and a delay
 * of 10 ms, items that come at 0, 3 and 9 ms go together at 10 ms; a fourth at 5 ms lets them go at 5 ms. Not thread-safe.
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

    /** How long until a batch goes if nothing more comes: 0: now; {@link Long#MAX_VALUE}: never, there is nothing. */
    long nanosUntilReady(long nowNanos) {
        if (isFull()) {
            return 0;
        }
        Waiting<T> oldest = queue.peek();
        return oldest == null ? Long.MAX_VALUE : Math.max(0, oldest.sinceNanos + delayNanos - nowNanos);
    }

    /** How long the oldest item has waited; 0 where there is none. */
    long oldestWaitNanos(long nowNanos) {
        Waiting<T> oldest = queue.peek();
        return oldest == null ? 0 : nowNanos - oldest.sinceNanos;
    }

    /** Takes the oldest items, at most as many as make a batch. */
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
