package io.undertone.webhooks;

import io.undertone.DeadLetterReason;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.WebhookMetrics;
import io.undertone.webhooks.DeadLetterWriter.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Delivers from the topics to one receiver: reads records, runs tries, writes dead letters for records given up, and commits progress. Each
 * receiver has its own loop and consumer group, so that none waits for another. Not thread-safe; tries run on an executor.
 */
final class ReceiverLoop {
    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    /** Poll interval while answers are pending: they come from other threads. */
    private static final Duration WAIT_IN_FLIGHT = Duration.ofMillis(10);

    private static final long COMMIT_MS = 500;
    private static final int MAX_LETTERS = 100;

    private final String name;
    private final Consumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Messages messages;
    private final Deliveries deliveries;
    private final DeadLetterWriter deadLetters;
    private final Poster poster;
    private final Executor posts;
    private final long maxBytes;
    private final WebhookMetrics metrics;
    private final CauseLog causes;
    private final LongSupplier clockMs;
    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final List<Letter> unreadable = new ArrayList<>();
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private volatile boolean assigned;
    private volatile boolean out;
    private long committedAtMs;

    private record Settled(Delivery delivery, Outcome outcome) {}

    /**
     * @param consumer not subscribed yet; closed by its owner
     * @param posts runs tries
     * @param maxBytes of records in memory, above which reading pauses
     */
    ReceiverLoop(
            String name,
            UndertoneConfig config,
            Consumer<byte @Nullable [], byte @Nullable []> consumer,
            Messages messages,
            Deliveries deliveries,
            DeadLetterWriter deadLetters,
            Poster poster,
            Executor posts,
            WebhookMetrics metrics,
            CauseLog causes,
            LongSupplier clockMs) {
        this.name = name;
        this.consumer = consumer;
        this.messages = messages;
        this.deliveries = deliveries;
        this.deadLetters = deadLetters;
        this.poster = poster;
        this.posts = posts;
        this.maxBytes = config.webhooks().bufferBytes();
        this.metrics = metrics;
        this.causes = causes;
        this.clockMs = clockMs;
    }

    /** Joins the receiver's consumer group. */
    void subscribe(Collection<String> topics) {
        consumer.subscribe(topics, new Rebalance());
    }

