package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.CauseLog;
import io.undertone.registry.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed events and summaries, alerts and conversations from the public topics into {@link LiveCalls}, on its own thread: all
 * partitions, without a consumer group, from the recent past on. An unreachable broker or a missing topic is retried; topics of alerts and
 * conversations that are missing or not readable are skipped.
 */
final class EventFeed implements AutoCloseable {
    /** How far back it starts, so that the page also shows what happened just before its start. */
    static final Duration LOOK_BACK = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_FOR_PARTITIONS_EVERY_MS = 30_000;
    private static final long PRUNE_EVERY_MS = 1_000;
    private static final long RETRY_MS = 1_000;

    private final LiveCalls calls;
    private final String eventsTopic;
    private final String summariesTopic;
    private final String alertsTopic;
    private final String conversationsTopic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LongSupplier clockMs;
    private final Runnable skipped;
    private final CauseLog skips;
    private final AvroCodec<EmotionEvent> events;
    private final AvroCodec<CallSummary> summaries;
    private final AvroCodec<EmotionAlert> alerts;
    private final AvroCodec<CallConversation> conversations;
    private final Thread thread = new Thread(this::run, "undertone-web-feed");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile Health health = Health.down("feed", "starting");
    private volatile boolean everCaughtUp;
    private String lastTrouble = "";
    private boolean saidForbidden;

