package io.undertone.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.inference.BatchObserver;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.FlowMetrics;
import io.undertone.model.EmotionModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.awaitility.Awaitility;

/** Both applications, one behind the other, without Kafka: chunks in, events and summaries out. For one thread. */
public final class TestFlow implements AutoCloseable {
    private final AvroCodec<AudioChunk> chunkCodec = new AvroCodec<>(AudioChunk.class);
    private final AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
    private final AvroCodec<CallSummary> summaryCodec = new AvroCodec<>(CallSummary.class);
    private final DynamicBatcher batcher;
    private final TopologyTestDriver features;
    private final TopologyTestDriver inference;
    private final TestInputTopic<byte[], byte[]> chunks;
    private final TestOutputTopic<byte[], byte[]> windowsOut;
    private final TestInputTopic<byte[], byte[]> windowsIn;
    private final TestOutputTopic<byte[], byte[]> events;
    private final TestOutputTopic<byte[], byte[]> summaries;
    private final List<TestOutputTopic<byte[], byte[]>> deadLetters;

    /** What came of some chunks. */
    public record Result(List<EmotionEvent> events, List<CallSummary> summaries, int deadLetters) {}

    /**
     * Starts both.
     *
     * @param config with a state folder of its own; record format and topics are the default ones
     * @param model stays open
     */
    public TestFlow(UndertoneConfig config, EmotionModel model, Instant start) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        FlowMetrics flow = new FlowMetrics(registry);
        batcher = new DynamicBatcher(
                model.ensemble(), InferencePolicy.batching(config), System::nanoTime, BatchObserver.NONE);
        features = new TopologyTestDriver(
                FeaturesTopology.build(config, model.spec(), registry, flow),
                KafkaSettings.streams(config, Stage.FEATURES),
                start);
        inference = new TopologyTestDriver(
                InferenceTopology.build(config, model, batcher, registry, flow),
                KafkaSettings.streams(config, Stage.INFERENCE),
                start);
        chunks = input(features, config.audioChunksTopic());
        windowsOut = output(features, config.mfccWindowsTopic());
        windowsIn = input(inference, config.mfccWindowsTopic());
        events = output(inference, config.emotionEventsTopic());
        summaries = output(inference, config.callSummariesTopic());
        deadLetters =
                List.of(output(features, config.deadLettersTopic()), output(inference, config.deadLettersTopic()));
    }

    private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Takes chunks and gives what comes of them.
     *
     * @param legs how many of their legs end
     */
    public Result take(List<AudioChunk> sent, int legs) {
        for (AudioChunk chunk : sent) {
            chunks.pipeInput(
                    chunk.getCallId().getBytes(StandardCharsets.UTF_8),
                    chunkCodec.encode(chunk),
                    chunk.getCapturedAt());
        }
        windowsOut.readRecordsToList().forEach(windowsIn::pipeInput);
        List<EmotionEvent> published = new ArrayList<>();
        List<CallSummary> ends = new ArrayList<>();
        Awaitility.await().pollInSameThread().until(() -> {
            inference.advanceWallClockTime(Duration.ofMillis(5));
            for (byte[] event : events.readValuesToList()) {
                published.add(decode(eventCodec, event));
            }
            for (byte[] summary : summaries.readValuesToList()) {
                ends.add(decode(summaryCodec, summary));
            }
            return ends.size() >= legs;
        });
        int letters = deadLetters.stream()
                .mapToInt(topic -> topic.readRecordsToList().size())
                .sum();
        return new Result(published, ends, letters);
    }

    private static <T extends org.apache.avro.specific.SpecificRecordBase> T decode(AvroCodec<T> codec, byte[] value) {
        try {
            return codec.decode(value);
        } catch (UnreadableRecordException e) {
            throw new AssertionError("what the flow publishes must be readable", e);
        }
    }

    @Override
    public void close() {
        features.close();
        inference.close();
        batcher.close();
    }
}
