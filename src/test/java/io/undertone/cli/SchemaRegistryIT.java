package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.audio.SampleFormat;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.features.FeatureSpecs;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.kafka.KafkaClients;
import io.undertone.registry.ApicurioRegistry;
import io.undertone.registry.StubRegistry;
import io.undertone.source.CallFile;
import io.undertone.source.Chunking;
import io.undertone.source.Pace;
import io.undertone.source.PlayedCall;
import io.undertone.source.RecordingPublisher;
import io.undertone.topology.TestModel;
import io.undertone.topology.UndertoneStreams;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call through a real broker in the Confluent wire format: against Apicurio Registry by its Confluent interface where it was
 * downloaded, and against a stub that follows Confluent's documentation.
 */
class SchemaRegistryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String UNRELATED =
            "{\"type\":\"record\",\"name\":\"EmotionEvent\",\"namespace\":\"io.undertone\","
                    + "\"fields\":[{\"name\":\"other\",\"type\":\"string\"}]}";

    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path state;

    @Test
    void shouldStreamACallWithARealRegistry() throws Exception {
        try (ApicurioRegistry registry = ApicurioRegistry.start()) {
            streamACall(registry.url());
            assertThat(registry.get("/subjects"))
                    .contains(
                            "audio-chunks-value", "mfcc-windows-value", "emotion-events-value", "call-summaries-value");
            assertThat(registry.get("/config/emotion-events-value")).contains("BACKWARD");
        }
    }

    @Test
    void shouldStreamACallWithARegistryByTheDocumentation() throws Exception {
        try (StubRegistry registry = StubRegistry.start()) {
            streamACall(registry.url());
        }
    }

    @Test
    void shouldSayWhatKeepsARegistryFromBeingUsed() throws Exception {
        try (StubRegistry registry = StubRegistry.start();
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            registry.put("emotion-events-value", UNRELATED);

            CommandRunner.Result result = run("topics", broker, registry.url());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.errLines())
                    .last()
                    .asString()
                    .startsWith("undertone: the schema of emotion-events-value must be able to read");
            registry.close();
            assertThat(run("topics", broker, registry.url()).errLines())
                    .last()
                    .asString()
                    .contains("must answer", "check schema.registry.url");
        }
    }

    private CommandRunner.Result run(String command, EmbeddedBroker broker, String url, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command, "--bootstrap-server", broker.bootstrapServers(), "--set", "schema.registry.url=" + url));
        arguments.addAll(List.of(more));
        return runner.run(arguments.toArray(String[]::new));
    }

    private void streamACall(String url) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            CommandRunner.Result missing = run("topics", broker, url, "--check");
            CommandRunner.Result created = run("topics", broker, url);
            CommandRunner.Result checked = run("topics", broker, url, "--check");
            assertThat(missing.exitCode()).isEqualTo(1);
            assertThat(created.exitCode()).as(created.err()).isZero();
            assertThat(created.outLines())
                    .filteredOn(line -> line.startsWith("created") && line.contains("-value"))
                    .hasSize(7);
            assertThat(checked.exitCode()).as(checked.err()).isZero();
            assertThat(checked.outLines())
                    .filteredOn(line -> line.startsWith("exists") && line.contains("-value"))
                    .hasSize(7);
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("stages", "features,inference")
                    .set("streams.state.dir", state)
                    .set("schema.registry.url", url)
                    .load();
            // Whoever has not changed yet still publishes in single-object encoding: both are read.
            UndertoneConfig old = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .load();
            stream(config, old);
            assertThat(firstBytes(config, config.emotionEventsTopic()))
                    .isNotEmpty()
                    .containsOnly((byte) 0);
            assertThat(firstBytes(config, config.mfccWindowsTopic())).containsOnly((byte) 0);
            assertThat(firstBytes(config, config.audioChunksTopic())).contains((byte) 0, (byte) 0xC3);
        }
    }

    private static void stream(UndertoneConfig config, UndertoneConfig old) throws Exception {
        PlayedCall call = CallFile.read(Path.of("demo/call.wav"), "new", List.of());
        Collector collector = new Collector();
        try (UndertoneStreams streams = new UndertoneStreams(
                        config, FeatureSpecs.telephone(), new TestModel(), new SimpleMeterRegistry());
                EventReader reader = EventReader.open(config, true)) {
            streams.start();
            Awaitility.await().atMost(PATIENCE).until(streams::isReady);
            play(config, call);
            play(old, call.named("old"));
            Awaitility.await().atMost(PATIENCE).until(() -> {
                reader.poll(Duration.ofMillis(200), collector);
                return collector.summaries.size() >= 2;
            });
        }
        assertThat(collector.summaries).extracting(CallSummary::getCallId).containsExactlyInAnyOrder("new", "old");
        assertThat(collector.labels("new")).isNotEmpty().isEqualTo(collector.labels("old"));
    }

    private static void play(UndertoneConfig config, PlayedCall call) throws Exception {
        try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(config)) {
            new RecordingPublisher(
                            producer,
                            config.audioChunksTopic(),
                            SampleFormat.MULAW,
                            () -> Chunking.every(200),
                            Pace.of(Pace.MAX))
                    .play(call, ms -> {});
        }
    }

    private static List<Byte> firstBytes(UndertoneConfig config, String topic) {
        List<Byte> bytes = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                    bytes.add(ByteBuffer.wrap(read.value()).get(0));
                }
            }
        }
        return bytes;
    }

    private static final class Collector implements EventListener {
        private final List<EmotionEvent> events = new ArrayList<>();
        private final List<CallSummary> summaries = new ArrayList<>();

        @Override
        public void event(EmotionEvent event) {
            events.add(event);
        }

        @Override
        public void summary(CallSummary summary) {
            summaries.add(summary);
        }

        private List<String> labels(String callId) {
            return events.stream()
                    .filter(event -> event.getCallId().equals(callId))
                    .map(event -> event.getIndex() + event.getLabel())
                    .toList();
        }
    }
}
