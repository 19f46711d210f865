package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.AudioChunk;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} logs of calls, good ones and such as cannot be read, from its start to its end. */
class CallIdsInLogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final String CALL_ID = "anna-kowalska-0815";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final AvroCodec<AudioChunk> codec = new AvroCodec<>(AudioChunk.class);

    @Test
    void shouldNameCallsOnlyWhereAsked() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("topic.partitions=1")
                    .load();
            try (Cluster cluster = Cluster.reach(config, progress -> {})) {
                Topics.ensure(cluster, config);
            }
            assertThat(log(config, false))
                    .contains("NOT_AVRO", "BAD_SAMPLE_RATE")
                    .doesNotContain(CALL_ID);
            assertThat(log(config, true)).contains("NOT_AVRO", "key " + CALL_ID);
        }
    }

    /** All that it says on a leg, and on what is no chunk, no window and of no rate. */
    private String log(UndertoneConfig config, boolean namesCalls) throws Exception {
        SpokenLeg leg = SpokenLeg.cut(CALL_ID + (namesCalls ? "-b" : "-a"), SpokenLeg.material(), new Random(3), 4, 5);
        try (ServeProcess serve = ServeProcess.start(
                folder,
                "serve",
                "serve-" + namesCalls,
                folder.resolve("state"),
                config.bootstrapServers(),
                List.of("inference.threads=1", "log.call.ids=" + namesCalls))) {
            Awaitility.await().atMost(PATIENCE).until(serve::isReady);
            send(config, leg);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                Map<String, Double> metrics = serve.metrics();
                return metrics.getOrDefault("undertone_chunks_dead_total", 0.0) >= 2
                        && metrics.getOrDefault("undertone_windows_dead_total", 0.0) >= 1
                        && metrics.getOrDefault("undertone_inference_summaries_total", 0.0) >= 1;
            });
            serve.program().stop();
            assertThat(serve.program().awaitEnd(60)).isTrue();
            return serve.program().out() + serve.program().err();
        }
    }

    private void send(UndertoneConfig config, SpokenLeg leg) {
        byte[] key = leg.callId().getBytes(StandardCharsets.UTF_8);
        byte[] nonsense = "no record".getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(config.audioChunksTopic(), key, nonsense));
            producer.send(new ProducerRecord<>(config.mfccWindowsTopic(), key, nonsense));
            AudioChunk first = leg.chunk(0, System.currentTimeMillis());
            producer.send(new ProducerRecord<>(
                    config.audioChunksTopic(),
                    key,
                    codec.encode(AudioChunk.newBuilder(first).setSampleRateHz(7).build())));
            int size = leg.chunkMs() * SpokenLeg.RATE_HZ / 1000;
            for (int position = 0; position < leg.samples().length; position += size) {
                byte[] chunk = codec.encode(leg.chunk(position, System.currentTimeMillis()));
                producer.send(new ProducerRecord<>(config.audioChunksTopic(), key, chunk));
            }
        }
    }
}
