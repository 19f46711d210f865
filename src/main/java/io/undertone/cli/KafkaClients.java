package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Producers and consumers of Undertone's records. */
final class KafkaClients {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);

    private KafkaClients() {}

    /** For the topic of audio chunks. */
    static Producer<String, AudioChunk> audioProducer(UndertoneConfig config) {
        Map<String, Object> settings = KafkaSettings.producer(config);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) Cluster.PATIENCE.toMillis());
        Serializer<AudioChunk> chunks = (topic, chunk) -> {
            try {
                ByteBuffer bytes = AudioChunk.getEncoder().encode(chunk);
                byte[] array = new byte[bytes.remaining()];
                bytes.get(array);
                return array;
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory does not fail", e);
            }
        };
        return new KafkaProducer<>(settings, new StringSerializer(), chunks);
    }

    /** For events and summaries; null for a record that is neither. */
    static Consumer<String, @Nullable SpecificRecord> eventConsumer(UndertoneConfig config) {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Cluster.PATIENCE.toMillis());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        Deserializer<@Nullable SpecificRecord> records = (topic, bytes) -> {
            try {
                return topic.equals(config.emotionEventsTopic())
                        ? EmotionEvent.getDecoder().decode(bytes)
                        : CallSummary.getDecoder().decode(bytes);
            } catch (IOException | RuntimeException e) {
                LOG.warn("a record on {} is not of its schema and is passed over: {}", topic, e.toString());
                return null;
            }
        };
        return new KafkaConsumer<>(settings, new StringDeserializer(), records);
    }
}
