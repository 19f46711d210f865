package io.undertone.source;

import io.undertone.AudioChunk;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks to a topic of Kafka, by their call ids, and counts those that it does not take. Waits where the producer does: for a
 * topic that it does not know yet, and while its buffer is full. The producer stays its owner's. Thread-safe.
 */
public final class ChunkProducer implements ChunkSink {
    private final Producer<String, AudioChunk> producer;
    private final String topic;
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

    public ChunkProducer(Producer<String, AudioChunk> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** @throws RuntimeException if the producer refuses it at once; {@code outcome} is then not called */
    @Override
    public void send(AudioChunk chunk, Outcome outcome) {
        producer.send(new ProducerRecord<>(topic, chunk.getCallId(), chunk), (metadata, exception) -> {
            if (exception != null) {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, exception);
            }
            outcome.settled(exception);
        });
    }

    /**
     * Sends a chunk of a recording, where one that is missing makes the others useless.
     *
     * @throws Failure where Kafka did not take an earlier one
     */
    public void sendOrFail(AudioChunk chunk) {
        throwFailure();
        send(chunk, Outcome.IGNORED);
    }

    /**
     * Waits until Kafka has taken all that was sent.
     *
     * @throws Failure where it did not take all
     */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Exception e = firstFailure.get();
        if (e != null) {
            throw new Failure("Kafka does not take audio on the topic " + topic + ": " + Causes.innermost(e), e);
        }
    }

    /** Chunks that Kafka did not take. */
    public long failed() {
        return failed.get();
    }
}
