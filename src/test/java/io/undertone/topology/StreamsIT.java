package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.config.Stage;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineTimeoutException;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.EndReason;
import io.undertone.metrics.StageMetrics;
import io.undertone.model.EmotionModel;
import io.undertone.publish.DeadLetters;
import io.undertone.publish.EmotionEvents;
import io.undertone.vote.Verdict;
import io.undertone.window.Leg;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both applications against a real broker: what is read committed is what an undisturbed reckoning gives, once each. */
@NullUnmarked
class StreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SHORT_TRANSACTION_MS = 2_000;

    @TempDir
    Path stateFolder;

    private SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldPublishEveryWindowOnceHoweverTheAudioIsCut() throws Exception {
        try (TestCluster cluster = new TestCluster(stateFolder)) {
            Map<String, List<AudioChunk>> legs = new LinkedHashMap<>();
            legs.put("twenty", TestVoice.chunks("twenty", Role.CUSTOMER, TestVoice.speech(10, 1), 20));
            legs.put("two-hundred", TestVoice.chunks("two-hundred", Role.CUSTOMER, TestVoice.speech(10, 1), 200));
            legs.put("other", TestVoice.chunks("other", Role.CUSTOMER, TestVoice.speech(7, 2), 730));
            TestModel model = new TestModel();
            try (UndertoneStreams streams = start(cluster, model)) {
                awaitReady(streams);
                cluster.send("call-x".getBytes(StandardCharsets.UTF_8), "garbage".getBytes(StandardCharsets.UTF_8));
                cluster.send(TestVoice.chunks("twenty", Role.AGENT, TestVoice.speech(4, 9), 200));
                sendAll(cluster, legs);
                awaitSummaries(cluster, legs.size());
                assertThat(streams.isHealthy()).isTrue();
                assertThat(streams.failure()).isEmpty();
            }
            assertOutputs(cluster, legs, model);
            List<ConsumerRecord<byte[], byte[]>> letters = cluster.committed("dead-letters");
            assertThat(letters).hasSize(1);
            assertThat(new String(
                            letters.get(0)
                                    .headers()
                                    .lastHeader(DeadLetters.REASON)
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("NOT_AVRO");
            assertAllIsAccountedFor();
            StageMetrics windows = StageMetrics.ofWindows(registry);
            assertThat(windows.taken()).isEqualTo(windows.used()).isPositive();
            assertThat(registry.get("undertone.legs.live").gauge().value()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldLoseAndDoubleNothingWhenItIsStoppedWhileWindowsWait(String protocol) throws Exception {
        try (TestCluster cluster = new TestCluster(stateFolder, "streams.group.protocol=" + protocol)) {
            Map<String, List<AudioChunk>> legs = legs(6);
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger asked = new AtomicInteger();
            TestModel silent = model(batch -> {
                if (batch.get(0).capturedAtMs() > 0) {
                    asked.incrementAndGet();
                    wait(never);
                }
            });
            try (UndertoneStreams streams = start(cluster, silent)) {
                awaitReady(streams);
                // The first half: its windows arrive, and no verdict comes.
                for (List<AudioChunk> leg : legs.values()) {
                    cluster.send(leg.subList(0, leg.size() / 2));
                }
                await().atMost(PATIENCE).until(() -> asked.get() > 0 && waiting() >= 6);
                never.countDown();
            }
            assertAllIsAccountedFor();
            TestModel model = new TestModel();
            for (int part = 0; part < 3; part++) {
                // Stopped again wherever it happens to be.
                try (UndertoneStreams streams = start(cluster, model)) {
                    awaitReady(streams);
                    for (List<AudioChunk> leg : legs.values()) {
                        cluster.send(part(leg, part));
                    }
                    int before = cluster.committed("emotion-events").size();
                    await().atMost(PATIENCE)
                            .until(() -> cluster.committed("emotion-events").size() > before);
                    if (part == 2) {
                        awaitSummaries(cluster, legs.size());
                    }
                }
                assertAllIsAccountedFor();
            }
            assertOutputs(cluster, legs, model);
            assertThat(cluster.committed("dead-letters")).isEmpty();
        }
    }

    private static List<AudioChunk> part(List<AudioChunk> leg, int part) {
        int half = leg.size() / 2;
        int size = leg.size() - half;
        return leg.subList(half + size * part / 3, half + size * (part + 1) / 3);
    }

    @Test
    void shouldGoOnFromTheLastCommitWhenAThreadDies() throws Exception {
        try (TestCluster cluster = new TestCluster(stateFolder, "state.stores=rocksdb")) {
            Map<String, List<AudioChunk>> legs = legs(4);
            AtomicInteger verdicts = new AtomicInteger();
            // A fault that no dead letter can answer, on the stream thread itself, twice: as an event is made.
            TestModel model = new TestModel() {
                @Override
                public io.undertone.Model id() {
                    if (verdicts.incrementAndGet() % 17 == 0 && verdicts.get() < 40) {
                        throw new IllegalStateException("the thread dies here");
                    }
                    return super.id();
                }
            };
            try (UndertoneStreams streams = start(cluster, model)) {
                awaitReady(streams);
                sendAll(cluster, legs);
                awaitSummaries(cluster, legs.size());
                assertThat(verdicts.get()).isGreaterThan(34);
                assertThat(streams.failure()).isEmpty();
            }
            // The window of the event that was being made, at least.
            assertThat(StageMetrics.ofWindows(registry).handedOver()).isPositive();
            assertAllIsAccountedFor();
            assertOutputs(cluster, legs, new TestModel());
        }
    }

    @Test
    void shouldStopAndSayWhyWhenTheEngineHangs() throws Exception {
        try (TestCluster cluster = new TestCluster(stateFolder, "inference.timeout.ms=500")) {
            CountDownLatch never = new CountDownLatch(1);
            TestModel silent = model(batch -> {
                if (batch.get(0).capturedAtMs() > 0) {
                    wait(never);
                }
            });
            try (UndertoneStreams streams = start(cluster, silent)) {
                awaitReady(streams);
                sendAll(cluster, legs(1));
                assertThat(streams.awaitStop(PATIENCE)).isTrue();
                assertThat(streams.isHealthy()).isFalse();
                assertThat(streams.isReady()).isFalse();
                assertThat(streams.failure()).get().isInstanceOf(EngineTimeoutException.class);
                never.countDown();
            }
            assertThat(cluster.committed("emotion-events")).isEmpty();
        }
    }

    /** Reading waits for a third of a transaction at most: windows wait in their store, and the thread commits meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldLoseAndDoubleNothingWhereTheEngineStallsForLongerThanATransaction(String protocol) throws Exception {
        try (TestCluster cluster = new TestCluster(
                stateFolder,
                "streams.group.protocol=" + protocol,
                "producer.transaction.timeout.ms=" + SHORT_TRANSACTION_MS,
                "inference.waiting.max.per.leg=2")) {
            Map<String, List<AudioChunk>> legs = legs(4);
            CountDownLatch stall = new CountDownLatch(1);
            CountDownLatch stalls = new CountDownLatch(1);
            TestModel model = model(batch -> {
                if (batch.get(0).capturedAtMs() > 0) {
                    stalls.countDown();
                    wait(stall);
                }
            });
            try (UndertoneStreams streams = start(cluster, model)) {
                awaitReady(streams);
                sendAll(cluster, legs);
                stalls.await();
                await().pollDelay(Duration.ofMillis(3 * SHORT_TRANSACTION_MS))
                        .atMost(PATIENCE)
                        .until(streams::isHealthy);
                stall.countDown();
                awaitSummaries(cluster, legs.size());
                assertThat(streams.isHealthy()).isTrue();
                assertThat(streams.failure()).isEmpty();
            }
            assertAllIsAccountedFor();
            assertOutputs(cluster, legs, new TestModel());
            assertThat(cluster.committed("dead-letters")).isEmpty();
        }
    }

    /** As where the machine stood still: the broker aborts the transaction, and the thread begins anew from its last commit. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldGoOnFromTheLastCommitWhereTheBrokerAbortedItsTransaction(String protocol) throws Exception {
        try (TestCluster cluster = new TestCluster(
                stateFolder,
                "streams.group.protocol=" + protocol,
                "producer.transaction.timeout.ms=" + SHORT_TRANSACTION_MS,
                "inference.threads=1",
                "inference.batch.max.size=1")) {
            Map<String, List<AudioChunk>> legs = legs(1);
            CountDownLatch windows = new CountDownLatch(1);
            CountDownLatch answers = new CountDownLatch(4);
            CountDownLatch stall = new CountDownLatch(1);
            AtomicInteger events = new AtomicInteger();
            TestModel model =
                    new TestModel(FeatureSpecs.telephone(), batch -> {
                        if (batch.get(0).capturedAtMs() > 0) {
                            StreamsIT.wait(windows);
                            answers.countDown();
                        }
                    }) {
                        @Override
                        public io.undertone.Model id() {
                            // On the stream thread, as an event is made. At the first, more answers are waited for: so
                            // the second is made before a commit, in the transaction that the first has begun.
                            int event = Thread.currentThread().getName().contains("StreamThread")
                                    ? events.incrementAndGet()
                                    : 0;
                            StreamsIT.wait(event == 1 ? answers : event == 2 ? stall : new CountDownLatch(0));
                            return super.id();
                        }
                    };
            try (UndertoneStreams streams = start(cluster, model)) {
                awaitReady(streams);
                sendAll(cluster, legs);
                await().atMost(PATIENCE).until(() -> waiting() >= 4);
                windows.countDown();
                await().atMost(PATIENCE)
                        .until(() -> cluster.transactions(Stage.INFERENCE).contains(TransactionState.COMPLETE_ABORT));
                stall.countDown();
                awaitSummaries(cluster, legs.size());
                Map<String, List<AudioChunk>> later = legs(3);
                later.keySet().removeAll(legs.keySet());
                sendAll(cluster, later);
                legs.putAll(later);
                awaitSummaries(cluster, legs.size());
                assertThat(streams.isHealthy()).isTrue();
                assertThat(streams.failure()).isEmpty();
            }
            assertAllIsAccountedFor();
            assertOutputs(cluster, legs, new TestModel());
            assertThat(cluster.committed("dead-letters")).isEmpty();
        }
    }

    /** To be asked once the applications have stopped, so that nothing waits. */
    private void assertAllIsAccountedFor() {
        for (StageMetrics stage : List.of(StageMetrics.ofChunks(registry), StageMetrics.ofWindows(registry))) {
            assertThat(stage.taken()).isEqualTo(stage.used() + stage.dropped() + stage.dead() + stage.handedOver());
        }
        assertThat(waiting()).isZero();
    }

    private static void sendAll(TestCluster cluster, Map<String, List<AudioChunk>> legs) throws Exception {
        for (List<AudioChunk> leg : legs.values()) {
            cluster.send(leg);
        }
    }

    private static Map<String, List<AudioChunk>> legs(int count) {
        Map<String, List<AudioChunk>> legs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String call = "call-" + i;
            legs.put(call, TestVoice.chunks(call, Role.CUSTOMER, TestVoice.speech(8 + i, i), 200));
        }
        return legs;
    }

    private static TestModel model(Consumer<List<Window>> before) {
        return new TestModel(FeatureSpecs.telephone(), before);
    }

    private UndertoneStreams start(TestCluster cluster, EmotionModel model) throws InterruptedException {
        registry = new SimpleMeterRegistry();
        UndertoneStreams streams = new UndertoneStreams(cluster.config(), model.spec(), model, registry);
        streams.start();
        return streams;
    }

    private static void awaitReady(UndertoneStreams streams) {
        await().atMost(PATIENCE).until(streams::isReady);
    }

    private int waiting() {
        return (int) registry.get("undertone.windows.waiting").gauge().value();
    }

    private static void awaitSummaries(TestCluster cluster, int count) {
        // A thread that dies on purpose is no fault of the test.
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> cluster.committed("call-summaries").size() >= count);
    }

    /** One event for each window, in order by leg, with the values that a direct reckoning gives; one summary for each leg. */
    private static void assertOutputs(TestCluster cluster, Map<String, List<AudioChunk>> legs, TestModel model)
            throws Exception {
        Map<String, List<EmotionEvent>> byCall = new HashMap<>();
        for (EmotionEvent event : cluster.committed("emotion-events", EmotionEvent.class)) {
            byCall.computeIfAbsent(event.getCallId(), call -> new ArrayList<>()).add(event);
        }
        assertThat(byCall).containsOnlyKeys(legs.keySet());
        for (Map.Entry<String, List<AudioChunk>> leg : legs.entrySet()) {
            List<Window> windows = analyze(leg.getValue());
            List<EmotionEvent> events = byCall.get(leg.getKey());
            assertThat(events)
                    .extracting(EmotionEvent::getEventId)
                    .containsExactlyElementsOf(windows.stream()
                            .map(window -> EmotionEvents.eventId(TestLegs.customer(leg.getKey()), window.index()))
                            .toList());
            List<Verdict> verdicts = model.verdicts(windows);
            for (int i = 0; i < windows.size(); i++) {
                Verdict verdict = verdicts.get(i);
                EmotionEvent event = events.get(i);
                assertThat(event.getLabel()).isEqualTo(verdict.label());
                verdict.probabilities()
                        .forEach((label, probability) ->
                                assertThat(event.getProbabilities().get(label)).isEqualTo(probability, within(1e-6)));
                assertThat(event.getCapturedAt().toEpochMilli()).isEqualTo(TestVoice.STARTED_MS + event.getEndMs());
            }
        }
        List<CallSummary> summaries = cluster.committed("call-summaries", CallSummary.class);
        assertThat(summaries).extracting(CallSummary::getCallId).containsExactlyInAnyOrderElementsOf(legs.keySet());
        assertThat(summaries).allSatisfy(summary -> {
            assertThat(summary.getWindows())
                    .isEqualTo(byCall.get(summary.getCallId()).size());
            assertThat(summary.getFailedWindows()).isZero();
            assertThat(summary.getEndReason()).isEqualTo(io.undertone.EndReason.LAST_CHUNK);
        });
    }

    private static List<Window> analyze(List<AudioChunk> chunks) throws Exception {
        List<Window> windows = new ArrayList<>();
        Leg leg = null;
        for (AudioChunk record : chunks) {
            Chunk chunk = Chunk.of(
                    record.getPosition(),
                    record.getCapturedAt().toEpochMilli(),
                    SampleFormat.MULAW,
                    record.getSampleRateHz(),
                    record.getAudio().array(),
                    record.getLast(),
                    1 << 20);
            leg = leg == null ? Leg.open(FeatureSpecs.telephone(), LegSettings.DEFAULT, chunk, 0) : leg;
            leg.accept(chunk, 0, windows::add);
        }
        leg.end(EndReason.LAST_CHUNK, windows::add);
        return windows;
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
