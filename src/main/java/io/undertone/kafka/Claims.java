package io.undertone.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an application's processes, in the compacted topic {@code <application id>-processes}: what it writes to,
 * and what it makes of it with. A record for each process, a tombstone once it has ended in order; those of processes that were
 * killed stay until somebody finds the group empty. Not thread-safe.
 */
final class Claims {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;
    private final UndertoneConfig config;
    private final String application;

    Claims(Admin admin, UndertoneConfig config, String application) {
        this.admin = admin;
        this.config = config;
        this.application = application;
    }

    static String topic(String application) {
        return application + "-processes";
    }

    /**
     * A process' claim.
     *
     * @param output the topic that it writes to
     * @param with what it works with, in words, such as a bundle's name and version
     * @param fingerprint differs where what it works with differs
     */
    record Claim(String output, String with, String fingerprint) {}

    /** Makes the topic where it is missing. */
    void create() throws InterruptedException {
        NewTopic topic = new NewTopic(
                        topic(application),
                        Optional.of(1),
                        Optional.of(config.topicReplicationFactor()).filter(factor -> factor > 0))
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            Answers.get(admin.createTopics(List.of(topic)).all(), "create the topic " + topic.name());
        } catch (Failure e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** What processes say, by their names, oldest first; empty where there is no such topic. */
    Map<String, Claim> read() throws InterruptedException {
        Map<String, Claim> claims = new LinkedHashMap<>();
        if (!Answers.get(admin.listTopics().names(), "list topics").contains(topic(application))) {
            return claims;
        }
        TopicPartition partition = new TopicPartition(topic(application), 0);
        Consumer<String, String> consumer =
                new KafkaConsumer<>(KafkaSettings.consumer(config), new StringDeserializer(), new StringDeserializer());
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), Cluster.PATIENCE).getOrDefault(partition, 0L);
            long giveUpAt = System.nanoTime() + Cluster.PATIENCE.toNanos();
            while (consumer.position(partition, Cluster.PATIENCE) < end) {
                consumer.poll(POLL).forEach(read -> {
                    claims.remove(read.key());
                    Claim claim = claim(read.value());
                    if (claim != null) {
                        claims.put(read.key(), claim);
                    }
                });
                if (System.nanoTime() > giveUpAt) {
                    throw new Failure("cannot read the topic " + partition.topic() + " to its end within "
                            + Cluster.PATIENCE.toSeconds() + " s");
                }
            }
        } finally {
            Closing.close(consumer, Cluster.PATIENCE);
        }
        return claims;
    }

    /**
     * Writes what some processes say; null: they are gone.
     *
     * @param patience how long to wait for Kafka; a process that ends has little
     */
    void write(Map<String, @Nullable Claim> claims, Duration patience) throws InterruptedException {
        Map<String, Object> settings = KafkaSettings.producer(config);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        Producer<String, @Nullable String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        Duration forTheRest = patience;
        try {
            for (Map.Entry<String, @Nullable Claim> claim : claims.entrySet()) {
                producer.send(new ProducerRecord<>(topic(application), 0, claim.getKey(), json(claim.getValue())))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new Failure("cannot write to " + topic(application) + ": " + Causes.innermost(e), Answers.cause(e));
        } catch (InterruptedException e) {
            forTheRest = Duration.ZERO;
            throw e;
        } finally {
            producer.close(forTheRest);
        }
    }

    static String newProcess() {
        return UUID.randomUUID().toString();
    }

    private static @Nullable String json(@Nullable Claim claim) {
        if (claim == null) {
            return null;
        }
        ObjectNode object = JSON.createObjectNode();
        return object.put("output", claim.output())
                .put("with", claim.with())
                .put("fingerprint", claim.fingerprint())
                .toString();
    }

    private static @Nullable Claim claim(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            JsonNode object = JSON.readTree(text);
            return new Claim(
                    object.path("output").asText(),
                    object.path("with").asText(),
                    object.path("fingerprint").asText());
        } catch (JsonProcessingException e) {
            // A claim of a later version, which this one cannot read.
            return null;
        }
    }
}
