package io.undertone.topology;

import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time, brought into [now - half the retention; now]: what is derived from a record bears its time. A broker refuses records from
 * the future, and deletes those older than the retention of their topic before anybody reads them; a publisher's wrong clock must do neither.
 */
final class RecordTime implements TimestampExtractor {
    private final LongSupplier clockMs;
    private final long oldestMs;

    /**
     * @param clockMs the time, epoch ms
     * @param retentionMs shortest retention of the topics that derived records go to
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
