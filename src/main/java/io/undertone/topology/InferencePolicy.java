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
 * @param topic to read windows from
 * @param eventsTopic to write events to
 * @param summariesTopic to write summaries to
 * @param waitingMaxPerLeg maximum waiting windows of one leg; at the limit reading pauses
 * @param queueMax maximum windows in the process' batch queue; at the limit reading pauses
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

    /** A transaction spans one wait and the work before and after it; this leaves two thirds of its timeout for that work. */
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
