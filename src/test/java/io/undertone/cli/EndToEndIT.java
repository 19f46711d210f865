package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.Vote;
import io.undertone.audio.AudioFile;
import io.undertone.audio.SampleFormat;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileClassifier;
import io.undertone.classify.FileLeg;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.LegId;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.kafka.KafkaClients;
import io.undertone.kafka.Topics;
import io.undertone.model.LoadedModel;
import io.undertone.publish.WindowRecords;
import io.undertone.source.CallFile;
import io.undertone.source.Chunking;
import io.undertone.source.IrregularChunks;
import io.undertone.source.Pace;
import io.undertone.source.PlayedCall;
import io.undertone.source.RecordingPublisher;
import io.undertone.topology.UndertoneStreams;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample call through a real broker, both applications and the shipped default bundle, in chunks of three kinds, against the same
 * file classified without Kafka. The tolerance of 1e-4 is what the project promises; the windows are in fact the same bit by bit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndIT {
    private static final Path CALL = Path.of("demo/call.wav");
    private static final double TOLERANCE = 1e-4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, Supplier<Chunking>> CHUNKINGS = new TreeMap<>(Map.of(
            "of-20-ms", () -> Chunking.every(20),
            "of-200-ms", () -> Chunking.every(200),
            "irregular", () -> new IrregularChunks(20_261_122, 5, 700)));

    private final List<EmotionEvent> events = new ArrayList<>();
    private final List<CallSummary> summaries = new ArrayList<>();
    private final List<MfccWindow> windows = new ArrayList<>();
    private FeatureSpec spec = FeatureSpecs.telephone();
    private FileLeg leg;
    private final List<EmotionEvent> expected = new ArrayList<>();
    private CallSummary expectedSummary;

    @BeforeAll
    void playTheCall(@TempDir Path folder) throws Exception {
        Path home = Path.of("").toAbsolutePath();
        DefaultBundle.isNeeded();
        PlayedCall call = CallFile.read(CALL, "file", List.of());
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("stages", "features,inference")
                    .set("topic.partitions", 3)
                    .set("streams.state.dir", folder)
                    .load();
            try (Cluster cluster = Cluster.reach(config, progress -> {})) {
                Topics.ensure(cluster, config);
            }
            try (LoadedModel model = LoadedModel.open(BundleFolder.find(home, config.modelBundle()), config, 1)) {
                spec = model.spec();
                classify(config, model);
                stream(call, config, model);
            }
        }
    }

    private void classify(UndertoneConfig config, LoadedModel model) throws Exception {
        LegSettings settings =
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio());
        leg = FileLeg.of(AudioFile.read(CALL), 1, model.spec(), settings, 0);
        expectedSummary = new FileClassifier(model, Clock.systemUTC())
                .classify(new LegId("file", Role.CUSTOMER), leg, expected::add);
    }

    private void stream(PlayedCall call, UndertoneConfig config, LoadedModel model) throws Exception {
        try (UndertoneStreams streams = new UndertoneStreams(config, model.spec(), model, new SimpleMeterRegistry());
                EventReader reader = EventReader.open(config, true)) {
            streams.start();
            Awaitility.await().atMost(PATIENCE).until(streams::isReady);
            try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(config)) {
                for (Map.Entry<String, Supplier<Chunking>> chunking : CHUNKINGS.entrySet()) {
                    new RecordingPublisher(
                                    producer,
                                    config.audioChunksTopic(),
                                    SampleFormat.MULAW,
                                    chunking.getValue(),
                                    Pace.of(Pace.MAX))
                            .play(call.named(chunking.getKey()), ms -> {});
                }
            }
            Collector collector = new Collector();
            Awaitility.await().atMost(PATIENCE).until(() -> {
                reader.poll(Duration.ofMillis(200), collector);
                return summaries.size() >= CHUNKINGS.size();
            });
            readWindows(config);
        }
    }

    private void readWindows(UndertoneConfig config) {
        AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(config.mfccWindowsTopic()).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(200))) {
                    windows.add(codec.decode(read.value()));
                }
                return windows.stream()
                                .filter(window -> window.getEnd() != null)
                                .count()
                        >= CHUNKINGS.size();
            });
        }
    }

    @AfterAll
    void forget() {
        events.clear();
        windows.clear();
    }

    private Map<Integer, EmotionEvent> eventsOf(String callId) {
        Map<Integer, EmotionEvent> byIndex = new HashMap<>();
        for (EmotionEvent event : events) {
            if (event.getCallId().equals(callId)) {
                assertThat(byIndex.put(event.getIndex(), event))
                        .as("a second event of window %d", event.getIndex())
                        .isNull();
            }
        }
        return byIndex;
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-20-ms", "of-200-ms", "irregular"})
    void shouldGiveTheWindowsOfTheFile(String callId) throws Exception {
        WindowRecords records = new WindowRecords(spec);
        List<Window> streamed = new ArrayList<>();
        for (MfccWindow window : windows) {
            if (window.getCallId().equals(callId) && window.getEnd() == null) {
                streamed.add(records.window(window));
            }
        }

        assertThat(streamed).hasSameSizeAs(leg.windows());
        for (int i = 0; i < streamed.size(); i++) {
            Window actual = streamed.get(i);
            Window wanted = leg.windows().get(i);
            assertThat(actual.index()).isEqualTo(wanted.index());
            assertThat(actual.startMs()).isEqualTo(wanted.startMs());
            assertThat(actual.endMs()).isEqualTo(wanted.endMs());
            assertThat(actual.speechRatio()).isEqualTo(wanted.speechRatio(), within((float) TOLERANCE));
            assertThat(actual.rows()).isEqualTo(wanted.rows());
            for (int j = 0; j < wanted.length(); j++) {
                assertThat(actual.get(j)).isEqualTo(wanted.get(j), within((float) TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-20-ms", "of-200-ms", "irregular"})
    void shouldGiveTheLabelsAndProbabilitiesOfTheFile(String callId) {
        Map<Integer, EmotionEvent> streamed = eventsOf(callId);

        assertThat(expected).isNotEmpty();
        assertThat(streamed).hasSameSizeAs(expected);
        for (EmotionEvent wanted : expected) {
            EmotionEvent actual = streamed.get(wanted.getIndex());
            assertThat(actual).as("window %d", wanted.getIndex()).isNotNull();
            assertThat(actual.getStartMs()).isEqualTo(wanted.getStartMs());
            assertThat(actual.getEndMs()).isEqualTo(wanted.getEndMs());
            assertThat(actual.getLabel()).isEqualTo(wanted.getLabel());
            assertThat(actual.getConfidence()).isEqualTo(wanted.getConfidence(), within(TOLERANCE));
            assertThat(actual.getAgreement()).isEqualTo(wanted.getAgreement());
            assertThat(actual.getProbabilities().keySet())
                    .isEqualTo(wanted.getProbabilities().keySet());
            wanted.getProbabilities()
                    .forEach((label, probability) ->
                            assertThat(actual.getProbabilities().get(label)).isEqualTo(probability, within(TOLERANCE)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-20-ms", "of-200-ms", "irregular"})
    void shouldSummariseAsTheFileDoes(String callId) {
        CallSummary actual = summaries.stream()
                .filter(summary -> summary.getCallId().equals(callId))
                .findFirst()
                .orElseThrow();

        assertThat(actual.getWindows()).isEqualTo(expectedSummary.getWindows());
        assertThat(actual.getSilentWindows()).isEqualTo(expectedSummary.getSilentWindows());
        assertThat(actual.getDurationMs()).isEqualTo(expectedSummary.getDurationMs());
        assertThat(actual.getSpeechMs()).isEqualTo(expectedSummary.getSpeechMs());
        assertThat(actual.getShares()).isEqualTo(expectedSummary.getShares());
        assertThat(actual.getGaps()).isZero();
        assertThat(actual.getFailedWindows()).isZero();
    }

    @Test
    void shouldCarrySixVotesAndProbabilitiesThatSumToOne() {
        for (EmotionEvent event : events) {
            assertThat(event.getVotes()).hasSize(6);
            assertThat(event.getVotes().stream().map(Vote::getVoter)).doesNotHaveDuplicates();
            assertThat(event.getProbabilities()).hasSize(8);
            assertThat(event.getProbabilities().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isEqualTo(1, within(1e-6));
            long votes = event.getVotes().stream()
                    .filter(vote -> vote.getLabel().equals(event.getLabel()))
                    .count();
            assertThat(event.getAgreement()).isEqualTo(votes / 6.0, within(1e-9));
            assertThat(event.getConfidence()).isEqualTo(event.getProbabilities().get(event.getLabel()));
            assertThat(event.getModel().getName()).isEqualTo("telephone");
            assertThat(event.getModel().getVersion()).isNotEmpty();
        }
    }

    @Test
    void shouldFitTheTimesOfTheAudio() {
        for (CallSummary summary : summaries) {
            long startedAtMs = summary.getStartedAt().toEpochMilli();
            long durationMs = summary.getDurationMs();
            for (EmotionEvent event : eventsOf(summary.getCallId()).values()) {
                boolean endsTheLeg = event.getEndMs() == durationMs;
                assertThat(event.getEndMs() - event.getStartMs())
                        .satisfies(length ->
                                assertThat(length == 3_000 || endsTheLeg).isTrue());
                assertThat(event.getStartMs()).isEqualTo(event.getIndex() * 1_000L);
                // Chunks carry whole milliseconds.
                assertThat(event.getCapturedAt().toEpochMilli()).isCloseTo(startedAtMs + event.getEndMs(), within(1L));
                assertThat(event.getEventId()).isEqualTo(event.getCallId() + "/CUSTOMER/" + event.getIndex());
            }
        }
    }

    @Test
    void shouldLeaveTheAgentAlone() {
        assertThat(events).allMatch(event -> event.getRole() == Role.CUSTOMER);
        assertThat(windows).allMatch(window -> window.getRole() == Role.CUSTOMER);
        assertThat(summaries).hasSize(CHUNKINGS.size());
    }

    /** Keeps what is read. */
    private final class Collector implements EventListener {
        @Override
        public void event(EmotionEvent event) {
            events.add(event);
        }

        @Override
        public void summary(CallSummary summary) {
            summaries.add(summary);
        }
    }
}
