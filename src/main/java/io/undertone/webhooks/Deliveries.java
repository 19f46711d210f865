package io.undertone.webhooks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The pending deliveries of one receiver: one record of each call at a time, in reading order; a failed record is
 * retried after a backoff, and given up after its retry limit. When a try succeeds after many failures in a row, the receiver is
 * up again and all waiting retries become due. Independent of clock, network and Kafka. Not thread-safe.
 */
final class Deliveries {
    /** After so many failures in a row, of any calls, the receiver is considered down. */
    private static final int OUTAGE_FAILURES = 5;

    private final Backoff backoff;
    private final long retryMaxMs;
    private final int inFlightMax;
    private final Map<String, Deque<Delivery>> calls = new HashMap<>();
    private final PriorityQueue<Delivery> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Delivery delivery) -> delivery.dueAtMs).thenComparingLong(Delivery::turn));
    private long turns;
    private int inFlight;
    private int size;
    private long bytes;
    private int failuresInRow;
    private int givenUp;

    /**
     * @param retryMaxMs retry limit, from a record's creation
     * @param inFlightMax most simultaneous tries
     */
    Deliveries(Backoff backoff, long retryMaxMs, int inFlightMax) {
        this.backoff = backoff;
        this.retryMaxMs = retryMaxMs;
        this.inFlightMax = inFlightMax;
    }

    /** Appends a record to those of its call. */
    void take(
            ConsumerRecord<byte @Nullable [], byte @Nullable []> source, String callId, long producedAtMs, long nowMs) {
        Delivery delivery = new Delivery(source, callId, producedAtMs, turns++);
        Deque<Delivery> ofCall = calls.computeIfAbsent(callId, id -> new ArrayDeque<>());
        ofCall.addLast(delivery);
        size++;
        bytes += delivery.bytes();
        if (ofCall.size() == 1) {
            delivery.dueAtMs = nowMs;
            waiting.add(delivery);
        }
    }

    /** Deliveries to be tried now, the longest due first. Each must be settled. */
    List<Delivery> start(long nowMs) {
        List<Delivery> started = new ArrayList<>();
        while (inFlight < inFlightMax && !waiting.isEmpty() && waiting.peek().dueAtMs <= nowMs) {
            Delivery delivery = waiting.remove();
            delivery.inFlight = true;
            inFlight++;
            started.add(delivery);
        }
        return started;
    }

    /**
     * Records the outcome of a try.
     *
     * @return whether the record is delivered
     */
    boolean settle(Delivery delivery, Outcome outcome, long nowMs) {
        delivery.inFlight = false;
        inFlight--;
        count(outcome, nowMs);
        if (delivery.dropped) {
            leave(delivery, nowMs);
            return false;
        }
        if (outcome.result() == Outcome.Result.DELIVERED) {
            leave(delivery, nowMs);
            return true;
        }
        delivery.failures++;
        delivery.failuresOfItsOwn++;
        delivery.lastFailure = outcome.detail();
        long giveUpAtMs = delivery.producedAtMs() + retryMaxMs;
        if (outcome.result() == Outcome.Result.GONE || nowMs >= giveUpAtMs) {
            delivery.givenUp = true;
            givenUp++;
        } else {
            long wait = Math.max(backoff.delayMs(delivery.failuresOfItsOwn), outcome.retryAfterMs());
            delivery.dueAtMs = Math.min(nowMs + wait, giveUpAtMs);
            waiting.add(delivery);
        }
        return false;
    }

    private void count(Outcome outcome, long nowMs) {
        if (outcome.result() != Outcome.Result.DELIVERED) {
            failuresInRow++;
            return;
        }
        if (failuresInRow >= OUTAGE_FAILURES) {
            calls.values().forEach(ofCall -> ofCall.getFirst().failuresOfItsOwn = 0);
            List<Delivery> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(delivery -> delivery.dueAtMs = Math.min(delivery.dueAtMs, nowMs));
            waiting.addAll(all);
        }
        failuresInRow = 0;
    }

    /** Deliveries given up, in reading order; each needs a dead letter and blocks its call until then. */
    List<Delivery> givenUp() {
        if (givenUp == 0) {
            return List.of();
        }
        return calls.values().stream()
                .map(Deque::getFirst)
                .filter(delivery -> delivery.givenUp && !delivery.dropped)
                .sorted(Comparator.comparingLong(Delivery::turn))
                .toList();
    }

    /** Removes a delivery whose dead letter was written. */
    void bury(Delivery delivery, long nowMs) {
        leave(delivery, nowMs);
    }

    /** Drops the deliveries of a revoked partition; those in flight, once their try ends. */
    int drop(Predicate<TopicPartition> lost, long nowMs) {
        int before = size;
        waiting.clear();
        for (Iterator<Deque<Delivery>> each = calls.values().iterator(); each.hasNext(); ) {
            Deque<Delivery> ofCall = each.next();
            for (Iterator<Delivery> one = ofCall.iterator(); one.hasNext(); ) {
                Delivery delivery = one.next();
                if (lost.test(delivery.partition())) {
                    delivery.dropped = true;
                    if (!delivery.inFlight) {
                        one.remove();
                        forget(delivery);
                    }
                }
            }
            if (ofCall.isEmpty()) {
                each.remove();
            } else {
                next(ofCall.getFirst(), nowMs);
            }
        }
        return before - size;
    }

    private void next(Delivery head, long nowMs) {
        if (!head.inFlight && !head.givenUp) {
            head.dueAtMs = head.failures == 0 ? nowMs : head.dueAtMs;
            waiting.add(head);
        }
    }

    /** Removes the first delivery of its call and queues the next one. */
    private void leave(Delivery delivery, long nowMs) {
        Deque<Delivery> ofCall = calls.get(delivery.callId());
        if (ofCall == null || ofCall.peekFirst() != delivery) {
            throw new IllegalStateException("must be the first of its call");
        }
        ofCall.removeFirst();
        forget(delivery);
        if (ofCall.isEmpty()) {
            calls.remove(delivery.callId());
        } else {
            next(ofCall.getFirst(), nowMs);
        }
    }

    private void forget(Delivery delivery) {
        size--;
        givenUp -= delivery.givenUp ? 1 : 0;
        bytes -= delivery.bytes();
    }

    /** The due time of the next delivery, if any waits and may be tried. */
    OptionalLong nextDueMs() {
        Delivery first = waiting.peek();
        return first == null || inFlight >= inFlightMax ? OptionalLong.empty() : OptionalLong.of(first.dueAtMs);
    }

    int inFlight() {
        return inFlight;
    }

    /** Number of records neither delivered nor dead letters. */
    int size() {
        return size;
    }

    /** Their approximate size in memory, bytes. */
    long bytes() {
        return bytes;
    }

    /** Creation time of the oldest first record of a call; empty where there is none. */
    OptionalLong oldestProducedAtMs() {
        return calls.values().stream()
                .mapToLong(ofCall -> ofCall.getFirst().producedAtMs())
                .min();
    }

    /** Whether many tries in a row have failed, of any calls. */
    boolean isOut() {
        return failuresInRow >= OUTAGE_FAILURES;
    }
}
