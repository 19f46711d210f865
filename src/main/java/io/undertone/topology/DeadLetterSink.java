package io.undertone.topology;

import io.undertone.DeadLetterReason;
import io.undertone.config.Stage;
import io.undertone.ingest.LegId;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.TaskAccount;
import io.undertone.publish.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends unusable records to the topic {@code dead-letters}, counts them and logs each reason at most once a minute. */
final class DeadLetterSink {
    /** Where a record was read, and its bytes as received; they are shared, not copied. */
    static final class Source {
        private final String topic;
        private final int partition;
        private final long offset;
        private final long timestampMs;
        private final byte @Nullable [] key;
        private final byte @Nullable [] value;

        Source(
                String topic,
                int partition,
                long offset,
                long timestampMs,
                byte @Nullable [] key,
                byte @Nullable [] value) {
            this.topic = topic;
            this.partition = partition;
            this.offset = offset;
            this.timestampMs = timestampMs;
            this.key = key;
            this.value = value;
        }

        String topic() {
            return topic;
        }

        int partition() {
            return partition;
        }

        long offset() {
            return offset;
        }

        long timestampMs() {
            return timestampMs;
        }

        byte @Nullable [] key() {
            return key;
        }

        byte @Nullable [] value() {
            return value;
        }
    }

    private final ProcessorContext<byte[], byte[]> context;
    private final String stage;
    private final TaskAccount account;
    private final CauseLog log;
    private final boolean namesCalls;

    /**
     * @param account of the task, in which each dead letter is counted
     * @param namesCalls whether the log may name calls
     */
    DeadLetterSink(
            ProcessorContext<byte[], byte[]> context,
            Stage stage,
            TaskAccount account,
            CauseLog log,
            boolean namesCalls) {
        this.context = context;
        this.stage = stage.configName();
        this.account = account;
        this.log = log;
        this.namesCalls = namesCalls;
    }

    @SuppressWarnings("NullAway") // Kafka's records may have no key and no value; its type parameters don't say so.
    void send(Source source, DeadLetterReason reason, String detail) {
        account.dead(reason);
        log.warn(
                reason.name(),
                detail + " (" + source.topic() + "-" + source.partition() + "@" + source.offset()
                        + (namesCalls ? ", key " + printable(source.key()) : "") + ")");
        Headers headers = DeadLetters.headers(
                reason, detail, stage, source.topic(), source.partition(), source.offset(), source.value());
        byte[] key = DeadLetters.atMost(DeadLetters.MAX_KEY_BYTES, source.key());
        byte[] value = DeadLetters.atMost(DeadLetters.MAX_VALUE_BYTES, source.value());
        context.forward(new Record<>(key, value, source.timestampMs(), headers), Names.DEAD_LETTERS);
    }

    /** Keys come from outside: they must neither forge log lines nor fill the log. */
    private static String printable(byte @Nullable [] key) {
        byte[] shown = DeadLetters.atMost(LegId.MAX_CALL_ID_CHARS, key);
        return shown == null ? "null" : new String(shown, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
