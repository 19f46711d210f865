package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * 10,000 alerts of 500 calls to a receiver that is well, down, slow, wrong and well again, and that refuses a few calls for good, while the
 * process that posts is killed over and over: simulated, with a clock of its own.
 */
class DeliveryOutagesTest {
    private static final int ALERTS = 10_000;
    private static final int CALLS = 500;
    private static final int REFUSED_CALLS = 5;
    private static final int PARTITIONS = 6;
    private static final int MAX_IN_MEMORY = 3_000;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long TIMEOUT_MS = 10_000;
    /** Alerts come for this long. */
    private static final long TRAFFIC_MS = 7 * HOUR_MS;

    private static final long WELL_AGAIN_MS = 6 * HOUR_MS;
    private static final long COMMIT_MS = 500;

    /** An alert in its partition. */
    private record Alert(int number, String callId, int partition, long offset, long producedAtMs) {}

    /** A try that is on its way: when it ends, how, and when the receiver has it (never: it does not get it). */
    private record Try(Process process, Delivery delivery, Alert alert, long endMs, Outcome outcome, long arrivesMs) {}

    private record Commit(long offset, String metadata) {}

    private final SplittableRandom random = new SplittableRandom(20261128);
    private final List<List<Alert>> log = new ArrayList<>();
    private final Map<Integer, Commit> committed = new HashMap<>();
    private final PriorityQueue<Try> underWay = new PriorityQueue<>(Comparator.comparingLong(Try::endMs));
    /** When each alert first arrived. */
    private final Map<Integer, Long> arrived = new TreeMap<>();

    private final Map<Integer, Long> buried = new TreeMap<>();
    private final Map<Integer, Long> lastTried = new TreeMap<>();
    private long now;
    private int kills;
    private int repeats;

    /** One life of the process that posts. */
    private final class Process {
        private final Deliveries deliveries = new Deliveries(new Backoff(1_000, 15 * MINUTE_MS, random), DAY_MS, 16);
        private final Map<Integer, PartitionProgress> progress = new HashMap<>();
        private final Map<Integer, Long> positions = new HashMap<>();

