package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import io.undertone.ingest.LegId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ChunkProducerTest {
    private final MockProducer<String, AudioChunk> kafka =
            new MockProducer<>(false, null, new StringSerializer(), (topic, chunk) -> new byte[0]);
    private final ChunkProducer chunks = new ChunkProducer(kafka, "audio");
    private final List<AudioChunk> three = new ArrayList<>();

    ChunkProducerTest() {
        new LegPublisher(new LegId("call-1", Role.CUSTOMER), 8_000, 0, Chunking.every(200), three::add)
                .addLast(SampleFormat.MULAW, 0, new byte[4_800]);
    }

    @Test
    void shouldKeyByCallAndTellOutcomes() {
        List<String> told = new ArrayList<>();
        for (AudioChunk chunk : three) {
            chunks.send(chunk, failure -> told.add(chunk.getPosition() + " " + (failure == null)));
        }

        kafka.completeNext();
        kafka.errorNext(new TimeoutException("expired"));
        kafka.completeNext();

        assertThat(kafka.history())
                .hasSize(3)
                .allMatch(record ->
                        record.key().equals("call-1") && record.topic().equals("audio"));
        assertThat(told).containsExactly("0 true", "1600 false", "3200 true");
        assertThat(chunks.failed()).isEqualTo(1);
    }

    @Test
    void shouldFailOnceAChunkIsLost() {
        chunks.sendOrFail(three.get(0));
        kafka.errorNext(new TimeoutException("expired"));

        assertThatThrownBy(() -> chunks.sendOrFail(three.get(1)))
                .isInstanceOf(Failure.class)
                .hasMessage("Kafka does not take audio on the topic audio: expired");
        assertThatThrownBy(chunks::flush).isInstanceOf(Failure.class);
    }
}
