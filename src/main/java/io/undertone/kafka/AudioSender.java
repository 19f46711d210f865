package io.undertone.kafka;

import io.undertone.AudioChunk;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.registry.RecordFormats;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks without ever making callers wait for Kafka: chunks are kept in a buffer of {@code gateway.buffer.bytes} until Kafka
 * has them; those that do not fit are dropped. A thread of its own does the waiting, also for the topic, which the producer forgets while
 * brokers start again. Thread-safe.
 */
public final class AudioSender implements AutoCloseable {
    /** How long audio waits for Kafka. */
    private static final int PATIENCE_MS = 300_000;

    /** With what else ends, less than the 10 s that an orchestrator grants. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Audio that waits for longer shows that Kafka is unavailable, not just slow. */
    private static final Duration AWAY = Duration.ofSeconds(10);

    private static final int BLOCK_MS = 500;
    private static final int POLL_MS = 50;

    /** What a chunk takes besides its audio, about. */
    private static final int CHUNK_BYTES = 256;

    private final String topic;
    private final long maxBytes;
    private final Producer<String, AudioChunk> producer;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread = new Thread(this::sendAll, "undertone-gateway-sender");
    private final LongSupplier nanos;
    /** Since when audio waits and Kafka has taken none. */
    private volatile long waitingSinceNanos;

    private volatile boolean closing;

    /** A chunk that Kafka does not have yet. */
    private record Waiting(AudioChunk chunk, int bytes, long sinceNanos, Consumer<@Nullable String> done) {}

    private AudioSender(String topic, long maxBytes, Producer<String, AudioChunk> producer, LongSupplier nanos) {
        this.nanos = nanos;
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.producer = producer;
    }

    /** Connects. */
    public static AudioSender open(UndertoneConfig config) {
        Map<String, Object> settings = KafkaSettings.producer(config);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        String topic = config.audioChunksTopic();
        var codec = RecordFormats.of(config).codec(AudioChunk.class, topic);
        // Called by the sender's thread alone.
        Producer<String, AudioChunk> producer =
                new KafkaProducer<>(settings, new StringSerializer(), (name, chunk) -> codec.encode(chunk));
        return over(producer, topic, config.gateway().bufferBytes(), System::nanoTime);
    }

    /**
     * Sends through this producer.
     *
     * @param producer closed with the sender
     * @param maxBytes most that waits
     * @param nanos as {@link System#nanoTime}
     */
    static AudioSender over(Producer<String, AudioChunk> producer, String topic, long maxBytes, LongSupplier nanos) {
        AudioSender sender = new AudioSender(topic, maxBytes, producer, nanos);
        sender.thread.setDaemon(true);
        sender.thread.start();
        return sender;
    }

    /**
     * Takes a chunk.
     *
     * @param done called with null once Kafka has it, or with the reason why it never will; on any thread
     */
    public void send(AudioChunk chunk, Consumer<@Nullable String> done) {
        int size = chunk.getAudio().remaining() + CHUNK_BYTES;
        long waiting = bytes.addAndGet(size);
        if (waiting == size) {
            waitingSinceNanos = nanos.getAsLong();
        }
        if (waiting > maxBytes) {
            bytes.addAndGet(-size);
            done.accept("gateway.buffer.bytes=" + maxBytes + " are full");
            return;
        }
        queue.add(new Waiting(chunk, size, nanos.getAsLong(), done));
    }

    private void sendAll() {
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting next = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            finish(left, "the gateway stops");
        }
    }

    private void send(Waiting next) {
        ProducerRecord<String, AudioChunk> record = new ProducerRecord<>(topic, next.chunk.getCallId(), next.chunk);
        boolean again = true;
        while (again) {
            boolean mayWait = mayWait(next);
            AtomicBoolean refused = new AtomicBoolean();
            try {
                producer.send(record, (metadata, failure) -> {
                    // The producer throws no timeout: it tells it here, before it returns. Then the topic is not known
                    // yet or
                    // its own buffer is full, and no record was made.
                    if (mayWait && failure instanceof TimeoutException && Thread.currentThread() == thread) {
                        refused.set(true);
                    } else {
                        finish(next, failure == null ? null : Causes.innermost(failure));
                    }
                });
            } catch (KafkaException | IllegalStateException e) {
                finish(next, Causes.innermost(e));
            }
            again = refused.get();
        }
    }

    private boolean mayWait(Waiting chunk) {
        boolean late = nanos.getAsLong() - chunk.sinceNanos > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        return !late && !closing && !Thread.currentThread().isInterrupted();
    }

    private void finish(Waiting chunk, @Nullable String failure) {
        bytes.addAndGet(-chunk.bytes);
        if (failure == null) {
            waitingSinceNanos = nanos.getAsLong();
        }
        chunk.done.accept(failure);
    }

    /** Whether Kafka takes audio: some of what waits, or nothing waits. */
    public boolean isTaken() {
        return bytes.get() == 0 || nanos.getAsLong() - waitingSinceNanos < AWAY.toNanos();
    }

    /** Sends what can be sent within seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        producer.close(CLOSE_TIMEOUT);
    }
}
