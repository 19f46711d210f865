package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class AudioSenderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TAKEN = "taken";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    /** Refuses as Kafka's producer does: tells the callback before it returns, and throws nothing. */
    private static final class Refusing extends MockProducer<String, AudioChunk> {
        private final AtomicInteger refusals;
        private final RuntimeException failure;

        private Refusing(boolean completes, int refusals, RuntimeException failure) {
            super(completes, null, new StringSerializer(), (topic, chunk) -> new byte[0]);
            this.refusals = new AtomicInteger(refusals);
            this.failure = failure;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, AudioChunk> record, Callback callback) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                callback.onCompletion(null, failure);
                return CompletableFuture.failedFuture(failure);
            }
            return super.send(record, callback);
        }

        private List<Long> positions() {
            return history().stream()
                    .map(record -> record.value().getPosition())
                    .toList();
        }
    }

    private static Refusing taking(boolean completes) {
        return new Refusing(completes, 0, new TimeoutException());
    }

    private static AudioChunk chunk(long position) {
        return AudioChunk.newBuilder()
                .setCallId("call")
                .setRole(Role.CUSTOMER)
                .setPosition(position)
                .setCapturedAt(Instant.EPOCH)
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(8_000)
                .setAudio(ByteBuffer.wrap(new byte[1_600]))
                .setLast(false)
                .build();
    }

    private AudioSender open(Refusing producer, long maxBytes) {
        return AudioSender.over(producer, "audio-chunks", maxBytes, nanos::get);
    }

    private void send(AudioSender sender, long position) {
        sender.send(chunk(position), failure -> told.add(failure == null ? TAKEN : failure));
    }

    @Test
    void shouldLoseNothingWhileTheTopicIsNotKnown() {
        Refusing producer =
                new Refusing(true, 3, new TimeoutException("Topic audio-chunks not present in metadata after 500 ms."));
        try (AudioSender sender = open(producer, 1 << 20)) {
            send(sender, 0);
            send(sender, 1_600);
            await().atMost(PATIENCE).until(() -> told.size() == 2);
            assertThat(told).containsOnly(TAKEN);
            assertThat(producer.positions()).containsExactly(0L, 1_600L);
        }
    }

    @Test
    void shouldLeaveOutWhatKafkaWillNeverTake() {
        Refusing producer = new Refusing(true, 1, new RecordTooLargeException("too large"));
        try (AudioSender sender = open(producer, 1 << 20)) {
            send(sender, 0);
            send(sender, 1_600);
            await().atMost(PATIENCE).until(() -> told.size() == 2);
            assertThat(told.get(0)).contains("too large");
            assertThat(producer.positions()).containsExactly(1_600L);
        }
    }

    @Test
    void shouldLeaveOutWhatDoesNotFitUntilThereIsRoom() {
        Refusing producer = taking(false);
        try (AudioSender sender = open(producer, 2_000)) {
            send(sender, 0);
            send(sender, 1_600);
            assertThat(told).containsExactly("gateway.buffer.bytes=2000 are full");
            await().atMost(PATIENCE).until(producer::completeNext);
            send(sender, 3_200);
            await().atMost(PATIENCE).until(producer::completeNext);
            assertThat(producer.positions()).containsExactly(0L, 3_200L);
            assertThat(told).hasSize(3).endsWith(TAKEN, TAKEN);
        }
    }

    @Test
    void shouldSayWhenKafkaTakesNothing() {
        Refusing producer = taking(false);
        try (AudioSender sender = open(producer, 1 << 20)) {
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(sender.isTaken()).isTrue();
            send(sender, 0);
            send(sender, 1_600);
            nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
            assertThat(sender.isTaken()).isTrue();
            nanos.incrementAndGet();
            assertThat(sender.isTaken()).isFalse();
            await().atMost(PATIENCE).until(producer::completeNext);
            assertThat(sender.isTaken()).isTrue();
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(sender.isTaken()).isFalse();
            await().atMost(PATIENCE).until(producer::completeNext);
            assertThat(sender.isTaken()).isTrue();
        }
    }

    @Test
    void shouldTellOfAllThatIsLeftWhenItCloses() {
        Refusing producer = new Refusing(true, Integer.MAX_VALUE, new TimeoutException("not known"));
        AudioSender sender = open(producer, 1 << 20);
        for (int i = 0; i < 10; i++) {
            send(sender, i * 1_600L);
        }
        sender.close();
        await().atMost(PATIENCE).until(() -> told.size() == 10);
        assertThat(told).doesNotContain(TAKEN);
    }
}
