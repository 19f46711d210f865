package io.undertone.webhooks;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A record to be delivered to a receiver; its state belongs to {@link Deliveries}. */
final class Delivery {
    /** Memory overhead of a record, bytes. */
    private static final int OVERHEAD_BYTES = 512;

    private final ConsumerRecord<byte @Nullable [], byte @Nullable []> source;
    private final TopicPartition partition;
    private final String callId;
    private final long producedAtMs;
    private final long turn;
    /** Failed tries in this process. */
    int failures;
    /** Failed tries since the receiver was last down, for the backoff. */
    int failuresOfItsOwn;

    long dueAtMs;
    boolean inFlight;
    /** Given up, waiting for its dead letter. */
    boolean givenUp;
    /** Its partition was revoked. */
    boolean dropped;

    String lastFailure = "";

    Delivery(ConsumerRecord<byte @Nullable [], byte @Nullable []> source, String callId, long producedAtMs, long turn) {
        this.source = source;
        this.partition = new TopicPartition(source.topic(), source.partition());
        this.callId = callId;
        this.producedAtMs = producedAtMs;
        this.turn = turn;
    }

    ConsumerRecord<byte @Nullable [], byte @Nullable []> source() {
        return source;
    }

    TopicPartition partition() {
        return partition;
    }

    String callId() {
        return callId;
    }

    long producedAtMs() {
        return producedAtMs;
    }

    long turn() {
        return turn;
    }

    int failures() {
        return failures;
    }

    String lastFailure() {
        return lastFailure;
    }

    long bytes() {
        byte[] key = source.key();
        byte[] value = source.value();
        return OVERHEAD_BYTES
                + (key == null ? 0 : key.length)
                + (value == null ? 0 : value.length)
                + 2L * callId.length();
    }
}
