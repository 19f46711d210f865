package io.undertone.topology;

import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time, limited to [now - half the retention; now]: derived records have the timestamp of their source. Brokers reject records
 * from the future, and delete those older than their topic's retention before they are read; a publisher's wrong clock must cause neither.
 */
final class RecordTime implements TimestampExtractor {
    private final LongSupplier clockMs;
    private final long oldestMs;

    /**
     * @param clockMs the time, epoch ms
     * @param retentionMs shortest retention of the topics of derived records
     */
    RecordTime(LongSupplier clockMs, long retentionMs) {
        this.clockMs = clockMs;
        this.oldestMs = retentionMs / 2;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long nowMs = clockMs.getAsLong();
        return Math.max(nowMs - oldestMs, Math.min(record.timestamp(), nowMs));
    }
}
