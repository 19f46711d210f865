package io.undertone.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.config.ConfigKeys;
import io.undertone.config.UndertoneConfig;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.EventMetrics;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.model.EmotionModel;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The application {@code inference}:
 *
 * <pre>
 * mfcc-windows ─► verdicts ─┬─► emotion-events
 *                  ▲    │   ├─► call-summaries
 *                  │    ▼   └─► dead-letters
 *             dynamic batcher, shared by all tasks of the process
 * </pre>
 *
 * <p>Its state: windows that wait for a verdict, in the store {@code waiting-windows}, and each leg's tally and belief, in {@code tallies}.
 */
public final class InferenceTopology {
    private InferenceTopology() {}

    /**
     * The topology.
     *
     * @param batcher of the model's ensemble; stays open while the application runs
     * @param flow shared with the features stage if it runs in the same process
     */
    public static Topology build(
            UndertoneConfig config,
            EmotionModel model,
            DynamicBatcher batcher,
            MeterRegistry registry,
            FlowMetrics flow) {
        return build(config, model, batcher, registry, flow, System::nanoTime);
    }

    /** The same, with the clock for pausing reads. */
    static Topology build(
            UndertoneConfig config,
            EmotionModel model,
            DynamicBatcher batcher,
            MeterRegistry registry,
            FlowMetrics flow,
            LongSupplier nanoClock) {
        StageMetrics metrics = StageMetrics.ofWindows(registry);
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.MFCC_WINDOWS,
                new RecordTime(
                        System::currentTimeMillis,
                        config.shortestRetentionMs(
                                ConfigKeys.EMOTION_EVENTS_RETENTION_MS,
                                ConfigKeys.CALL_SUMMARIES_RETENTION_MS,
                                ConfigKeys.DEAD_LETTERS_RETENTION_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                config.mfccWindowsTopic());
        EventMetrics.model(registry, model.id().getName(), model.id().getVersion(), model.engine());
        EventMetrics events = new EventMetrics(
                registry,
                model.ensemble().labels(),
                model.ensemble().voters(),
                model.reference(),
                System::currentTimeMillis);
        topology.addProcessor(
                Names.VERDICTS, verdicts(config, model, batcher, metrics, flow, events, nanoClock), Names.MFCC_WINDOWS);
        FeaturesTopology.sink(topology, Names.EMOTION_EVENTS, config.emotionEventsTopic(), Names.VERDICTS);
        FeaturesTopology.sink(topology, Names.CALL_SUMMARIES, config.callSummariesTopic(), Names.VERDICTS);
        FeaturesTopology.sink(topology, Names.DEAD_LETTERS, config.deadLettersTopic(), Names.VERDICTS);
        return topology;
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> verdicts(
            UndertoneConfig config,
            EmotionModel model,
            DynamicBatcher batcher,
            StageMetrics metrics,
            FlowMetrics flow,
            EventMetrics events,
            LongSupplier nanoClock) {
        InferencePolicy policy = InferencePolicy.of(config);
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new InferenceProcessor(policy, model, batcher, metrics, flow, events, nanoClock);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        ChangelogStores.builder(Names.WAITING_STORE, config.storesOnDisk(), true),
                        ChangelogStores.builder(Names.TALLY_STORE, config.storesOnDisk(), true));
            }
        };
    }
}
