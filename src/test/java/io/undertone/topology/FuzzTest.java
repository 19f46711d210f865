package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.MfccWindow;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.BatchObserver;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.publish.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever is sent: each record is used, dropped with its cause or a dead letter with its reason, the stream goes on, and what it
 * keeps stays bounded. {@code -Dfuzz.chunks=1000000} is the long form, {@code -Dfuzz.seed} another run.
 */
@NullUnmarked
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122);
    private static final int CHUNKS = Integer.getInteger("fuzz.chunks", 20_000);
    private static final int LEGS_MAX = 200;
    private static final Instant START = Instant.ofEpochMilli(TestVoice.STARTED_MS);

    @TempDir
    Path stateFolder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldAccountForEveryChunkAndGoOn() throws Exception {
        ListAppender<ILoggingEvent> log = listen();
        UndertoneConfig config = new ConfigSources()
                .set("streams.state.dir", stateFolder)
                .set("legs.max", LEGS_MAX)
                .set("leg.ended.retention.ms=60000")
                .set("leg.idle.ms=10000")
                .load();
        FlowMetrics flow = new FlowMetrics(registry);
        StageMetrics metrics = StageMetrics.ofChunks(registry);
        Map<String, Integer> reasons = new TreeMap<>();
        ChunkFuzz fuzz = new ChunkFuzz(SEED);
        Random clock = new Random(SEED);
        long windows = 0;
        long mostHeap = 0;
        long keptAtFirst = 0;
        long keptThen = 0;
        long firstHeap = 0;
        try (TopologyTestDriver driver = new TopologyTestDriver(
                FeaturesTopology.build(config, FeatureSpecs.telephone(), registry, flow),
                KafkaSettings.streams(config, Stage.FEATURES),
                START)) {
            TestInputTopic<byte[], byte[]> chunks =
                    driver.createInputTopic("audio-chunks", new ByteArraySerializer(), new ByteArraySerializer());
            TestOutputTopic<byte[], byte[]> out =
                    driver.createOutputTopic("mfcc-windows", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            TestOutputTopic<byte[], byte[]> dead =
                    driver.createOutputTopic("dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            // The driver keeps what nobody reads, and what is written to the store is what most of it would be.
            TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                    config.applicationId(Stage.FEATURES) + "-legs-changelog",
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
            for (int sent = 1; sent <= CHUNKS; sent++) {
                ChunkFuzz.Sent record = fuzz.next();
                try {
                    chunks.pipeInput(record.key(), record.value());
                } catch (RuntimeException e) {
                    fail("the stream stopped at chunk " + sent + " of seed " + SEED, e);
                }
                if (clock.nextInt(50) == 0) {
                    driver.advanceWallClockTime(Duration.ofMillis(clock.nextInt(1_000)));
                }
                for (; !out.isEmpty(); windows++) {
                    codec.decode(out.readValue());
                }
                while (!changelog.isEmpty()) {
                    changelog.readRecord();
                }
                while (!dead.isEmpty()) {
                    TestRecord<byte[], byte[]> letter = dead.readRecord();
                    String reason = new String(
                            letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
                    reasons.merge(reason, 1, Integer::sum);
                    assertThat(letter.value() == null || letter.value().length <= DeadLetters.MAX_VALUE_BYTES)
                            .isTrue();
                    assertThat(letter.key() == null || letter.key().length <= DeadLetters.MAX_KEY_BYTES)
                            .isTrue();
                }
                if (sent % 1_000 == 0) {
                    assertThat(metrics.taken()).isEqualTo(sent);
                    assertThat(metrics.used() + metrics.dropped() + metrics.dead())
                            .as("accounted for, seed " + SEED)
                            .isEqualTo(sent);
                    assertThat(flow.liveLegs().get()).isLessThanOrEqualTo(LEGS_MAX);
                    long kept = driver.getKeyValueStore(Names.LEG_STORE).approximateNumEntries();
                    keptAtFirst = sent <= CHUNKS / 2 ? Math.max(keptAtFirst, kept) : keptAtFirst;
                    keptThen = sent <= CHUNKS / 2 ? keptThen : Math.max(keptThen, kept);
                }
                if (sent % Math.max(1, CHUNKS / 10) == 0) {
                    System.gc();
                    long heap = Runtime.getRuntime().totalMemory()
                            - Runtime.getRuntime().freeMemory();
                    firstHeap = firstHeap == 0 ? heap : firstHeap;
                    mostHeap = Math.max(mostHeap, heap);
                }
            }
        }
        int letters = reasons.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("fuzz: seed " + SEED + ", " + CHUNKS + " chunks: " + metrics.used() + " used, "
                + metrics.dropped() + " dropped, " + metrics.dead() + " dead " + reasons + "; " + windows
                + " windows and ends; heap " + (firstHeap >> 20) + " MB after a tenth, at most " + (mostHeap >> 20)
                + "; entries " + keptAtFirst + ", then " + keptThen);
        assertThat(letters).isEqualTo((int) metrics.dead());
        assertThat(reasons).doesNotContainKey("UNKNOWN").containsKeys("NOT_AVRO", "BAD_CALL_ID", "BAD_POSITION");
        assertThat(metrics.used()).isGreaterThan(CHUNKS / 3);
        // Calls end and are forgotten: where all were kept, the second half would add as much as the first.
        assertThat(keptThen).as("entries of the store").isPositive().isLessThan(keptAtFirst * 3 / 2);
        // 150 calls at once and 2,000 ended ones: a heap that grows with what was sent would be far beyond.
        assertThat(mostHeap - firstHeap).as("growth of the heap, bytes").isLessThan(64L << 20);
        assertThat(log.list)
                .isNotEmpty()
                .noneMatch(line -> line.getFormattedMessage().contains("call-0-"));
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.undertone");
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        return appender;
    }

    @Test
    void shouldAccountForEveryWindowAndGoOn() throws Exception {
        int count = Math.max(5_000, CHUNKS / 50);
        UndertoneConfig config =
                new ConfigSources().set("streams.state.dir", stateFolder).load();
        TestModel model = new TestModel();
        StageMetrics metrics = StageMetrics.ofWindows(registry);
        FlowMetrics flow = new FlowMetrics(registry);
        WindowFuzz fuzz = new WindowFuzz(SEED);
        try (DynamicBatcher batcher = new DynamicBatcher(
                        model.ensemble(), InferencePolicy.batching(config), System::nanoTime, BatchObserver.NONE);
                TopologyTestDriver driver = new TopologyTestDriver(
                        InferenceTopology.build(config, model, batcher, registry, flow),
                        KafkaSettings.streams(config, Stage.INFERENCE),
                        START)) {
            TestInputTopic<byte[], byte[]> windows =
                    driver.createInputTopic("mfcc-windows", new ByteArraySerializer(), new ByteArraySerializer());
            for (int sent = 1; sent <= count; sent++) {
                byte[] value = fuzz.next();
                try {
                    windows.pipeInput(fuzz.key(), value);
                } catch (RuntimeException e) {
                    fail("the stream stopped at window " + sent + " of seed " + SEED, e);
                }
            }
            Awaitility.await().pollInSameThread().until(() -> {
                driver.advanceWallClockTime(Duration.ofMillis(10));
                return flow.waitingWindows().get() == 0;
            });
            assertThat(metrics.taken()).isEqualTo(metrics.used() + metrics.dropped() + metrics.dead());
            // Ends of legs are no windows; all else is taken.
            assertThat(metrics.taken()).isBetween((long) count * 9 / 10, (long) count);
            assertThat(metrics.used()).isPositive();
            assertThat(metrics.dead()).isPositive();
        }
    }
}
