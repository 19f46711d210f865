package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.DeadLetterReason;
import io.undertone.Encoding;
import io.undertone.LegTalk;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.EndReason;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.publish.DeadLetters;
import io.undertone.publish.WindowRecords;
import io.undertone.window.Leg;
import io.undertone.window.LegReport;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked
class FeaturesTopologyTest {
    private static final FeatureSpec SPEC = FeatureSpecs.telephone();
    private static final Instant START = Instant.ofEpochMilli(TestVoice.STARTED_MS);

    @TempDir
    Path stateFolder;

    private final AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> chunks;
    private TestOutputTopic<byte[], byte[]> windows;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private StageMetrics metrics;

    @BeforeEach
    void open() {
        open(new ConfigSources().set("legs.max=3"));
    }

    private void open(ConfigSources sources) {
        UndertoneConfig config = sources.set("streams.state.dir", stateFolder).load();
        Properties settings = KafkaSettings.streams(config, Stage.FEATURES);
        driver = new TopologyTestDriver(
                FeaturesTopology.build(config, SPEC, registry, new FlowMetrics(registry)), settings, START);
        chunks = driver.createInputTopic("audio-chunks", new ByteArraySerializer(), new ByteArraySerializer());
        windows = driver.createOutputTopic("mfcc-windows", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters =
                driver.createOutputTopic("dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        metrics = StageMetrics.ofChunks(registry);
    }

    @AfterEach
    void close() {
        driver.close();
        assertThat(metrics.taken())
                .isEqualTo(metrics.used() + metrics.dropped() + metrics.dead() + metrics.handedOver());
    }

    @Test
    void shouldTurnALegIntoItsWindowsAndItsEndInOrder() throws Exception {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(8, 1), 200);
        leg.forEach(this::send);

        List<Window> expected = new ArrayList<>();
        LegReport report = analyze(leg, expected);
        List<MfccWindow> records = windows();
        assertThat(records).hasSize(expected.size() + 1).hasSizeGreaterThan(5);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(new WindowRecords(SPEC).window(records.get(i)))
                    .hasToString(expected.get(i).toString());
        }
        MfccWindow end = records.get(expected.size());
        assertThat(end).isEqualTo(new WindowRecords(SPEC).ofEnd(TestLegs.customer("call-1"), report));
        assertThat(end.getEnd().getReason()).isEqualTo(io.undertone.EndReason.LAST_CHUNK);
        assertNothingElse();
        assertThat(metrics.used()).isEqualTo(leg.size());
    }