    /**
     * Not reading yet.
     *
     * @param config names the topics
     * @param format of the records
     * @param consumers makes a consumer that reads what was committed; closed here
     * @param clockMs the time, epoch ms
     * @param skipped is run for each record that is not of its schema
     */
    EventFeed(
            LiveCalls calls,
            UndertoneConfig config,
            RecordFormat format,
            Supplier<Consumer<byte[], byte[]>> consumers,
            LongSupplier clockMs,
            Runnable skipped) {
        this.calls = calls;
        this.eventsTopic = config.emotionEventsTopic();
        this.summariesTopic = config.callSummariesTopic();
        this.alertsTopic = config.emotionAlertsTopic();
        this.conversationsTopic = config.callConversationsTopic();
        this.events = format.codec(EmotionEvent.class, eventsTopic);
        this.summaries = format.codec(CallSummary.class, summariesTopic);
        this.alerts = format.codec(EmotionAlert.class, alertsTopic);
        this.conversations = format.codec(CallConversation.class, conversationsTopic);
        this.consumers = consumers;
        this.clockMs = clockMs;
        this.skipped = skipped;
        this.skips = new CauseLog(LOG, clockMs);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Up while it reads and has caught up with the records at its start. */
    Health health() {
        return health;
    }

    /** Whether it has ever been up. */
    boolean everCaughtUp() {
        return everCaughtUp;
    }

    @Override
    public void close() {
        stopped.countDown();
        Consumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void run() {
        while (!isStopped()) {
            try (Consumer<byte[], byte[]> reading = consumers.get()) {
                consumer = reading;
                read(reading);
            } catch (WakeupException | InterruptException e) {
                // Only close() wakes it.
                return;
            } catch (RuntimeException e) {
                // Kafka's and the registry's faults pass; any other must not end the page while it says that it is up.
                trouble(e.getMessage() == null ? e.toString() : e.getMessage());
            }
            pause();
        }
    }

    private void trouble(String what) {
        health = Health.down("feed", "cannot read " + eventsTopic + " and " + summariesTopic + ": " + what);
        if (!what.equals(lastTrouble)) {
            LOG.warn("the page cannot read {} and {}, and tries again: {}", eventsTopic, summariesTopic, what);
            lastTrouble = what;
        }
    }

    private void pause() {
        try {
            stopped.await(RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<byte[], byte[]> reading) {
        List<TopicPartition> partitions = partitions(reading);
        if (partitions.isEmpty()) {
            trouble("no such topics; 'undertone topics' creates them");
            return;
        }
        reading.assign(partitions);
        seekToRecentPast(reading, partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(reading.endOffsets(partitions, PATIENCE));
        long nextPruneMs = clockMs.getAsLong();
        long nextLookMs = nextPruneMs + LOOK_FOR_PARTITIONS_EVERY_MS;
        while (!isStopped()) {
            reading.poll(POLL).forEach(this::take);
            if (!ends.isEmpty()) {
                ends.entrySet().removeIf(end -> reading.position(end.getKey(), PATIENCE) >= end.getValue());
                if (ends.isEmpty()) {
                    lastTrouble = "";
                    everCaughtUp = true;
                    health = Health.up("feed", "reading " + partitions.size() + " partitions");
                }
            }
            long now = clockMs.getAsLong();
            if (now >= nextPruneMs) {
                nextPruneMs = now + PRUNE_EVERY_MS;
                calls.prune();
            }
            if (now >= nextLookMs) {
                nextLookMs = now + LOOK_FOR_PARTITIONS_EVERY_MS;
                partitions = withNew(reading, partitions);
            }
        }
    }

    /** All partitions of the topics; empty unless those of events and summaries exist. */
    private List<TopicPartition> partitions(Consumer<byte[], byte[]> reading) {
        List<TopicPartition> found = new ArrayList<>();
        for (String topic : List.of(eventsTopic, summariesTopic)) {
            List<TopicPartition> ofTopic = partitions(reading, topic);
            if (ofTopic.isEmpty()) {
                return List.of();
            }
            found.addAll(ofTopic);
        }
        for (String topic : List.of(alertsTopic, conversationsTopic)) {
            try {
                found.addAll(partitions(reading, topic));
            } catch (AuthorizationException e) {
                if (!saidForbidden) {
                    saidForbidden = true;
                    LOG.warn("the page shows nothing of {}: the right to read it is missing", topic);
                }
            }
        }
        return found;
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> reading, String topic) {
        return Stream.ofNullable(reading.partitionsFor(topic, PATIENCE))
                .flatMap(List::stream)
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private void seekToRecentPast(Consumer<byte[], byte[]> reading, List<TopicPartition> partitions) {
        long fromMs = clockMs.getAsLong() - LOOK_BACK.toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, fromMs));
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, OffsetAndTimestamp> starts = reading.offsetsForTimes(times, PATIENCE);
        for (TopicPartition partition : partitions) {
            // Null where nothing is that young.
            OffsetAndTimestamp start = starts.get(partition);
            reading.seek(
                    partition, start != null ? start.offset() : Objects.requireNonNullElse(ends.get(partition), 0L));
        }
    }

    /** Topics may get partitions while they are read: those are read from their start. */
    private List<TopicPartition> withNew(Consumer<byte[], byte[]> reading, List<TopicPartition> known) {
        List<TopicPartition> now = partitions(reading);
        List<TopicPartition> added = new ArrayList<>(now);
        added.removeAll(known);
        if (added.isEmpty()) {
            return known;
        }
        reading.assign(now);
        reading.seekToBeginning(added);
        return now;
    }

    private void take(ConsumerRecord<byte[], byte[]> read) {
        try {
            if (read.topic().equals(eventsTopic)) {
                calls.add(events.decode(read.value()));
            } else if (read.topic().equals(alertsTopic)) {
                calls.add(alerts.decode(read.value()));
            } else if (read.topic().equals(conversationsTopic)) {
                calls.add(conversations.decode(read.value()));
            } else {
                calls.add(summaries.decode(read.value()));
            }
        } catch (RegistryException e) {
            // Not the record's fault: all is read again once the registry answers.
            throw e;
        } catch (UnreadableRecordException | RuntimeException e) {
            skipped.run();
            skips.warn(
                    read.topic(),
                    "the page skips a record that is not of its schema: partition=" + read.partition() + ", offset="
                            + read.offset());
        }
    }
}