    /** One round: reads records, starts due tries, handles outcomes, commits. */
    void round() {
        for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(patience())) {
            take(record);
        }
        settle();
        bury();
        long now = clockMs.getAsLong();
        deliveries.start(now).forEach(this::start);
        if (now - committedAtMs >= COMMIT_MS) {
            commit();
        }
        slowDown();
        OptionalLong oldest = deliveries.oldestProducedAtMs();
        metrics.waiting(
                deliveries.size() + unreadable.size(), oldest.isPresent() ? Math.max(0, now - oldest.getAsLong()) : 0);
        out = deliveries.isOut();
    }

    private Duration patience() {
        if (deliveries.inFlight() > 0) {
            return WAIT_IN_FLIGHT;
        }
        OptionalLong due = deliveries.nextDueMs();
        long ms = due.isPresent() ? Math.max(0, due.getAsLong() - clockMs.getAsLong()) : MAX_WAIT.toMillis();
        return Duration.ofMillis(Math.min(ms, MAX_WAIT.toMillis()));
    }

    private void take(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        PartitionProgress of = progress.get(partition(record));
        if (of == null || !of.take(record.offset())) {
            return;
        }
        metrics.taken(1);
        try {
            Message message = messages.of(record.topic(), record.value());
            deliveries.take(record, message.callId(), message.producedAtMs(), clockMs.getAsLong());
        } catch (UnreadableRecordException e) {
            unreadable.add(new Letter(record, e.reason(), String.valueOf(e.getMessage())));
        }
    }

    private void start(Delivery delivery) {
        Message message;
        try {
            message = messages.of(delivery.source().topic(), delivery.source().value());
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException("must be readable, since it was before", e);
        }
        int failures = delivery.failures();
        posts.execute(() -> settled.add(new Settled(delivery, attempt(message, failures))));
    }

    private Outcome attempt(Message message, int failures) {
        try {
            return poster.post(message, failures);
        } catch (RuntimeException e) {
            return Outcome.failed("fault", e.toString());
        }
    }

    private void settle() {
        long now = clockMs.getAsLong();
        Settled one = settled.poll();
        while (one != null) {
            Delivery delivery = one.delivery();
            Outcome outcome = one.outcome();
            metrics.tried(outcome.cause());
            if (outcome.result() != Outcome.Result.DELIVERED) {
                causes.warn(
                        outcome.cause(),
                        "a post to the receiver " + name + " failed and is tried again, up to webhooks.retry.max.ms: "
                                + outcome.detail());
            }
            boolean dropped = delivery.dropped;
            if (deliveries.settle(delivery, outcome, now)) {
                of(delivery).done(delivery.source().offset());
                metrics.delivered(now - delivery.producedAtMs());
            } else if (dropped) {
                metrics.handedOver(1);
            }
            one = settled.poll();
        }
    }

    private PartitionProgress of(Delivery delivery) {
        PartitionProgress found = progress.get(delivery.partition());
        if (found == null) {
            throw new IllegalStateException("a delivery's partition must be assigned: " + delivery.partition());
        }
        return found;
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Writes dead letters for given-up and unreadable records, as far as the metadata has room to mark them as done. */
    private void bury() {
        List<Delivery> given = deliveries.givenUp().stream()
                .filter(delivery -> listed(delivery.source()))
                .limit(MAX_LETTERS)
                .toList();
        List<Letter> letters = new ArrayList<>(unreadable.stream()
                .filter(letter -> listed(letter.source()))
                .limit(MAX_LETTERS)
                .toList());
        List<Letter> unread = List.copyOf(letters);
        given.forEach(delivery -> letters.add(letter(delivery)));
        if (letters.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = new HashSet<>();
        letters.forEach(letter -> partitions.add(partition(letter.source())));
        letters.forEach(letter -> done(letter.source()));
        Map<TopicPartition, OffsetAndMetadata> reached = reached(partitions);
        try {
            deadLetters.write(letters, reached, consumer.groupMetadata());
        } catch (KafkaException e) {
            letters.forEach(letter -> reopen(letter.source()));
            causes.warn(
                    "DEAD_LETTER",
                    "dead letters of the receiver " + name + " cannot be written, which is tried again: "
                            + e.getMessage());
            return;
        }
        committed.putAll(reached);
        long now = clockMs.getAsLong();
        given.forEach(delivery -> deliveries.bury(delivery, now));
        unreadable.removeAll(unread);
        metrics.dead(letters.size());
    }

    private Letter letter(Delivery delivery) {
        return new Letter(
                delivery.source(),
                DeadLetterReason.WEBHOOK_FAILED,
                "the receiver " + name + " must take a record within webhooks.retry.max.ms of its making: tries="
                        + delivery.failures() + " in this process, at last " + delivery.lastFailure()
                        + "; post the record to it again once it is fixed");
    }

    private boolean listed(ConsumerRecord<?, ?> source) {
        PartitionProgress of = progress.get(partition(source));
        return of != null && source.offset() < of.commit().end();
    }

    private void done(ConsumerRecord<?, ?> source) {
        PartitionProgress of = progress.get(partition(source));
        if (of != null) {
            of.done(source.offset());
        }
    }

    private void reopen(ConsumerRecord<?, ?> source) {
        PartitionProgress of = progress.get(partition(source));
        if (of != null) {
            of.reopen(source.offset());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> reached(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress of = progress.get(partition);
            if (of != null) {
                PartitionProgress.Commit commit = of.commit();
                reached.put(partition, new OffsetAndMetadata(commit.offset(), commit.metadata()));
            }
        }
        return reached;
    }

    /** Commits changed progress. */
    private void commit() {
        committedAtMs = clockMs.getAsLong();
        Map<TopicPartition, OffsetAndMetadata> reached = reached(progress.keySet());
        reached.entrySet().removeIf(entry -> entry.getValue().equals(committed.get(entry.getKey())));
        if (reached.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(reached, Duration.ofSeconds(2));
            committed.putAll(reached);
        } catch (org.apache.kafka.common.errors.RetriableException
                | org.apache.kafka.clients.consumer.CommitFailedException e) {
            // The next commit includes this progress; if the partitions were reassigned, their new owner begins at the
            // last commit.
            causes.warn(
                    "COMMIT", "the progress of the receiver " + name + " cannot be committed now: " + e.getMessage());
        }
    }

    /** Pauses reading while memory is full. */
    private void slowDown() {
        Set<TopicPartition> paused = consumer.paused();
        if (deliveries.bytes() >= maxBytes && paused.isEmpty()) {
            consumer.pause(consumer.assignment());
        } else if (!paused.isEmpty() && deliveries.bytes() <= maxBytes / 2) {
            consumer.resume(paused);
        }
    }

    /** Waits for tries in flight, up to a limit, and commits. */
    void finish(long atMostMs, Runnable pause) {
        long until = clockMs.getAsLong() + atMostMs;
        settle();
        while (deliveries.inFlight() > 0 && clockMs.getAsLong() < until) {
            pause.run();
            settle();
        }
        commit();
        // The rest is counted when its partitions are revoked.
        metrics.handedOver(deliveries.inFlight());
        metrics.waiting(0, 0);
    }

    /** Whether it has joined its group. */
    boolean isAssigned() {
        return assigned;
    }

    /** Whether the receiver is considered down. */
    boolean isOut() {
        return out;
    }

    /** Handles assigned and revoked partitions. */
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(new HashSet<>(partitions));
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata at = known.get(partition);
                if (at == null) {
                    // Commits the start, so that records from here on are posted even after a restart before the first
                    // delivery.
                    progress.put(partition, PartitionProgress.at(consumer.position(partition)));
                } else {
                    progress.put(partition, PartitionProgress.of(at.offset(), at.metadata()));
                    committed.put(partition, at);
                }
            }
            assigned = true;
            committedAtMs = 0;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            settle();
            commit();
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            assigned = false;
            forget(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            int dropped = deliveries.drop(partitions::contains, clockMs.getAsLong());
            int before = unreadable.size();
            unreadable.removeIf(letter -> partitions.contains(partition(letter.source())));
            metrics.handedOver(dropped + before - unreadable.size());
            partitions.forEach(progress::remove);
            partitions.forEach(committed::remove);
        }
    }
}
