package io.undertone.kafka;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.registry.RecordFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How far legs are that were published lately and have not ended: whoever goes on with one begins where it stands. Read once, from the
 * topic of audio chunks itself, as far back as a leg may be idle. Thread-safe.
 */
public final class PublishedLegs {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Map<Role, Leg>> legs;

    private PublishedLegs(Map<String, Map<Role, Leg>> legs) {
        this.legs = legs;
    }

    /**
     * One leg.
     *
     * @param end position after its last sample
     * @param endMs when that was spoken, epoch ms
     * @param sampleRateHz its rate
     */
    public record Leg(long end, long endMs, int sampleRateHz) {}

    /** Reads the last {@code leg.idle.ms} of the topic, for at most 20 s. */
    public static PublishedLegs read(UndertoneConfig config, long nowMs) {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Cluster.PATIENCE.toMillis());
        PublishedLegs published = new PublishedLegs(new HashMap<>());
        var codec = RecordFormats.of(config).codec(AudioChunk.class, config.audioChunksTopic());
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = begin(consumer, config, nowMs);
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (!reached(consumer, ends) && System.nanoTime() < giveUpAt) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    try {
                        published.heard(codec.decode(record.value()));
                    } catch (UnreadableRecordException e) {
                        // The stage features makes a dead letter of it; here it says nothing.
                        continue;
                    }
                }
            }
        }
        return published;
    }

    private static Map<TopicPartition, Long> begin(
            Consumer<String, byte[]> consumer, UndertoneConfig config, long nowMs) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(config.audioChunksTopic())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, nowMs - config.legIdleMs()));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp from = begins.get(partition);
            Long end = ends.get(partition);
            consumer.seek(partition, from != null ? from.offset() : end == null ? 0 : end);
        }
        return ends;
    }

    private static boolean reached(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void heard(AudioChunk chunk) {
        Map<Role, Leg> call = legs.computeIfAbsent(chunk.getCallId(), id -> new EnumMap<>(Role.class));
        if (chunk.getLast()) {
            call.remove(chunk.getRole());
            return;
        }
        int samples = chunk.getAudio().remaining() / bytesPerSample(chunk.getEncoding());
        int rate = chunk.getSampleRateHz();
        long end = chunk.getPosition() + samples;
        if (rate > 0) {
            Leg leg = new Leg(end, chunk.getCapturedAt().toEpochMilli() + samples * 1_000L / rate, rate);
            call.merge(chunk.getRole(), leg, (before, now) -> now.end > before.end ? now : before);
        }
    }

    private static int bytesPerSample(Encoding encoding) {
        return switch (encoding) {
            case MULAW, ALAW -> 1;
            case PCM_S16LE -> 2;
            case PCM_F32LE -> 4;
        };
    }

    /** The legs of a call, by role; they are given once. */
    public synchronized Map<Role, Leg> take(String callId) {
        Map<Role, Leg> found = legs.remove(callId);
        return found == null ? Map.of() : found;
    }
}
