package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.audio.SampleFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.KafkaClients;
import io.undertone.source.Chunking;
import io.undertone.source.Pace;
import io.undertone.source.PlayedCall;
import io.undertone.source.RecordingPublisher;
import java.io.IOException;
import org.apache.kafka.clients.producer.Producer;

/** A call published as audio chunks, as by an integrator's pipeline. */
record PublishedCall(PlayedCall call, double speed) implements CallSource {
    private static final int CHUNK_MS = 200;

    @Override
    public void play(UndertoneConfig config) throws IOException, InterruptedException {
        try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(config)) {
            new RecordingPublisher(
                            producer,
                            config.audioChunksTopic(),
                            SampleFormat.MULAW,
                            () -> Chunking.every(CHUNK_MS),
                            Pace.of(speed))
                    .play(call, ms -> {});
        }
    }
}
