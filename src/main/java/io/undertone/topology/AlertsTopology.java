package io.undertone.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.alert.AlertRules;
import io.undertone.codec.RecordFormat;
import io.undertone.config.ConfigKeys;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.StageMetrics;
import io.undertone.registry.RecordFormats;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The application {@code alerts}, which reads the public events like any other consumer:
 *
 * <pre>
 * emotion-events ─► alerts ─┬─► emotion-alerts
 *                           └─► dead-letters
 * </pre>
 *
 * <p>Its state: the latest windows of each leg and which rules are met, in the store {@code leg-alerts}.
 */
public final class AlertsTopology {
    private AlertsTopology() {}

    /** The topology. */
    public static Topology build(UndertoneConfig config, MeterRegistry registry) {
        AlertRules rules = config.alertRules();
        StageMetrics metrics = StageMetrics.ofEvents(registry);
        RecordFormat format = RecordFormats.of(config);
        Topology topology = new Topology();
        topology.addSource(
                // Events from before this stage's first start are not alerted on.
                AutoOffsetReset.latest(),
                Names.EMOTION_EVENTS,
                new RecordTime(
                        System::currentTimeMillis,
                        config.shortestRetentionMs(
                                ConfigKeys.EMOTION_ALERTS_RETENTION_MS, ConfigKeys.DEAD_LETTERS_RETENTION_MS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                config.emotionEventsTopic());
        topology.addProcessor(
                Names.ALERTS,
                new ProcessorSupplier<byte[], byte[], byte[], byte[]>() {
                    @Override
                    public Processor<byte[], byte[], byte[], byte[]> get() {
                        return new AlertsProcessor(
                                rules,
                                config.emotionEventsTopic(),
                                format.codec(EmotionEvent.class, config.emotionEventsTopic()),
                                format.codec(EmotionAlert.class, config.emotionAlertsTopic()),
                                metrics,
                                registry,
                                config.logsCallIds());
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(ChangelogStores.builder(Names.ALERT_STORE, config.storesOnDisk(), true));
                    }
                },
                Names.EMOTION_EVENTS);
        FeaturesTopology.sink(topology, Names.EMOTION_ALERTS, config.emotionAlertsTopic(), Names.ALERTS);
        FeaturesTopology.sink(topology, Names.DEAD_LETTERS, config.deadLettersTopic(), Names.ALERTS);
        return topology;
    }
}
