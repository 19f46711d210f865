package io.undertone.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.MfccWindow;
import io.undertone.codec.RecordFormat;
import io.undertone.config.ConfigKeys;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.registry.RecordFormats;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The application {@code features}:
 *
 * <pre>
 * audio-chunks ─► legs ─┬─► mfcc-windows
 *                       ├─► call-conversations (with conversation.measures)
 *                       └─► dead-letters
 * </pre>
 *
 * <p>Its state: each leg's state in the store {@code legs}, and the levels of calls in {@code conversations}.
 */
public final class FeaturesTopology {
    private FeaturesTopology() {}

    /**
     * The topology.
     *
     * @param spec of the bundle that judges the windows
     * @param flow shared with the inference stage if it runs in the same process
     */
    public static Topology build(UndertoneConfig config, FeatureSpec spec, MeterRegistry registry, FlowMetrics flow) {
        LegPolicy policy = LegPolicy.of(config);
        StageMetrics metrics = StageMetrics.ofChunks(registry);
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.AUDIO_CHUNKS,
                new RecordTime(
                        System::currentTimeMillis,
                        config.shortestRetentionMs(
                                ConfigKeys.MFCC_WINDOWS_RETENTION_MS, ConfigKeys.DEAD_LETTERS_RETENTION_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                config.audioChunksTopic());
        topology.addProcessor(Names.LEGS, legs(config, spec, policy, metrics, flow), Names.AUDIO_CHUNKS);
        sink(topology, Names.MFCC_WINDOWS, config.mfccWindowsTopic(), Names.LEGS);
        if (policy.measuresConversations()) {
            sink(topology, Names.CALL_CONVERSATIONS, config.callConversationsTopic(), Names.LEGS);
        }
        sink(topology, Names.DEAD_LETTERS, config.deadLettersTopic(), Names.LEGS);
        return topology;
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> legs(
            UndertoneConfig config, FeatureSpec spec, LegPolicy policy, StageMetrics metrics, FlowMetrics flow) {
        RecordFormat format = RecordFormats.of(config);
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                AudioChunkReader reader = new AudioChunkReader(
                        policy.chunkMaxBytes(), format.codec(AudioChunk.class, config.audioChunksTopic()));
                return new LegProcessor(
                        spec,
                        policy,
                        reader,
                        format.codec(MfccWindow.class, config.mfccWindowsTopic()),
                        format.codec(CallConversation.class, config.callConversationsTopic()),
                        metrics,
                        flow);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                StoreBuilder<?> legs = ChangelogStores.builder(Names.LEG_STORE, config.storesOnDisk(), false);
                return policy.measuresConversations()
                        ? Set.of(legs, ChangelogStores.builder(Names.CONVERSATION_STORE, config.storesOnDisk(), false))
                        : Set.of(legs);
            }
        };
    }

    static void sink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }
}
