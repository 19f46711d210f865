package io.undertone.topology;

import io.undertone.codec.RecordFormat;
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
 * @param namesCalls whether log lines may name calls
 */
record InferencePolicy(
        RecordFormat format,
        String topic,
        String eventsTopic,
        String summariesTopic,
        int waitingMaxPerLeg,
        int queueMax,
        boolean namesCalls) {
    /** Batches that may queue: enough to keep every thread at work, little enough that lag shows what cannot be kept up with. */
    private static final int BATCHES_QUEUED = 8;

    static InferencePolicy of(UndertoneConfig config) {
        return new InferencePolicy(
                RecordFormats.of(config),
                config.mfccWindowsTopic(),
                config.emotionEventsTopic(),
                config.callSummariesTopic(),
                config.inferenceWaitingMaxPerLeg(),
                BATCHES_QUEUED * config.inferenceBatchMaxSize(),
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
