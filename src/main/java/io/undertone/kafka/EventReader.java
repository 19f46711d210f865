package io.undertone.kafka;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.config.UndertoneConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed events, summaries, conversations and alerts from all partitions, without a consumer group. Only {@link #stop()} is thread-safe.
 */
public final class EventReader implements AutoCloseable {
    private final Consumer<String, @Nullable SpecificRecord> consumer;

    private final Map<TopicPartition, Long> ends;

    /** @param ends of each partition when it was opened */
    private EventReader(Consumer<String, @Nullable SpecificRecord> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = Map.copyOf(ends);
    }

    /**
     * Opens a reader of events and summaries.
     *
     * @param fromBeginning whether to start with the oldest records rather than with new ones
     */
    public static EventReader open(UndertoneConfig config, boolean fromBeginning) {
        return open(config, fromBeginning, List.of(config.emotionEventsTopic(), config.callSummariesTopic()));
    }

    /** As {@link #open}, of conversations and alerts too. */
    public static EventReader openAll(UndertoneConfig config, boolean fromBeginning) {
        return open(
                config,
                fromBeginning,
                List.of(
                        config.emotionEventsTopic(),
                        config.callSummariesTopic(),
                        config.callConversationsTopic(),
                        config.emotionAlertsTopic()));
    }

    /** Opens a reader of what people say of labels. */
    public static EventReader openFeedback(UndertoneConfig config, boolean fromBeginning) {
        return open(config, fromBeginning, List.of(config.emotionFeedbackTopic()));
    }

    private static EventReader open(UndertoneConfig config, boolean fromBeginning, List<String> topics) {
        Consumer<String, @Nullable SpecificRecord> consumer = KafkaClients.eventConsumer(config);
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic, Cluster.PATIENCE).stream())
                .map((PartitionInfo partition) -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Cluster.PATIENCE);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            // Looked up now: what is committed from here on is read, however late the first poll is.
            ends.forEach(consumer::seek);
        }
        return new EventReader(consumer, ends);
    }

    /**
     * Waits for records and hands them over.
     *
     * @return false once {@link #stop()} was called
     */
    public boolean poll(Duration atMost, EventListener to) {
        try {
            for (ConsumerRecord<String, @Nullable SpecificRecord> read : consumer.poll(atMost)) {
                if (read.value() instanceof EmotionEvent event) {
                    to.event(event);
                } else if (read.value() instanceof CallSummary summary) {
                    to.summary(summary);
                } else if (read.value() instanceof CallConversation conversation) {
                    to.conversation(conversation);
                } else if (read.value() instanceof EmotionFeedback feedback) {
                    to.feedback(feedback);
                } else if (read.value() instanceof EmotionAlert alert) {
                    to.alert(alert);
                }
            }
            to.settle();
            return true;
        } catch (WakeupException e) {
            return false;
        }
    }

    /** Whether all that was there when it was opened has been handed over. */
    public boolean hasReadAll() {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey(), Cluster.PATIENCE) >= end.getValue());
    }

    /** Ends a {@link #poll} under way, or else the next one. From any thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