    /** From the first chunk on that has any; the windows that it completes have them. */
    @Test
    void shouldSayInWindowsAndTheEndWhatAChunkSaidOfTheCall() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(8, 1), 200);
        Map<String, String> said = Map.of("queue", "billing", "agent", "a-17");
        for (int i = 0; i < leg.size(); i++) {
            // The chunk after 5 s; windows 0 to 2 end at 3 to 5 s.
            send(i == 25 ? with(said, leg.get(i)) : i == 30 ? with(Map.of("queue", "other"), leg.get(i)) : leg.get(i));
        }
        List<MfccWindow> records = windows();
        assertThat(records).hasSizeGreaterThan(5);
        assertThat(records)
                .filteredOn(record -> record.getEndMs() <= 5_000)
                .isNotEmpty()
                .extracting(MfccWindow::getAttributes)
                .containsOnly(Map.of());
        assertThat(records)
                .filteredOn(record -> record.getEndMs() > 5_000)
                .isNotEmpty()
                .extracting(MfccWindow::getAttributes)
                .containsOnly(said);
        assertThat(records.get(records.size() - 1).getEnd()).isNotNull();
        assertNothingElse();
    }

    private static AudioChunk with(Map<String, String> attributes, AudioChunk chunk) {
        return AudioChunk.newBuilder(chunk).setAttributes(attributes).build();
    }

    @Test
    void shouldKeepLegsApart() {
        List<AudioChunk> one = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(5, 1), 100);
        List<AudioChunk> two = TestVoice.chunks("call-2", Role.CUSTOMER, TestVoice.speech(5, 2), 100);
        for (int i = 0; i < one.size(); i++) {
            send(one.get(i));
            send(two.get(i));
        }
        List<MfccWindow> mixed = windows();
        one.forEach(chunk -> send(renamed(chunk, "call-3")));
        assertThat(mixed.stream().filter(w -> w.getCallId().equals("call-1")).map(MfccWindow::getCoefficients))
                .containsExactlyElementsOf(
                        windows().stream().map(MfccWindow::getCoefficients).toList());
    }

    static Stream<Arguments> badInputs() {
        AudioChunk good = TestVoice.chunk("call-1", Role.CUSTOMER, 0, new byte[160], false);
        byte[] unknownSchema = TestVoice.bytes(good);
        unknownSchema[4] ^= 1;
        byte[] cut = Arrays.copyOf(TestVoice.bytes(good), 40);
        byte[] longer = Arrays.copyOf(TestVoice.bytes(good), 400);
        byte[] floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(Float.NaN)
                .array();
        return Stream.of(
                bad("no bytes at all", (byte[]) null, DeadLetterReason.NOT_AVRO),
                bad("empty", new byte[0], DeadLetterReason.NOT_AVRO),
                bad("text", "hello, world".getBytes(StandardCharsets.UTF_8), DeadLetterReason.NOT_AVRO),
                bad("cut", cut, DeadLetterReason.NOT_AVRO),
                bad("longer than its record", longer, DeadLetterReason.NOT_AVRO),
                bad("unknown schema", unknownSchema, DeadLetterReason.UNKNOWN_SCHEMA),
                bad("rate 0", AudioChunk.newBuilder(good).setSampleRateHz(0), DeadLetterReason.BAD_SAMPLE_RATE),
                bad("empty audio", audio(good, new byte[0]), DeadLetterReason.EMPTY_AUDIO),
                bad(
                        "odd byte count",
                        audio(good, new byte[161]).setEncoding(Encoding.PCM_S16LE),
                        DeadLetterReason.PARTIAL_SAMPLE),
                bad("NaN", audio(good, floats).setEncoding(Encoding.PCM_F32LE), DeadLetterReason.NOT_FINITE),
                bad("negative position", AudioChunk.newBuilder(good).setPosition(-1), DeadLetterReason.BAD_POSITION),
                bad(
                        "position beyond 2^53",
                        AudioChunk.newBuilder(good).setPosition(Long.MAX_VALUE),
                        DeadLetterReason.BAD_POSITION),
                bad(
                        "time in microseconds",
                        AudioChunk.newBuilder(good).setCapturedAt(START.plusSeconds(90_000_000_000L)),
                        DeadLetterReason.BAD_TIME),
                bad(
                        "time in seconds",
                        AudioChunk.newBuilder(good).setCapturedAt(Instant.ofEpochMilli(TestVoice.STARTED_MS / 1000)),
                        DeadLetterReason.BAD_TIME),
                bad("no time", AudioChunk.newBuilder(good).setCapturedAt(Instant.EPOCH), DeadLetterReason.BAD_TIME),
                bad(
                        "a clock days ahead",
                        AudioChunk.newBuilder(good).setCapturedAt(Instant.now().plus(Duration.ofDays(3))),
                        DeadLetterReason.BAD_TIME),
                bad("too large", audio(good, new byte[262_145]), DeadLetterReason.TOO_LARGE),
                bad("too large for a dead letter", audio(good, new byte[950_000]), DeadLetterReason.TOO_LARGE),
                bad(
                        "too many attributes",
                        AudioChunk.newBuilder(good)
                                .setAttributes(IntStream.range(0, 17)
                                        .boxed()
                                        .collect(Collectors.toMap(number -> "a" + number, number -> ""))),
                        DeadLetterReason.BAD_ATTRIBUTES),
                bad(
                        "an attribute that is too long",
                        AudioChunk.newBuilder(good).setAttributes(Map.of("queue", "x".repeat(257))),
                        DeadLetterReason.BAD_ATTRIBUTES),
                bad(
                        "an attribute that is not printable",
                        AudioChunk.newBuilder(good).setAttributes(Map.of("queue", "a\u0000b")),
                        DeadLetterReason.BAD_ATTRIBUTES),
                bad("no call id", AudioChunk.newBuilder(good).setCallId(""), DeadLetterReason.BAD_CALL_ID),
                bad(
                        "call id too long",
                        AudioChunk.newBuilder(good).setCallId("x".repeat(257)),
                        DeadLetterReason.BAD_CALL_ID),
                bad(
                        "call id not printable",
                        AudioChunk.newBuilder(good).setCallId("a\u0000b"),
                        DeadLetterReason.BAD_CALL_ID));
    }

    private static Arguments bad(String name, byte[] value, DeadLetterReason reason) {
        return Arguments.of(name, value, reason);
    }

    private static Arguments bad(String name, AudioChunk.Builder chunk, DeadLetterReason reason) {
        return Arguments.of(name, TestVoice.bytes(chunk.build()), reason);
    }

    private static AudioChunk.Builder audio(AudioChunk chunk, byte[] audio) {
        return AudioChunk.newBuilder(chunk).setAudio(ByteBuffer.wrap(audio));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInputs")
    void shouldGiveEachBadInputOneDeadLetterAndGoOn(String name, byte[] value, DeadLetterReason reason) {
        chunks.pipeInput("call-1".getBytes(StandardCharsets.UTF_8), value, START);

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).asString().isEqualTo("call-1");
        assertThat(letter.value()).isEqualTo(DeadLetters.atMost(DeadLetters.MAX_VALUE_BYTES, value));
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo(reason.name());
        assertThat(header(letter, DeadLetters.DETAIL)).isNotBlank().hasSizeLessThan(400);
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("features");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("audio-chunks");
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(letter.headers().lastHeader(DeadLetters.CUT_FROM) != null)
                .isEqualTo(value != null && value.length > DeadLetters.MAX_VALUE_BYTES);
        assertNothingElse();

        TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 1), 200).forEach(this::send);
        assertThat(windows()).hasSizeGreaterThan(1);
        assertThat(metrics.dead(reason)).isEqualTo(1);
        assertNothingElse();
    }

    @Test
    void shouldRefuseAChunkWhoseKeyIsNotItsCall() {
        byte[] value = TestVoice.bytes(TestVoice.chunk("call-1", Role.CUSTOMER, 0, new byte[160], false));
        chunks.pipeInput(null, value, START);
        chunks.pipeInput("call-2".getBytes(StandardCharsets.UTF_8), value, START);
        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> header(letter, DeadLetters.REASON))
                .containsExactly("BAD_CALL_ID", "BAD_CALL_ID");
        assertNothingElse();
    }

    @Test
    void shouldCutADeadLetterToWhatABrokerTakes() {
        byte[] key = new byte[DeadLetters.MAX_KEY_BYTES + 1];
        Arrays.fill(key, (byte) 'k');
        chunks.pipeInput(key, new byte[DeadLetters.MAX_VALUE_BYTES + 1], START);
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo(Arrays.copyOf(key, DeadLetters.MAX_KEY_BYTES));
        assertThat(letter.value()).hasSize(DeadLetters.MAX_VALUE_BYTES);
        assertThat(header(letter, DeadLetters.CUT_FROM)).isEqualTo(Integer.toString(DeadLetters.MAX_VALUE_BYTES + 1));
        long headers = Stream.of(letter.headers().toArray())
                .mapToLong(header -> header.key().length() + header.value().length)
                .sum();
        assertThat(headers + letter.key().length + letter.value().length).isLessThan(1 << 20);
        assertNothingElse();
    }

    @Test
    void shouldRefuseAChunkOfAnotherRateAndGoOnWithTheLeg() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 1), 200);
        send(leg.get(0));
        send(AudioChunk.newBuilder(leg.get(1)).setSampleRateHz(16_000).build());
        leg.stream().skip(1).forEach(this::send);
        assertThat(header(deadLetters.readRecord(), DeadLetters.REASON)).isEqualTo("RATE_CHANGED");
        assertThat(windows()).hasSizeGreaterThan(1);
        assertNothingElse();
    }

    @Test
    void shouldDropAndCountRolesThatAreNotAnalysed() {
        TestVoice.chunks("call-1", Role.AGENT, TestVoice.speech(4, 1), 200).forEach(this::send);
        send(AudioChunk.newBuilder(TestVoice.chunk("call-1", Role.UNKNOWN, 0, new byte[1], false))
                .setSampleRateHz(0)
                .build());
        assertThat(metrics.dropped(DropCause.ROLE)).isEqualTo(21);
        assertNothingElse();
    }

    /** The agent is measured, and nothing else of it goes on: no window, no dead letter. */
    @Test
    void shouldMeasureWhoTalksInAllLegsWhereAskedTo() throws Exception {
        driver.close();
        open(new ConfigSources().set("conversation.measures=true"));
        TestOutputTopic<byte[], byte[]> conversations = driver.createOutputTopic(
                "call-conversations", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<AudioChunk> customer = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 1), 200);
        List<AudioChunk> agent = TestVoice.chunks("call-1", Role.AGENT, TestVoice.speech(6, 2), 200);
        customer.forEach(this::send);
        List<Window> expected = new ArrayList<>();
        analyze(customer, expected);
        agent.forEach(this::send);
        send(AudioChunk.newBuilder(agent.get(0)).setSampleRateHz(0).build());
        assertThat(windows()).hasSize(expected.size() + 1).allMatch(window -> window.getRole() == Role.CUSTOMER);

        assertThat(conversations.isEmpty()).isTrue();
        for (int second = 0; second < 7; second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        TestRecord<byte[], byte[]> record = conversations.readRecord();
        assertThat(record.key()).isEqualTo("call-1".getBytes(StandardCharsets.UTF_8));
        CallConversation conversation = new AvroCodec<>(CallConversation.class).decode(record.value());
        assertThat(conversation.getLegs()).extracting(LegTalk::getRole).containsExactly(Role.CUSTOMER, Role.AGENT);
        assertThat(conversation.getLegs().get(1).getTalkMs()).isBetween(4_000L, 6_000L);
        assertThat(metrics.dropped(DropCause.ROLE)).isEqualTo(agent.size() + 1);
        driver.advanceWallClockTime(Duration.ofHours(2));
        assertThat(conversations.isEmpty()).isTrue();
        assertNothingElse();
    }

    @Test
    void shouldDropDuplicatesAndWhatComesAfterTheEnd() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 1), 200);
        leg.forEach(chunk -> {
            send(chunk);
            send(chunk);
        });
        List<MfccWindow> records = windows();
        assertThat(records.get(records.size() - 1).getEnd().getDuplicateChunks())
                .isEqualTo(leg.size() - 1);
        assertThat(metrics.dropped(DropCause.DUPLICATE)).isEqualTo(leg.size() - 1);
        assertThat(metrics.dropped(DropCause.AFTER_END)).isEqualTo(1);
        assertNothingElse();
    }

    @Test
    void shouldForgetAnEndedLegAfterItsRetention() {
        AudioChunk only = TestVoice.chunk("call-1", Role.CUSTOMER, 0, new byte[160], true);
        send(only);
        assertThat(windows()).hasSize(1);
        driver.advanceWallClockTime(Duration.ofMinutes(59));
        send(only);
        assertThat(windows()).isEmpty();
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        send(only);
        assertThat(windows()).hasSize(1);
        assertNothingElse();
    }

    @Test
    void shouldPutChunksInOrderAndFlushWhatIsHeldByTheClock() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(4, 1), 100);
        leg.forEach(this::send);
        List<ByteBuffer> inOrder =
                windows().stream().map(MfccWindow::getCoefficients).toList();

        List<AudioChunk> shuffled =
                new ArrayList<>(leg.stream().map(c -> renamed(c, "call-2")).toList());
        for (int i = 1; i + 2 < shuffled.size(); i += 3) {
            Collections.swap(shuffled, i, i + 1);
        }
        shuffled.forEach(this::send);
        assertThat(windows().stream().map(MfccWindow::getCoefficients)).containsExactlyElementsOf(inOrder);

        List<AudioChunk> gapAtEnd = leg.stream().map(c -> renamed(c, "call-3")).toList();
        int missing = gapAtEnd.size() - 2;
        gapAtEnd.subList(0, missing).forEach(this::send);
        send(gapAtEnd.get(missing + 1));
        assertThat(windows()).extracting(MfccWindow::getEnd).containsOnlyNulls();
        waitForWhatIsMissing();
        assertThat(windows()).last().satisfies(end -> {
            assertThat(end.getEnd().getReason()).isEqualTo(io.undertone.EndReason.LAST_CHUNK);
            assertThat(end.getEnd().getGaps()).isEqualTo(1);
            assertThat(end.getEnd().getGapMs()).isEqualTo(100);
        });
        assertNothingElse();
    }

    @Test
    void shouldEndALegThatIsIdle() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(5, 1), 200);
        leg.stream().limit(22).forEach(this::send);
        windows();
        advance(119);
        assertThat(windows()).isEmpty();
        advance(2);
        assertThat(windows())
                .last()
                .satisfies(end -> assertThat(end.getEnd().getReason()).isEqualTo(io.undertone.EndReason.IDLE));
        send(leg.get(22));
        assertThat(metrics.dropped(DropCause.AFTER_END)).isEqualTo(1);
        assertNothingElse();
    }

    @Test
    void shouldNotTakeItsOwnAbsenceForIdleness() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(5, 1), 200);
        send(leg.get(0));
        driver.advanceWallClockTime(Duration.ofMinutes(5));
        assertThat(windows()).isEmpty();
        leg.stream().skip(1).forEach(this::send);
        assertThat(windows())
                .last()
                .satisfies(end -> assertThat(end.getEnd().getReason()).isEqualTo(io.undertone.EndReason.LAST_CHUNK));
        assertNothingElse();
    }

    @Test
    void shouldRefuseLegsBeyondTheLimitUntilOneEnds() {
        for (int call = 1; call <= 4; call++) {
            send(TestVoice.chunk("call-" + call, Role.CUSTOMER, 0, new byte[160], false));
        }
        assertThat(header(deadLetters.readRecord(), DeadLetters.REASON)).isEqualTo("LIMIT");
        send(TestVoice.chunk("call-1", Role.CUSTOMER, 160, new byte[160], true));
        send(TestVoice.chunk("call-4", Role.CUSTOMER, 160, new byte[160], true));
        // Joined in its middle: what came before could still come.
        waitForWhatIsMissing();
        assertThat(windows()).extracting(MfccWindow::getCallId).containsExactly("call-1", "call-4");
        assertNothingElse();
    }

    @Test
    void shouldKeepTheTimeOfRecordsWithinWhatABrokerTakes() {
        Instant future = Instant.now().plus(Duration.ofDays(9));
        AudioChunk chunk = TestVoice.chunk("call-1", Role.CUSTOMER, 0, new byte[160], true);
        chunks.pipeInput("call-1".getBytes(StandardCharsets.UTF_8), TestVoice.bytes(chunk), future);
        assertThat(windows.readRecord().getRecordTime()).isBefore(future);
        assertNothingElse();
    }

    @Test
    void shouldNotLetAPublishersClockOfThePastDeleteItsWindows() {
        AudioChunk chunk = TestVoice.chunk("call-1", Role.CUSTOMER, 0, new byte[160], true);
        chunks.pipeInput(
                "call-1".getBytes(StandardCharsets.UTF_8),
                TestVoice.bytes(chunk),
                chunk.getCapturedAt().minus(Duration.ofDays(2_000)));
        // Half the retention of mfcc-windows and a minute for the test.
        assertThat(windows.readRecord().getRecordTime()).isAfter(Instant.now().minus(Duration.ofMinutes(12 * 60 + 1)));
        assertNothingElse();
    }

    @Test
    void shouldGoOnWithALegWhoseSourceConnectsAgain() {
        List<AudioChunk> leg = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(12, 1), 200);
        leg.subList(0, 30).forEach(this::send);
        long offset = leg.get(30).getPosition();
        leg.subList(30, 60)
                .forEach(chunk -> send(AudioChunk.newBuilder(chunk)
                        .setPosition(chunk.getPosition() - offset)
                        .build()));
        MfccWindow end = windows().stream()
                .filter(each -> each.getEnd() != null)
                .findFirst()
                .orElseThrow();
        assertThat(end.getEnd().getDurationMs()).isEqualTo(12_000);
        assertThat(end.getEnd().getRestarts()).isEqualTo(1);
        assertThat(end.getEnd().getGaps()).isZero();
        assertThat(registry.get("undertone.legs.positions.restarted").counter().count())
                .isEqualTo(1);
        assertThat(metrics.used()).isEqualTo(60);
        assertNothingElse();
    }

    @Test
    void shouldSayWhereTwoSpeakInOneRole() {
        List<AudioChunk> one = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(5, 1), 200);
        List<AudioChunk> two = TestVoice.chunks("call-1", Role.CUSTOMER, TestVoice.speech(5, 2), 200);
        for (int i = 0; i < one.size() - 1; i++) {
            send(one.get(i));
            send(two.get(i));
        }
        send(one.get(one.size() - 1));
        assertThat(windows())
                .last()
                .satisfies(
                        end -> assertThat(end.getEnd().getContradictingChunks()).isEqualTo(24));
        List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
        assertThat(letters).hasSize(24);
        assertThat(header(letters.get(0), DeadLetters.REASON)).isEqualTo("BAD_POSITION");
        assertThat(header(letters.get(0), DeadLetters.DETAIL)).contains("a leg must have one source");
        assertThat(registry.get("undertone.chunks.contradicting").counter().count())
                .isEqualTo(24);
        assertNothingElse();
    }

    /** Longer than the disorder allowed, without a stall. */
    private void waitForWhatIsMissing() {
        for (int i = 0; i < 12; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(50));
        }
    }

    private void advance(int seconds) {
        for (int i = 0; i < seconds; i++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    private static AudioChunk renamed(AudioChunk chunk, String callId) {
        return AudioChunk.newBuilder(chunk).setCallId(callId).build();
    }

    private void send(AudioChunk chunk) {
        chunks.pipeInput(
                chunk.getCallId().getBytes(StandardCharsets.UTF_8), TestVoice.bytes(chunk), chunk.getCapturedAt());
    }

    private static LegReport analyze(List<AudioChunk> chunks, List<Window> windows) throws Exception {
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
            leg = leg == null ? Leg.open(SPEC, LegSettings.DEFAULT, chunk, TestVoice.STARTED_MS) : leg;
            leg.accept(chunk, TestVoice.STARTED_MS, windows::add);
        }
        return leg.end(EndReason.LAST_CHUNK, windows::add);
    }

    private List<MfccWindow> windows() {
        return windows.readValuesToList().stream().map(this::decode).toList();
    }

    private MfccWindow decode(byte[] value) {
        try {
            return codec.decode(value);
        } catch (io.undertone.codec.UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void assertNothingElse() {
        assertThat(windows.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }
}
