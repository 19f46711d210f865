package io.undertone.cli;

import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Bytes;

/** What Undertone's topics and the changelogs of its stores hold. Not thread-safe. */
final class BenchStorage {
    private static final String CHANGELOG = "-changelog";
    private static final List<Stage> APPLICATIONS = List.of(Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS);

    private final UndertoneConfig config;
    private final Cluster cluster;

    BenchStorage(UndertoneConfig config, Cluster cluster) {
        this.config = config;
        this.cluster = cluster;
    }

    /** By topic: bytes of its logs as they stand on the brokers' disks, compressed. */
    Map<String, Long> bytes() throws InterruptedException {
        List<String> own = Topics.wanted(config).stream().map(NewTopic::name).toList();
        return cluster.logBytes().entrySet().stream()
                .filter(topic -> own.contains(topic.getKey()) || isChangelog(topic.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isChangelog(String topic) {
        return topic.endsWith(CHANGELOG)
                && APPLICATIONS.stream().anyMatch(stage -> topic.startsWith(config.applicationId(stage) + "-"));
    }

    /** Bytes of all keys and values that stand in the stores, read from their changelogs. */
    long stateBytes() throws InterruptedException {
        List<String> changelogs =
                cluster.logBytes().keySet().stream().filter(this::isChangelog).toList();
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        long bytes = 0;
        try (Consumer<Bytes, Bytes> consumer =
                new KafkaConsumer<>(settings, new BytesDeserializer(), new BytesDeserializer())) {
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
                    sizes.put(record.key(), record.serializedKeySize() + record.serializedValueSize());
                }
            }
        }
        return sizes.values().stream().mapToLong(Integer::longValue).sum();
    }
}
