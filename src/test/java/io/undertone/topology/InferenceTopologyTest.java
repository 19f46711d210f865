package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.MfccWindow;
import io.undertone.Moment;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.BatchObserver;
import io.undertone.inference.DynamicBatcher;
import io.undertone.inference.EngineTimeoutException;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.LegId;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.publish.DeadLetters;
import io.undertone.publish.WindowRecords;
import io.undertone.vote.Verdict;
import io.undertone.window.LegReport;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class InferenceTopologyTest {
    private static final LegId LEG = TestLegs.customer("call-1");
    private static final Instant START = Instant.ofEpochMilli(TestVoice.STARTED_MS);

    @TempDir
    Path stateFolder;

    private final WindowRecords records = new WindowRecords(FeatureSpecs.telephone());
    private final AvroCodec<MfccWindow> windowCodec = new AvroCodec<>(MfccWindow.class);
    private final AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
    private final AvroCodec<CallSummary> summaryCodec = new AvroCodec<>(CallSummary.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private LongSupplier taskClock = nanos::get;
    private TestModel model;
    private DynamicBatcher batcher;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> windows;
    private TestOutputTopic<byte[], byte[]> events;
    private TestOutputTopic<byte[], byte[]> summaries;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private StageMetrics metrics;
    private boolean givenUp;

    private void open(Consumer<List<Window>> before, String... settings) {
        ConfigSources sources =
                new ConfigSources().set("streams.state.dir", stateFolder).set("inference.batch.delay.ms=0");
        for (String setting : settings) {
            sources.set(setting);
        }
        UndertoneConfig config = sources.load();
        model = new TestModel(FeatureSpecs.telephone(), before);
        batcher =
                new DynamicBatcher(model.ensemble(), InferencePolicy.batching(config), nanos::get, BatchObserver.NONE);
        Properties properties = KafkaSettings.streams(config, Stage.INFERENCE);
        driver = new TopologyTestDriver(
                InferenceTopology.build(
                        config, model, batcher, registry, new FlowMetrics(registry), () -> taskClock.getAsLong()),
                properties,
                START);
        windows = driver.createInputTopic("mfcc-windows", new ByteArraySerializer(), new ByteArraySerializer());
        events = output("emotion-events");
        summaries = output("call-summaries");
        deadLetters = output("dead-letters");
        metrics = StageMetrics.ofWindows(registry);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        assertThat(events.isEmpty()).isTrue();
        assertThat(summaries.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(metrics.taken()).isEqualTo(accountedFor());
        giveUp();
        batcher.close();
        assertThat(waiting()).isZero();
        assertThat(metrics.taken()).isEqualTo(accountedFor());
    }

    /** Opens, and sends window 0 to an engine that does not answer before the latch given back is at zero; it has it by then. */
    private CountDownLatch openWithWindowThatHangs(String... settings) {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        open(
                batch -> {
                    asked.countDown();
                    wait(never);
                },
                settings);
        send(window(0));
        wait(asked);
        return never;
    }

    private void giveUp() {
        if (!givenUp) {
            givenUp = true;
            driver.close();
        }
    }

    private long accountedFor() {
        return metrics.used() + metrics.dropped() + metrics.dead() + metrics.handedOver() + waiting();
    }

    private long waiting() {
        return (long) registry.get("undertone.windows.waiting").gauge().value();
    }

    @Test
    void shouldPublishTheVerdictOfEachWindowAndTheSummaryOfTheLeg() throws Exception {
        open(batch -> {});
        for (int i = 0; i < 8; i++) {
            send(window(i));
        }
        send(end(8, 2));
        List<EmotionEvent> published = awaitEvents(8);
        List<Verdict> verdicts = model.verdicts(
                IntStream.range(0, 8).mapToObj(InferenceTopologyTest::window).toList());
        for (int i = 0; i < 8; i++) {
            EmotionEvent event = published.get(i);
            Verdict verdict = verdicts.get(i);
            assertThat(event.getEventId()).isEqualTo("call-1/CUSTOMER/" + i);
            assertThat(event.getLabel()).isEqualTo(verdict.label());
            assertThat(event.getProbabilities()).isEqualTo(verdict.probabilities());
            assertThat(event.getVotes()).hasSize(6);
            assertThat(event.getStartMs()).isEqualTo(i * 1000L);
            assertThat(event.getEndMs()).isEqualTo(i * 1000L + 3000);
            assertThat(event.getModel()).isEqualTo(model.id());
            assertThat(event.getCapturedAt()).isEqualTo(START.plusMillis(i * 1000L + 3000));
        }
        CallSummary summary = summaryCodec.decode(summaries.readValue());
        assertThat(summary.getWindows()).isEqualTo(8);
        assertThat(summary.getSilentWindows()).isEqualTo(2);
        assertThat(summary.getFailedWindows()).isZero();
        assertThat(summary.getShares().values().stream().mapToDouble(d -> d).sum())
                .isEqualTo(1, within(1e-9));
        assertThat(summary.getStrongest().size()).isLessThanOrEqualTo(5);
        assertThat(summary.getStrongest()).extracting(Moment::getLabel).doesNotContain("neutral");
        assertThat(metrics.used()).isEqualTo(8);
        assertStoresEmpty();
    }

    @Test
    void shouldKeepTheOrderOfALegWhateverAnswerComesFirst() {
        CountDownLatch first = new CountDownLatch(1);
        open(
                batch -> {
                    if (batch.get(0).index() == 0) {
                        wait(first);
                    }
                },
                "inference.threads=2",
                "inference.batch.max.size=1");
        send(window(0));
        send(window(1));
        send(end(2, 0));
        await().until(() -> batcher.queueLength() == 0);
        driver.advanceWallClockTime(Duration.ofMillis(5));
        assertThat(events.isEmpty()).isTrue();
        assertThat(summaries.isEmpty()).isTrue();
        first.countDown();
        assertThat(awaitEvents(2)).extracting(EmotionEvent::getIndex).containsExactly(0, 1);
        assertThat(summaries.readRecordsToList()).hasSize(1);
    }

    @Test
    void shouldSummariseALegThatHadNoWindows() throws Exception {
        open(batch -> {});
        send(end(0, 3));
        CallSummary summary = summaryCodec.decode(summaries.readValue());
        assertThat(summary.getWindows()).isZero();
        assertThat(summary.getShares()).isEmpty();
        assertThat(summary.getSilentWindows()).isEqualTo(3);
        assertStoresEmpty();
    }

    @Test
    void shouldGiveTheBadWindowOfABatchADeadLetterAndItsNeighboursTheirEvents() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        open(
                batch -> {
                    wait(all);
                    if (batch.stream().anyMatch(window -> window.index() == 2)) {
                        throw new IllegalStateException("cannot do number 2");
                    }
                },
                "inference.threads=1");
        IntStream.range(0, 5).forEach(i -> send(window(i)));
        send(end(5, 0));
        all.countDown();
        assertJudged(awaitEvents(4), List.of(window(0), window(1), window(3), window(4)));
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("INFERENCE_FAILED");
        assertThat(header(letter, DeadLetters.DETAIL)).contains("cannot do number 2");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("mfcc-windows");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("2");
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("inference");
        assertThat(letter.key()).isEqualTo(LEG.recordKey());
        assertThat(letter.value()).isEqualTo(windowCodec.encode(records.ofWindow(LEG, window(2))));
        CallSummary summary = summaryCodec.decode(summaries.readValue());
        assertThat(summary.getWindows()).isEqualTo(4);
        assertThat(summary.getFailedWindows()).isEqualTo(1);
        assertStoresEmpty();
    }

    @Test
    void shouldGiveAWindowThatNoVoterAnswersADeadLetterAndItsNeighboursTheirEvents() throws Exception {
        open(batch -> {}, "inference.voter.failure=continue");
        model.dumbFor(1);
        IntStream.range(0, 3).forEach(i -> send(window(i)));
        send(end(3, 0));
        assertJudged(awaitEvents(2), List.of(window(0), window(2)));
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("INFERENCE_FAILED");
        assertThat(header(letter, DeadLetters.DETAIL)).contains("at least one voter must answer");
        assertThat(summaryCodec.decode(summaries.readValue()).getFailedWindows())
                .isEqualTo(1);
        assertStoresEmpty();
    }

    @Test
    void shouldRefuseWindowsThatCannotBeJudged() throws Exception {
        open(batch -> {});
        MfccWindow good = records.ofWindow(LEG, window(0));
        send("not avro".getBytes(StandardCharsets.UTF_8));
        send(MfccWindow.newBuilder(good).setFeatureSpec("0123456789abcdef").build());
        send(MfccWindow.newBuilder(good).setRows(0).build());
        send(MfccWindow.newBuilder(good).setRows(3).build());
        send(MfccWindow.newBuilder(good).setRows(1 << 30).build());
        send(MfccWindow.newBuilder(good).setIndex(-1).build());
        send(MfccWindow.newBuilder(good).setEndMs(0).build());
        send(MfccWindow.newBuilder(good).setSpeechRatio(Float.NaN).build());
        send(MfccWindow.newBuilder(good)
                .setCoefficients(
                        ByteBuffer.wrap(new byte[160]).putInt(0, 0x0000807f).rewind())
                .build());
        send(MfccWindow.newBuilder(good).setCallId("").build());
        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> header(letter, DeadLetters.REASON))
                .containsExactly(
                        "NOT_AVRO",
                        "SPEC_MISMATCH",
                        "BAD_WINDOW",
                        "BAD_WINDOW",
                        "BAD_WINDOW",
                        "BAD_WINDOW",
                        "BAD_WINDOW",
                        "NOT_FINITE",
                        "NOT_FINITE",
                        "BAD_CALL_ID");
        send(good);
        send(end(1, 0));
        awaitEvents(1);
        assertThat(summaryCodec.decode(summaries.readValue()).getFailedWindows())
                .isEqualTo(8);
        assertStoresEmpty();
    }

    @Test
    void shouldSayInEventsAndTheSummaryWhatIsKnownOfTheCall() throws Exception {
        open(batch -> {});
        Map<String, String> known = Map.of("queue", "billing", "agent", "a-17");
        send(records.ofWindow(LEG, window(0)));
        send(records.ofWindow(LEG, window(1), new CallAttributes(known)));
        send(MfccWindow.newBuilder(records.ofWindow(LEG, window(2)))
                .setAttributes(Map.of("not a name", "", "queue", "billing"))
                .build());
        send(MfccWindow.newBuilder(end(3, 0)).setAttributes(known).build());
        assertThat(awaitEvents(3)).extracting(EmotionEvent::getAttributes).containsExactly(Map.of(), known, Map.of());
        assertThat(summaryCodec.decode(summaries.readValue()).getAttributes()).isEqualTo(known);
        assertStoresEmpty();
    }

    @Test
    void shouldDropAWindowThatHasBeenHereBefore() {
        open(batch -> {});
        send(window(0));
        send(window(0));
        assertThat(awaitEvents(1)).hasSize(1);
        send(window(0));
        send(window(1));
        assertThat(awaitEvents(1)).extracting(EmotionEvent::getIndex).containsExactly(1);
        assertThat(metrics.dropped(DropCause.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void shouldBeginAnewWhenACallIdComesAgainAfterItsEnd() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        open(batch -> wait(all));
        send(window(0));
        send(end(1, 0));
        send(window(0));
        send(end(1, 0));
        all.countDown();
        List<EmotionEvent> published = awaitEvents(2);
        assertJudged(published.subList(0, 1), List.of(window(0)));
        assertJudged(published.subList(1, 2), List.of(window(0)));
        List<byte[]> both = summaries.readValuesToList();
        assertThat(both).hasSize(2);
        assertThat(summaryCodec.decode(both.get(1)).getWindows()).isEqualTo(1);
        assertStoresEmpty();
    }

    /** As where the topic was cut, or the features stage lost its state. */
    @Test
    void shouldBeginAnewWhenACallIdComesAgainThoughItsEndNeverCame() throws Exception {
        open(batch -> {});
        IntStream.range(0, 5).forEach(i -> send(window(i)));
        awaitEvents(5);
        Window first = laterBy(60_000, window(0));
        Window second = laterBy(60_000, window(1));
        send(first);
        send(first);
        send(second);
        send(end(2, 0));
        assertJudged(awaitEvents(2), List.of(first, second));
        CallSummary summary = summaryCodec.decode(summaries.readValue());
        assertThat(summary.getWindows()).isEqualTo(2);
        assertThat(metrics.dropped(DropCause.DUPLICATE)).isEqualTo(1);
        assertThat(unended()).isEqualTo(1);
        assertStoresEmpty();
    }

    @Test
    void shouldKeepLegsOfOneNameApartWhileTheirWindowsWait() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        open(batch -> wait(all), "inference.threads=1");
        IntStream.range(0, 2).forEach(i -> send(window(i)));
        send(laterBy(60_000, window(0)));
        send(end(1, 0));
        all.countDown();
        awaitEvents(3);
        assertThat(summaryCodec.decode(summaries.readValue()).getWindows()).isEqualTo(1);
        assertThat(unended()).isEqualTo(1);
    }

    @Test
    void shouldForgetLegsWhoseEndNeverComes() {
        open(batch -> {});
        // Older records are taken for newer ones, or a broker would delete what is made of them.
        Instant longAgo = Instant.now().minus(Duration.ofHours(30));
        LegId other = TestLegs.customer("call-2");
        sendAt(longAgo, LEG, window(0));
        awaitEvents(1);
        sendAt(longAgo.plus(Duration.ofHours(23)), other, window(0));
        awaitEvents(1);
        assertThat(tallies()).isEqualTo(2);
        sendAt(longAgo.plus(Duration.ofHours(25)), other, window(1));
        awaitEvents(1);
        assertThat(tallies()).isEqualTo(1);
        assertThat(unended()).isEqualTo(1);
    }

    private void sendAt(Instant time, LegId leg, Window window) {
        windows.pipeInput(leg.recordKey(), windowCodec.encode(records.ofWindow(leg, window)), time);
    }

    private long tallies() {
        long count = 0;
        try (KeyValueIterator<Object, Object> all =
                driver.getKeyValueStore("tallies").all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    private double unended() {
        return registry.get("undertone.inference.legs.unended").counter().count();
    }

    private static Window laterBy(long ms, Window window) {
        float[] coefficients = new float[window.length()];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = window.get(i);
        }
        return new Window(
                window.index(),
                window.startMs(),
                window.endMs(),
                window.capturedAtMs() + ms,
                window.speechRatio(),
                window.levelDb(),
                window.rows(),
                coefficients);
    }

    @Test
    void shouldHoldReadingBackWhileALegHasTooManyWindowsWaiting() {
        open(batch -> {}, "inference.waiting.max.per.leg=2", "inference.batch.max.size=1");
        IntStream.range(0, 50).forEach(i -> send(window(i)));
        assertThat(waiting()).isLessThanOrEqualTo(2);
        assertThat(awaitEvents(50)).extracting(EmotionEvent::getIndex).isSorted();
    }

    @Test
    void shouldHoldReadingBackOnceEightBatchesAreQueued() {
        CountDownLatch never = openWithWindowThatHangs(
                "inference.batch.max.size=1", "inference.threads=1", "inference.timeout.ms=1000");
        IntStream.rangeClosed(1, 8).forEach(i -> send(window(i)));
        assertThat(batcher.queueLength()).isEqualTo(8);
        // Whoever waits for room sees that none is to be expected: without the limit, nobody would look.
        nanos.addAndGet(Duration.ofMillis(1001).toNanos());
        assertThatThrownBy(() -> send(window(9))).hasRootCauseInstanceOf(EngineTimeoutException.class);
        assertThat(batcher.queueLength()).isEqualTo(8);
        never.countDown();
    }

    /** A transaction that lasts longer than its time-out is aborted, and its thread fenced. */
    @Test
    @Timeout(60)
    void shouldHoldReadingBackForNoLongerThanATransactionLasts() {
        CountDownLatch never = openWithWindowThatHangs(
                "inference.batch.max.size=1", "inference.threads=1", "producer.transaction.timeout.ms=9000");
        AtomicLong looks = new AtomicLong();
        taskClock = () -> Duration.ofMillis(looks.incrementAndGet() * 500).toNanos();
        driver.advanceWallClockTime(Duration.ofMillis(5));
        IntStream.rangeClosed(1, 8).forEach(i -> send(window(i)));
        assertThat(batcher.queueLength()).isEqualTo(8);
        long before = looks.get();
        send(window(9));
        assertThat(looks.get() - before).as("waits of 500 ms").isBetween(2L, 7L);
        assertThat(batcher.queueLength()).isEqualTo(9);
        // Whoever has not come round to commit lets no other task of the thread wait again.
        send(window(10));
        assertThat(batcher.queueLength()).isEqualTo(10);
        never.countDown();
        assertThat(awaitEvents(11)).extracting(EmotionEvent::getIndex).isSorted();
    }

    @Test
    void shouldStopWhenTheEngineHangs() {
        CountDownLatch never = openWithWindowThatHangs("inference.timeout.ms=1000");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        driver.advanceWallClockTime(Duration.ofMillis(5));
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThatThrownBy(() -> driver.advanceWallClockTime(Duration.ofMillis(5)))
                .hasRootCauseInstanceOf(EngineTimeoutException.class)
                .rootCause()
                .hasMessageContaining("inference.timeout.ms=1000");
        never.countDown();
    }

    @Test
    void shouldHandOverWhatWaitsWhenItsTaskIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        open(batch -> wait(never), "inference.batch.max.size=1");
        IntStream.range(0, 3).forEach(i -> send(window(i)));
        send(window(0));
        assertThat(waiting()).isEqualTo(3);
        giveUp();
        assertThat(waiting()).isZero();
        assertThat(metrics.handedOver()).isEqualTo(3);
        assertThat(metrics.taken()).isEqualTo(4);
        never.countDown();
    }

    @Test
    void shouldHandOverTheWindowThatWasInHandWhenItsTaskFailed() {
        CountDownLatch never = openWithWindowThatHangs("inference.timeout.ms=1000", "inference.waiting.max.per.leg=1");
        nanos.addAndGet(Duration.ofMillis(1001).toNanos());
        // No room for this one, and none is to be expected.
        assertThatThrownBy(() -> send(window(1))).hasRootCauseInstanceOf(EngineTimeoutException.class);
        giveUp();
        assertThat(metrics.taken()).isEqualTo(2);
        assertThat(metrics.handedOver()).isEqualTo(2);
        never.countDown();
    }

    /** Events of these windows of a leg, each judged with those before it in the list. */
    private void assertJudged(List<EmotionEvent> published, List<Window> leg) {
        List<Verdict> verdicts = model.verdicts(leg);
        assertThat(published)
                .extracting(EmotionEvent::getIndex)
                .isEqualTo(leg.stream().map(Window::index).toList());
        assertThat(published)
                .extracting(EmotionEvent::getProbabilities)
                .isEqualTo(verdicts.stream().map(Verdict::probabilities).toList());
    }

    private static Window window(int index) {
        float[] coefficients = new float[2 * 40];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = (float) Math.round(Math.sin(index * 31 + i) * 64) / 4;
        }
        return new Window(
                index,
                index * 1000L,
                index * 1000L + 3000,
                TestVoice.STARTED_MS + index * 1000L + 3000,
                0.75f,
                -20,
                2,
                coefficients);
    }

    private static MfccWindow end(int windows, int silent) {
        LegReport report = new LegReport(
                EndReason.LAST_CHUNK,
                TestVoice.STARTED_MS,
                (windows + silent + 2) * 1000L,
                4000,
                windows,
                silent,
                0,
                0,
                0,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                0);
        return new WindowRecords(FeatureSpecs.telephone()).ofEnd(LEG, report);
    }

    private void send(Window window) {
        send(records.ofWindow(LEG, window));
    }

    private void send(MfccWindow record) {
        send(windowCodec.encode(record));
    }

    private void send(byte[] value) {
        windows.pipeInput(LEG.recordKey(), value, START);
    }

    private List<EmotionEvent> awaitEvents(int count) {
        List<EmotionEvent> published = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            driver.advanceWallClockTime(Duration.ofMillis(5));
            for (byte[] value : events.readValuesToList()) {
                published.add(decode(value));
            }
            return published.size() >= count;
        });
        assertThat(published).hasSize(count);
        return published;
    }

    private EmotionEvent decode(byte[] value) throws UnreadableRecordException {
        return eventCodec.decode(value);
    }

    private void assertStoresEmpty() {
        assertThat(driver.getKeyValueStore("waiting-windows").all().hasNext()).isFalse();
        assertThat(driver.getKeyValueStore("tallies").all().hasNext()).isFalse();
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
