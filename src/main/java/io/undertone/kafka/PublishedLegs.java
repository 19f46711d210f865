package io.undertone.kafka;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How far legs are that any gateway published lately and that have not ended, so that another gateway can continue them. Known from
 * the topic of audio chunks itself, as far back as a leg may be idle, for as long as a {@link Reading} follows it. Thread-safe.
 */
public final class PublishedLegs {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    /** For calls that were forgotten, and for more partitions. */
    private static final long LOOK_EVERY_MS = 60_000;

    /** Fetches in batches, since waking the reader for every chunk would cost more than reading it. */
    private static final int FETCH_MIN_BYTES = 1 << 16;

    private static final int FETCH_WAIT_MS = 100;
    private static final int FETCH_MAX_BYTES = 1 << 18;

    private final UndertoneConfig config;
    private final LongSupplier clockMs;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    /** @param clockMs epoch ms */
    public PublishedLegs(UndertoneConfig config, LongSupplier clockMs) {
        this.config = config;
        this.clockMs = clockMs;
    }

    /**
     * One leg.
     *
     * @param end position after its last sample
     * @param endMs when that was spoken by its {@code capturedAt}, epoch ms
     * @param aheadMs by how much {@code capturedAt} was later than the time of the record, at most: its source began to count so late
     * @param sampleRateHz its rate
     */
    public record Leg(long end, long endMs, long aheadMs, int sampleRateHz) {
        private Leg and(Leg later) {
            Leg furthest = later.end > end ? later : this;
            return new Leg(furthest.end, furthest.endMs, Math.max(aheadMs, later.aheadMs), furthest.sampleRateHz);
        }
    }

    /** Legs of a call that are open, and when one was last published. */
    private record Call(Map<Role, Leg> legs, long seenMs) {}

    /** The legs of a call that are open, by role. */
    public Map<Role, Leg> of(String callId) {
        Call call = calls.get(callId);
        return call == null ? Map.of() : call.legs;
    }

    /** Calls with an open leg. */
    public int size() {
        return calls.size();
    }

    /** Begins to read, the last {@code leg.idle.ms} first. */
    public Reading read() {
        return new Reading();
    }

    private void heard(AudioChunk chunk, long timestampMs) {
        calls.compute(chunk.getCallId(), (id, call) -> {
            Map<Role, Leg> legs = new EnumMap<>(Role.class);
            legs.putAll(call == null ? Map.of() : call.legs);
            int rate = chunk.getSampleRateHz();
            if (chunk.getLast()) {
                legs.remove(chunk.getRole());
            } else if (rate > 0) {
                int samples = chunk.getAudio().remaining() / bytesPerSample(chunk.getEncoding());
                long endMs = chunk.getCapturedAt().toEpochMilli() + samples * 1_000L / rate;
                long aheadMs = Math.max(0, endMs - timestampMs);
                legs.merge(chunk.getRole(), new Leg(chunk.getPosition() + samples, endMs, aheadMs, rate), Leg::and);
            }
            return legs.isEmpty() ? null : new Call(legs, timestampMs);
        });
    }

    private void forgetIdle() {
        long since = clockMs.getAsLong() - config.legIdleMs();
        calls.values().removeIf(call -> call.seenMs < since);
    }

    private static int bytesPerSample(Encoding encoding) {
        return switch (encoding) {
            case MULAW, ALAW -> 1;
            case PCM_S16LE -> 2;
            case PCM_F32LE -> 4;
        };
    }

    /** Reads the topic. For one thread at a time, except {@link #stop}. */
    public final class Reading implements AutoCloseable {
        private final AvroCodec<AudioChunk> codec =
                RecordFormats.of(config).codec(AudioChunk.class, config.audioChunksTopic());
        private final Consumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> ends;
        private long lookedMs = clockMs.getAsLong();

        private Reading() {
            Map<String, Object> settings = KafkaSettings.consumer(config);
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            // An open transaction of another publisher must not hide later records.
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
            settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Cluster.PATIENCE.toMillis());
            settings.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
            settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
            settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_MAX_BYTES);
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            try {
                ends = begin();
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        private Map<TopicPartition, Long> begin() {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(config.audioChunksTopic())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            consumer.assign(partitions);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, clockMs.getAsLong() - config.legIdleMs()));
            Map<TopicPartition, Long> lengths = consumer.endOffsets(partitions);
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp from = begins.get(partition);
                Long end = lengths.get(partition);
                consumer.seek(partition, from != null ? from.offset() : end == null ? 0 : end);
            }
            return lengths;
        }

        /** Reads the topic's existing records, for at most 20 s. */
        public void catchUp() {
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (!reachedEnds() && System.nanoTime() < giveUpAt) {
                poll(POLL);
            }
        }

        private boolean reachedEnds() {
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        /**
         * Waits for chunks and notes how far their legs are.
         *
         * @return false once {@link #stop} was called, or where the topic has got more partitions, which another reading follows
         */
        public boolean poll(Duration atMost) {
            try {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
                    try {
                        heard(codec.decode(record.value()), record.timestamp());
                    } catch (UnreadableRecordException e) {
                        // The stage features makes a dead letter of it; here it says nothing.
                        continue;
                    }
                }
            } catch (WakeupException e) {
                return false;
            }
            if (clockMs.getAsLong() - lookedMs <= LOOK_EVERY_MS) {
                return true;
            }
            lookedMs = clockMs.getAsLong();
            forgetIdle();
            return consumer.partitionsFor(config.audioChunksTopic()).size() <= ends.size();
        }

        /** Ends a {@link #poll} under way, or else the next one. From any thread. */
        public void stop() {
            consumer.wakeup();
        }

        @Override
        public void close() {
            Closing.close(consumer, Duration.ofSeconds(1));
        }
    }
}
