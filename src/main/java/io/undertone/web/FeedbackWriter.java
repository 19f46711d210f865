package io.undertone.web;

import io.undertone.EmotionFeedback;
import io.undertone.codec.AvroCodec;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.registry.RecordFormats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes feedback to its topic and waits for each acknowledgement. The producer is created with the first record, and closed here.
 * Thread-safe.
 */
final class FeedbackWriter implements FeedbackSink {
    private static final int DELIVERY_MS = 10_000;
    private static final int REQUEST_MS = 5_000;

    private final UndertoneConfig config;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable AvroCodec<EmotionFeedback> codec;
    private boolean closed;

    FeedbackWriter(UndertoneConfig config) {
        this.config = config;
    }

    @Override
    public void write(EmotionFeedback feedback) throws NotTakenException, InterruptedException {
        try {
            send(feedback).get(2L * DELIVERY_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotTakenException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException | RuntimeException e) {
            // Kafka's faults and the registry's.
            throw new NotTakenException(e.toString(), e);
        }
    }

    private synchronized java.util.concurrent.Future<?> send(EmotionFeedback feedback) {
        if (closed) {
            throw new KafkaException("the page is closing");
        }
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            Map<String, Object> settings = KafkaSettings.producer(config);
            settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
            settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
            settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MS);
            open = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        AvroCodec<EmotionFeedback> encoder = codec;
        if (encoder == null) {
            encoder = RecordFormats.of(config).codec(EmotionFeedback.class, config.emotionFeedbackTopic());
            codec = encoder;
        }
        return open.send(new ProducerRecord<>(
                config.emotionFeedbackTopic(),
                feedback.getCallId().getBytes(StandardCharsets.UTF_8),
                encoder.encode(feedback)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        Producer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }
}
