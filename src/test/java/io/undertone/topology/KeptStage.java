package io.undertone.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.BatchObserver;
import io.undertone.inference.DynamicBatcher;
import io.undertone.ingest.LegId;
import io.undertone.metrics.FlowMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullUnmarked;

/** A stage under Kafka Streams' test driver, whose stores can be kept and restored. */
@NullUnmarked
final class KeptStage implements AutoCloseable {
    private static final long FOR_EVER_MS = 10_000_000_000_000L;
    private static final Instant START = Instant.ofEpochMilli(KeptContent.STARTED_MS);

    private final TopologyTestDriver driver;
    private final DynamicBatcher batcher;
    private final TestInputTopic<byte[], byte[]> input;

    private KeptStage(TopologyTestDriver driver, String inputTopic, DynamicBatcher batcher) {
        this.driver = driver;
        this.batcher = batcher;
        this.input = driver.createInputTopic(inputTopic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static UndertoneConfig config(Path folder) {
        return new ConfigSources()
                .set("streams.state.dir", folder)
                .set("inference.batch.delay.ms=0")
                .set("inference.batch.max.size=1")
                .set("inference.threads=1")
                .set("alert.rules", KeptContent.ALERT_RULES)
                // What is derived bears its record's time only within half of these.
                .set("topic.emotion.events.retention.ms=" + FOR_EVER_MS)
                .set("topic.call.summaries.retention.ms=" + FOR_EVER_MS)
                .set("topic.emotion.alerts.retention.ms=" + FOR_EVER_MS)
                .set("topic.dead.letters.retention.ms=" + FOR_EVER_MS)
                .load();
    }

    static KeptStage inference(Path folder, TestModel model) {
        UndertoneConfig config = config(folder);
        DynamicBatcher batcher = batcher(config, model);
        TopologyTestDriver driver = new TopologyTestDriver(
                inference(config, model, batcher), KafkaSettings.streams(config, Stage.INFERENCE), START);
        return new KeptStage(driver, config.mfccWindowsTopic(), batcher);
    }

    static KeptStage alerts(Path folder) {
        UndertoneConfig config = config(folder);
        TopologyTestDriver driver = new TopologyTestDriver(
                AlertsTopology.build(config, new SimpleMeterRegistry()),
                KafkaSettings.streams(config, Stage.ALERTS),
                START);
        return new KeptStage(driver, config.emotionEventsTopic(), null);
    }

    private static DynamicBatcher batcher(UndertoneConfig config, TestModel model) {
        return new DynamicBatcher(
                model.ensemble(), InferencePolicy.batching(config), System::nanoTime, BatchObserver.NONE);
    }

    private static Topology inference(UndertoneConfig config, TestModel model, DynamicBatcher batcher) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return InferenceTopology.build(config, model, batcher, registry, new FlowMetrics(registry));
    }

    /** Names that Kafka keeps state under: {@code APPLICATION SUBTOPOLOGY STORE}, for every store of every stage. */
    static Set<String> stores(Path folder, FeatureSpec spec) {
        UndertoneConfig config = config(folder);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TestModel model = new TestModel(spec, batch -> {});
        Set<String> stores = new TreeSet<>();
        try (DynamicBatcher batcher = batcher(config, model)) {
            add(
                    stores,
                    config.applicationId(Stage.FEATURES),
                    FeaturesTopology.build(config, spec, registry, new FlowMetrics(registry)));
            add(stores, config.applicationId(Stage.INFERENCE), inference(config, model, batcher));
            add(stores, config.applicationId(Stage.ALERTS), AlertsTopology.build(config, registry));
        }
        return stores;
    }

    private static void add(Set<String> stores, String application, Topology topology) {
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    processor.stores().forEach(store -> stores.add(application + " " + part.id() + " " + store));
                }
            }
        }
    }

    void send(LegId leg, byte[] value) {
        input.pipeInput(leg.recordKey(), value, START);
    }

    TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** Lets the wall clock go on by so much that answers are looked for. */
    void tick() {
        driver.advanceWallClockTime(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        driver.close();
        if (batcher != null) {
            batcher.close();
        }
    }
}
