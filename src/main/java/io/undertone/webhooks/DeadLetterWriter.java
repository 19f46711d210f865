package io.undertone.webhooks;

import io.undertone.DeadLetterReason;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.publish.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters and the offsets past them in one transaction, so that no record is tried again after its dead letter, even after a
 * crash. Not thread-safe.
 */
final class DeadLetterWriter implements AutoCloseable {
    private static final int TRANSACTION_MS = 10_000;

    private final UndertoneConfig config;
    private final String receiver;
    private final String transactionalId;
    private @Nullable Producer<byte @Nullable [], byte @Nullable []> producer;

    /** @param transactionalId unique to this process */
    DeadLetterWriter(UndertoneConfig config, String receiver, String transactionalId) {
        this.config = config;
        this.receiver = receiver;
        this.transactionalId = transactionalId;
    }

    /** A record that becomes a dead letter. */
    record Letter(
            ConsumerRecord<byte @Nullable [], byte @Nullable []> source, DeadLetterReason reason, String detail) {}

    /**
     * Writes all of them and the offsets, or nothing.
     *
     * @throws KafkaException where nothing was written
     */
    void write(List<Letter> letters, Map<TopicPartition, OffsetAndMetadata> progress, ConsumerGroupMetadata group) {
        try {
            Producer<byte @Nullable [], byte @Nullable []> open = open();
            open.beginTransaction();
            letters.forEach(letter -> open.send(record(letter)));
            open.sendOffsetsToTransaction(progress, group);
            open.commitTransaction();
        } catch (KafkaException e) {
            // Whatever failed, the transaction is not committed, and a new producer aborts it.
            close();
            throw e;
        }
    }

    private Producer<byte @Nullable [], byte @Nullable []> open() {
        Producer<byte @Nullable [], byte @Nullable []> open = producer;
        if (open == null) {
            Map<String, Object> settings = KafkaSettings.producer(config);
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
            settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
            settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_MS);
            open = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
            open.initTransactions();
        }
        return open;
    }

    private ProducerRecord<byte @Nullable [], byte @Nullable []> record(Letter letter) {
        ConsumerRecord<byte @Nullable [], byte @Nullable []> source = letter.source();
        Headers headers = DeadLetters.headers(
                letter.reason(),
                letter.detail(),
                Stage.WEBHOOKS.configName(),
                source.topic(),
                source.partition(),
                source.offset(),
                source.value());
        headers.add(DeadLetters.RECEIVER, receiver.getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                config.deadLettersTopic(),
                null,
                null,
                DeadLetters.atMost(DeadLetters.MAX_KEY_BYTES, source.key()),
                DeadLetters.atMost(DeadLetters.MAX_VALUE_BYTES, source.value()),
                headers);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
