package io.undertone.topology;

import io.undertone.codec.RecordFormat;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.inference.DynamicBatcher;
import io.undertone.registry.RecordFormats;

/**
 * What the inference stage is told about its topics and about waiting.
 *
 * @param format of records
 * @param topic that windows are read from
 * @param eventsTopic that events go to
 * @param summariesTopic that summaries go to
 * @param waitingMaxPerLeg windows of one leg that may wait; at the limit reading waits
 * @param queueMax windows of the whole process that may queue for a batch; at the limit reading waits
 * @param waitMaxMs how long reading may wait between two chances to commit
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
    /** Batches that may queue: enough to keep every thread at work, little enough that lag shows what cannot be kept up with. */
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

    /** How the configuration wants windows batched. */
    static DynamicBatcher.Settings batching(UndertoneConfig config) {
        return new DynamicBatcher.Settings(
                config.inferenceBatchMaxSize(),
                config.inferenceBatchDelayMs(),
                config.inferenceThreads(),
                config.inferenceTimeoutMs());
    }
}
