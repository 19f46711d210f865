package io.undertone.kafka;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.registry.RecordFormats;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Producers and consumers of Undertone's records. */
public final class KafkaClients {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);

    private KafkaClients() {}

    /** For the topic of audio chunks; fails within half a minute where Kafka does not answer. */
    public static Producer<String, AudioChunk> audioProducer(UndertoneConfig config) {
        return audioProducer(config, Duration.ofSeconds(30), Cluster.PATIENCE);
    }

    /**
     * For the topic of audio chunks.
     *
     * @param delivery how long a chunk is tried, at least 10 s
     * @param block how long {@code send} waits for a topic that it does not know yet, or for room in its buffer
     */
    public static Producer<String, AudioChunk> audioProducer(
            UndertoneConfig config, Duration delivery, Duration block) {
        Map<String, Object> settings = KafkaSettings.producer(config);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.toMillis());
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) block.toMillis());
        AvroCodec<AudioChunk> codec = RecordFormats.of(config).codec(AudioChunk.class, config.audioChunksTopic());
        // Called on the threads that send, and a codec is for one at a time.
        return new KafkaProducer<>(settings, new StringSerializer(), (topic, chunk) -> {
            synchronized (codec) {
                return codec.encode(chunk);
            }
        });
    }

    /** For events, summaries, conversations, alerts and feedback; null for a record that is none of them. */
    public static Consumer<String, @Nullable SpecificRecord> eventConsumer(UndertoneConfig config) {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Cluster.PATIENCE.toMillis());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new Records(config));
    }

    /** Events, conversations, alerts and feedback on their topics, summaries on any other. */
    private static final class Records implements Deserializer<@Nullable SpecificRecord> {
        private final String eventsTopic;
        private final AvroCodec<EmotionEvent> events;
        private final AvroCodec<CallSummary> summaries;
        private final String conversationsTopic;
        private final AvroCodec<CallConversation> conversations;
        private final String alertsTopic;
        private final AvroCodec<EmotionAlert> alerts;
        private final String feedbackTopic;
        private final AvroCodec<EmotionFeedback> feedback;
        private boolean warned;

        private Records(UndertoneConfig config) {
            RecordFormat format = RecordFormats.of(config);
            this.eventsTopic = config.emotionEventsTopic();
            this.events = format.codec(EmotionEvent.class, eventsTopic);
            this.summaries = format.codec(CallSummary.class, config.callSummariesTopic());
            this.conversationsTopic = config.callConversationsTopic();
            this.conversations = format.codec(CallConversation.class, conversationsTopic);
            this.alertsTopic = config.emotionAlertsTopic();
            this.alerts = format.codec(EmotionAlert.class, alertsTopic);
            this.feedbackTopic = config.emotionFeedbackTopic();
            this.feedback = format.codec(EmotionFeedback.class, feedbackTopic);
        }

        @Override
        public @Nullable SpecificRecord deserialize(String topic, byte[] bytes) {
            try {
                if (topic.equals(conversationsTopic)) {
                    return conversations.decode(bytes);
                }
                if (topic.equals(feedbackTopic)) {
                    return feedback.decode(bytes);
                }
                if (topic.equals(alertsTopic)) {
                    return alerts.decode(bytes);
                }
                return topic.equals(eventsTopic) ? events.decode(bytes) : summaries.decode(bytes);
            } catch (UnreadableRecordException e) {
                if (!warned) {
                    LOG.warn("a record on {} is skipped, as all unreadable ones are: {}", topic, e.getMessage());
                    warned = true;
                }
                return null;
            }
        }
    }
}