        private Process() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Commit commit = committed.getOrDefault(partition, new Commit(0, ""));
                progress.put(partition, PartitionProgress.of(commit.offset(), commit.metadata()));
                positions.put(partition, commit.offset());
            }
        }

        private void read() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<Alert> alerts = log.get(partition);
                int at = positions.get(partition).intValue();
                while (at < alerts.size()
                        && alerts.get(at).producedAtMs() <= now
                        && deliveries.size() < MAX_IN_MEMORY) {
                    Alert alert = alerts.get(at++);
                    if (progress.get(partition).take(alert.offset())) {
                        byte[] bytes = alert.callId().getBytes(StandardCharsets.UTF_8);
                        deliveries.take(
                                new ConsumerRecord<>("alerts", partition, alert.offset(), bytes, bytes),
                                alert.callId(),
                                alert.producedAtMs(),
                                now);
                    }
                }
                positions.put(partition, (long) at);
            }
        }

        private void post() {
            for (Delivery delivery : deliveries.start(now)) {
                Alert alert = log.get(delivery.partition().partition())
                        .get((int) delivery.source().offset());
                assertThat(buried).as("tried behind its dead letter").doesNotContainKey(alert.number());
                lastTried.put(alert.number(), now);
                underWay.add(answer(this, delivery, alert));
            }
        }

        private void bury() {
            for (Delivery delivery : deliveries.givenUp()) {
                int partition = delivery.partition().partition();
                PartitionProgress of = progress.get(partition);
                if (delivery.source().offset() >= of.commit().end()) {
                    continue;
                }
                // One transaction.
                of.done(delivery.source().offset());
                Alert alert = log.get(partition).get((int) delivery.source().offset());
                buried.put(alert.number(), now);
                commit(partition);
                deliveries.bury(delivery, now);
            }
        }

        private void commit() {
            progress.keySet().forEach(this::commit);
        }

        private void commit(int partition) {
            PartitionProgress.Commit commit = progress.get(partition).commit();
            committed.put(partition, new Commit(commit.offset(), commit.metadata()));
        }

        private boolean isDone() {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (positions.get(partition) < log.get(partition).size()) {
                    return false;
                }
            }
            return deliveries.size() == 0;
        }
    }

    private Try answer(Process process, Delivery delivery, Alert alert) {
        boolean refused = number(alert.callId()) < REFUSED_CALLS;
        long quick = now + random.nextLong(20, 400);
        if (now >= HOUR_MS && now < 4 * HOUR_MS) {
            return new Try(
                    process,
                    delivery,
                    alert,
                    now + 1,
                    Outcome.failed("connection", "it takes no connection"),
                    Long.MAX_VALUE);
        }
        if (now >= 4 * HOUR_MS && now < 5 * HOUR_MS) {
            // Slow: half of what is sent is taken, and all answers come too late.
            long arrives = random.nextBoolean() && !refused ? now + 5_000 : Long.MAX_VALUE;
            return new Try(
                    process,
                    delivery,
                    alert,
                    now + TIMEOUT_MS,
                    Outcome.failed("timeout", "it did not answer"),
                    arrives);
        }
        if (refused || (now >= 5 * HOUR_MS && now < WELL_AGAIN_MS)) {
            return new Try(
                    process, delivery, alert, quick, Outcome.failed("status", "it answered 500"), Long.MAX_VALUE);
        }
        if (random.nextInt(50) == 0) {
            // The answer is lost, and what it answers is not.
            return new Try(process, delivery, alert, quick, Outcome.failed("connection", "it broke off"), quick - 5);
        }
        return new Try(process, delivery, alert, quick, Outcome.delivered(), quick - 5);
    }

    private static int number(String callId) {
        return Integer.parseInt(callId.substring(callId.indexOf('-') + 1));
    }

    private void produce() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            log.add(new ArrayList<>());
        }
        for (int number = 0; number < ALERTS; number++) {
            int call = random.nextInt(CALLS);
            List<Alert> partition = log.get(call % PARTITIONS);
            partition.add(new Alert(
                    number, "call-" + call, call % PARTITIONS, partition.size(), number * TRAFFIC_MS / ALERTS));
        }
    }

    private void arrive(Try one, long atMs) {
        if (one.arrivesMs() > atMs) {
            return;
        }
        if (arrived.putIfAbsent(one.alert().number(), one.arrivesMs()) != null) {
            repeats++;
        }
    }

    private Process killed(Process process) {
        kills++;
        for (Try one : List.copyOf(underWay)) {
            // Its connections go with it; what the receiver has by then, it has.
            arrive(one, now);
        }
        underWay.removeIf(one -> one.process() == process);
        return new Process();
    }

    private void run() {
        Process process = new Process();
        long killAtMs = random.nextLong(30 * MINUTE_MS);
        long commitAtMs = 0;
        while (!process.isDone()) {
            process.read();
            process.post();
            process.bury();
            assertThat(process.deliveries.size()).isLessThanOrEqualTo(MAX_IN_MEMORY);
            long next = killAtMs;
            next = Math.min(
                    next, underWay.isEmpty() ? Long.MAX_VALUE : underWay.peek().endMs());
            OptionalLong due = process.deliveries.nextDueMs();
            next = Math.min(next, due.isPresent() ? due.getAsLong() : Long.MAX_VALUE);
            next = Math.min(next, now < TRAFFIC_MS ? now + 1_000 : Long.MAX_VALUE);
            now = Math.max(now, next);
            while (!underWay.isEmpty() && underWay.peek().endMs() <= now) {
                Try one = underWay.remove();
                arrive(one, one.endMs());
                if (process.deliveries.settle(one.delivery(), one.outcome(), now)) {
                    process.progress
                            .get(one.alert().partition())
                            .done(one.alert().offset());
                }
            }
            if (now >= commitAtMs) {
                process.commit();
                commitAtMs = now + COMMIT_MS;
            }
            if (now >= killAtMs) {
                process = killed(process);
                killAtMs = now + random.nextLong(30 * MINUTE_MS);
            }
        }
    }

    @Test
    void shouldBringEachAlertAtLeastOnceInOrderOfItsCallAndNoneBehindItsDeadLetter() {
        produce();
        run();

        Map<String, Long> lastOfCall = new HashMap<>();
        Set<Integer> neither = new HashSet<>();
        for (List<Alert> partition : log) {
            for (Alert alert : partition) {
                Long arrival = arrived.get(alert.number());
                boolean refused = number(alert.callId()) < REFUSED_CALLS;
                if (refused) {
                    assertThat(arrival).isNull();
                    assertThat(buried).containsKey(alert.number());
                    assertThat(lastTried.get(alert.number()))
                            .as("is tried for a day, and not behind its dead letter")
                            .isBetween(alert.producedAtMs() + DAY_MS, buried.get(alert.number()));
                } else if (arrival == null) {
                    neither.add(alert.number());
                } else {
                    assertThat(arrival)
                            .as("alert %d of %s", alert.number(), alert.callId())
                            .isGreaterThanOrEqualTo(lastOfCall.getOrDefault(alert.callId(), 0L))
                            .isLessThan(Math.max(alert.producedAtMs(), WELL_AGAIN_MS) + 5 * MINUTE_MS);
                    lastOfCall.put(alert.callId(), arrival);
                }
            }
        }
        assertThat(neither).isEmpty();
        assertThat(buried.keySet()).doesNotContainAnyElementsOf(arrived.keySet());
        assertThat(arrived.size() + buried.size()).isEqualTo(ALERTS);
        assertThat(buried).hasSizeBetween(50, 150);
        assertThat(kills).as("the simulation kills").isGreaterThan(50);
        assertThat(repeats).as("at least once is not exactly once").isPositive();
    }
}
