package io.undertone.bench;

import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Bytes;

/** Measures the size of Undertone's topics and changelogs. Not thread-safe. */
public final class BenchStorage {
    private static final String CHANGELOG = "-changelog";
    /** Number of newest offsets of a changelog's partition whose records are measured. */
    private static final long SAMPLED = 1_000;

    private static final List<Stage> APPLICATIONS = List.of(Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS);

    private final UndertoneConfig config;
    private final Cluster cluster;

    public BenchStorage(UndertoneConfig config, Cluster cluster) {
        this.config = config;
        this.cluster = cluster;
    }

    /**
     * By topic: bytes of its logs on the brokers' disks, compressed. Without changelogs, since compaction
     * shrinks them and their growth is not what was written.
     */
    Map<String, Long> bytes() throws InterruptedException {
        List<String> own = Topics.wanted(config).stream().map(NewTopic::name).toList();
        return cluster.logBytes().entrySet().stream()
                .filter(topic -> own.contains(topic.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** End offsets of all changelogs; compaction does not change them. */
    Map<TopicPartition, Long> changelogEnds() throws InterruptedException {
        return cluster.endOffsets(
                cluster.logBytes().keySet().stream().filter(this::isChangelog).toList());
    }

    /**
     * By changelog: bytes of the keys and values that were written to it between two moments, before compression. Estimated
     * as the number of offsets times the mean size of the newest records.
     */
    Map<String, Double> written(Map<TopicPartition, Long> before, Map<TopicPartition, Long> after) {
        Map<String, List<TopicPartition>> changelogs =
                after.keySet().stream().collect(Collectors.groupingBy(TopicPartition::topic));
        Map<String, Double> written = new TreeMap<>();
        try (Consumer<Bytes, Bytes> consumer = consumer()) {
            changelogs.forEach((topic, partitions) -> {
                long offsets = partitions.stream()
                        .mapToLong(partition -> after.getOrDefault(partition, 0L) - before.getOrDefault(partition, 0L))
                        .sum();
                written.put(topic, offsets * bytesPerOffset(consumer, partitions, after));
            });
        }
        return written;
    }

    private static double bytesPerOffset(
            Consumer<Bytes, Bytes> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        consumer.assign(partitions);
        long offsets = 0;
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long from = Math.max(0, end - SAMPLED);
            consumer.seek(partition, from);
            offsets += end - from;
        }
        long bytes = 0;
        long giveUpAt = System.nanoTime() + Cluster.PATIENCE.toNanos();
        while (System.nanoTime() < giveUpAt
                && partitions.stream()
                        .anyMatch(partition ->
                                consumer.position(partition, Cluster.PATIENCE) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<Bytes, Bytes> record : consumer.poll(Duration.ofMillis(200))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                bytes += record.offset() < ends.getOrDefault(partition, 0L) ? size(record) : 0;
            }
        }
        return offsets == 0 ? 0 : bytes / (double) offsets;
    }

    /** Of key and value; a tombstone has no value. */
    private static int size(ConsumerRecord<Bytes, Bytes> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    private Consumer<Bytes, Bytes> consumer() {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new BytesDeserializer(), new BytesDeserializer());
    }

    private boolean isChangelog(String topic) {
        return topic.endsWith(CHANGELOG)
                && APPLICATIONS.stream().anyMatch(stage -> topic.startsWith(config.applicationId(stage) + "-"));
    }

    /** Bytes of all keys and values in the stores, read from their changelogs. */
    long stateBytes() throws InterruptedException {
        List<String> changelogs =
                cluster.logBytes().keySet().stream().filter(this::isChangelog).toList();
        long bytes = 0;
        try (Consumer<Bytes, Bytes> consumer = consumer()) {
            for (String topic : changelogs) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic, Cluster.PATIENCE).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                for (TopicPartition partition : partitions) {
                    bytes += stateBytes(consumer, partition);
                }
            }
        }
        return bytes;
    }

    private static long stateBytes(Consumer<Bytes, Bytes> consumer, TopicPartition partition) {
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        consumer.seekToBeginning(only);
        long end = consumer.endOffsets(only, Cluster.PATIENCE).getOrDefault(partition, 0L);
        Map<Bytes, Integer> sizes = new HashMap<>();
        long giveUpAt = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (consumer.position(partition, Cluster.PATIENCE) < end && System.nanoTime() < giveUpAt) {
            for (ConsumerRecord<Bytes, Bytes> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.value() == null) {
                    sizes.remove(record.key());
                } else {
                    sizes.put(record.key(), size(record));
                }
            }
        }
        return sizes.values().stream().mapToLong(Integer::longValue).sum();
    }
}
