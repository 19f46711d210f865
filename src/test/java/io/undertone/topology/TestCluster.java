package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.kafka.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;

/** A real broker with Undertone's topics, and a way to write audio and to read what was committed. */
@NullUnmarked
final class TestCluster implements AutoCloseable {
    static final int PARTITIONS = 2;

    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final UndertoneConfig config;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    TestCluster(Path stateFolder, String... settings) throws Exception {
        ConfigSources sources = new ConfigSources()
                .bootstrapServers(broker.bootstrapServers())
                .set("streams.state.dir", stateFolder)
                .set("stages=features,inference")
                // A process that is killed is missed sooner.
                .set("consumer.session.timeout.ms=6000");
        Stream.of(settings).forEach(sources::set);
        config = sources.load();
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            admin.createTopics(Stream.of(
                                    config.audioChunksTopic(),
                                    config.mfccWindowsTopic(),
                                    config.emotionEventsTopic(),
                                    config.callSummariesTopic(),
                                    config.deadLettersTopic())
                            .map(topic -> new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            cluster.configureGroups(config, refused -> {
                throw new IllegalStateException(refused);
            });
        }
        producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer());
    }

    UndertoneConfig config() {
        return config;
    }

    void send(List<AudioChunk> chunks) throws Exception {
        for (AudioChunk chunk : chunks) {
            send(TestLegs.customer(chunk.getCallId()).recordKey(), TestVoice.bytes(chunk));
        }
        awaitSent();
    }

    private void awaitSent() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
        sent.clear();
    }

    void send(byte[] key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(config.audioChunksTopic(), key, value)));
    }

    /** How the transactions of a stage stand. */
    List<TransactionState> transactions(Stage stage) throws Exception {
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            return admin.listTransactions().all().get().stream()
                    .filter(found -> found.transactionalId().startsWith(config.applicationId(stage)))
                    .map(TransactionListing::state)
                    .toList();
        }
    }

    /** Everything that was committed to a topic so far. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
        return records;
    }

    /** The same, as records. */
    <T extends SpecificRecord> List<T> committed(String topic, Class<T> type) {
        AvroCodec<T> codec = new AvroCodec<>(type);
        return committed(topic).stream()
                .map(record -> {
                    try {
                        return codec.decode(record.value());
                    } catch (UnreadableRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
