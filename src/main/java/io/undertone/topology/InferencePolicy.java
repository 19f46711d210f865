package io.undertone.topology;

import io.undertone.codec.RecordFormat;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.inference.DynamicBatcher;
import io.undertone.registry.RecordFormats;

/**
 * Topics and limits of the inference stage.
 *
 * @param format of records
 * @param topic that windows are read from
 * @param eventsTopic that events are written to
 * @param summariesTopic that summaries are written to
 * @param waitingMaxPerLeg maximum waiting windows of one leg; at the limit reading pauses
 * @param queueMax maximum windows of the process in the batch queue; at the limit reading pauses
 * @param waitMaxMs how long reading may pause between two opportunities to commit
 * @param namesCalls whether log lines may name calls
 */
record InferencePolicy(
        RecordFormat format,
        String topic,
        String eventsTopic,
        String summariesTopic,
        int waitingMaxPerLeg,
        int queueMax,
        long waitMaxMs,
        boolean namesCalls) {
    /** Maximum queued batches: enough to keep every thread busy, few enough that overload shows as consumer lag. */
    private static final int BATCHES_QUEUED = 8;

    /** A transaction lasts for one wait and what goes before and after it: this leaves two thirds of its time-out for those. */
    private static final int WAITS_PER_TRANSACTION = 3;

    static InferencePolicy of(UndertoneConfig config) {
        return new InferencePolicy(
                RecordFormats.of(config),
                config.mfccWindowsTopic(),
                config.emotionEventsTopic(),
                config.callSummariesTopic(),
                config.inferenceWaitingMaxPerLeg(),
                BATCHES_QUEUED * config.inferenceBatchMaxSize(),
                KafkaSettings.transactionTimeoutMs(config, Stage.INFERENCE) / WAITS_PER_TRANSACTION,
                config.logsCallIds());
    }

    /** The batching settings of the configuration. */
    static DynamicBatcher.Settings batching(UndertoneConfig config) {
        return new DynamicBatcher.Settings(
                config.inferenceBatchMaxSize(),
                config.inferenceBatchDelayMs(),
                config.inferenceThreads(),
                config.inferenceTimeoutMs());
    }
}
