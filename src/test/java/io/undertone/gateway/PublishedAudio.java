package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.registry.RecordFormats;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a gateway has published to a broker whose topics have one partition. */
final class PublishedAudio {
    private PublishedAudio() {}

    static void createTopics(UndertoneConfig config) throws InterruptedException {
        try (Cluster cluster = Cluster.reach(config, line -> {})) {
            Topics.ensure(cluster, config);
        }
    }

    /** What the topic holds of a leg, in order. */
    static List<AudioChunk> published(UndertoneConfig config, String callId, Role role) throws Exception {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        var codec = RecordFormats.of(config).codec(AudioChunk.class, config.audioChunksTopic());
        TopicPartition partition = new TopicPartition(config.audioChunksTopic(), 0);
        List<AudioChunk> chunks = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    AudioChunk chunk = codec.decode(record.value());
                    if (chunk.getCallId().equals(callId) && chunk.getRole() == role) {
                        assertThat(record.key()).isEqualTo(callId);
                        chunks.add(chunk);
                    }
                }
            }
        }
        return chunks;
    }

    static byte[] audio(List<AudioChunk> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (AudioChunk chunk : chunks) {
            byte[] bytes = new byte[chunk.getAudio().remaining()];
            chunk.getAudio().duplicate().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    /** Whether the customer's leg has its last chunk. */
    static boolean hasEnded(UndertoneConfig config, String callId) throws Exception {
        return published(config, callId, Role.CUSTOMER).stream().anyMatch(AudioChunk::getLast);
    }
}
