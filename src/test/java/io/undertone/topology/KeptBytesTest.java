package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.MfccWindow;
import io.undertone.Moment;
import io.undertone.affect.Affect;
import io.undertone.affect.AffectTable;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.LegId;
import io.undertone.vote.Belief;
import io.undertone.vote.Verdict;
import io.undertone.window.LegReport;
import io.undertone.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State and topics that a release wrote are read by this one: the bytes under {@code src/test/resources/kept}, which {@link KeepBytes}
 * wrote once for each release, say what {@link KeptContent} says. Whoever changes a format keeps reading the old one, or fails here.
 */
@NullUnmarked
class KeptBytesTest {
    private static final int WIDTH = 40;
    /** Kept frames in half precision; rounded to bytes, some energies come to lie a fifth of a dB from where they would have been. */
    private static final Set<String> IN_HALVES = Set.of("0.1.0-early", "0.1.0-before-attributes");

    /** Of these, levels are in half precision and are rounded once more, to a 32nd of a dB each: .003 dB in the mean of a window's. */
    private static final Set<String> LEVELS_IN_HALVES =
            Set.of("0.1.0-early", "0.1.0-before-attributes", "0.1.0-half-levels");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path stateFolder;

    static List<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(KeptBytes.ROOT)) {
            return folders.sorted().toList();
        }
    }

    private static FeatureSpec spec(Path release) throws IOException {
        return FeatureSpecs.fromJson(
                new ObjectMapper().readTree(release.resolve("feature-spec.json").toFile()));
    }

    @Test
    void shouldHaveTheBytesOfARelease() throws IOException {
        assertThat(releases()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldReadTheTopics(Path release) throws Exception {
        assertReads(release, "audio-chunks", AudioChunk.class, KeptContent.audioChunks());
        assertReads(release, "mfcc-windows", MfccWindow.class, KeptContent.mfccWindows());
        assertReads(release, "emotion-events", EmotionEvent.class, KeptContent.emotionEvents());
        assertReads(release, "call-summaries", CallSummary.class, KeptContent.callSummaries());
        assertReads(release, "emotion-alerts", EmotionAlert.class, KeptContent.emotionAlerts());
    }

    /** Of releases that keep such: each field of a record says something, and a record of its topic reads it. */
    @Test
    void shouldReadRecordsWhoseFieldsAllSaySomething() throws Exception {
        Map<String, SpecificRecord> expected = KeptContent.wholeRecords();
        List<String> read = new ArrayList<>();
        for (Path release : releases()) {
            for (Map.Entry<String, SpecificRecord> whole : expected.entrySet()) {
                Path kept = release.resolve("whole-" + whole.getKey() + ".txt");
                if (Files.exists(kept)) {
                    byte[] bytes = KeptBytes.read(kept).get(0).value();
                    assertThat(KeptBytes.decoded(bytes, whole.getValue().getClass()))
                            .as(kept.toString())
                            .isEqualTo(whole.getValue());
                    read.add(whole.getKey());
                }
            }
        }
        assertThat(read).as("topics whose records are kept").containsAll(expected.keySet());
    }

    /** As above: what is known of calls in the stores, and the levels of a conversation. */
    @Test
    void shouldGoOnWithWhatIsKnownOfCalls() throws Exception {
        List<Path> keeping = releases().stream()
                .filter(release -> Files.exists(release.resolve("store-conversations.txt")))
                .toList();
        assertThat(keeping).isNotEmpty();
        for (Path release : keeping) {
            MapStore legs = new MapStore();
            KeptBytes.restore(release.resolve("store-legs-known.txt"), legs);
            LegStates states = new KeptLegs(legs, spec(release)).states();
            assertThat(states.get(KeptLegs.LIVE).attributes()).isEqualTo(KeptContent.KNOWN);
            MapStore conversations = new MapStore();
            KeptBytes.restore(release.resolve("store-conversations.txt"), conversations);
            KeptConversation.assertFound(new ConversationStates(conversations));
        }
    }

    private static <T extends SpecificRecord> void assertReads(
            Path release, String topic, Class<T> type, List<T> expected) throws Exception {
        AvroCodec<T> codec = new AvroCodec<>(type);
        List<T> records = new ArrayList<>();
        for (KeptBytes.Entry entry : KeptBytes.read(release.resolve("topic-" + topic + ".txt"))) {
            records.add(codec.decode(entry.value()));
        }
        assertThat(records).isEqualTo(expected);
    }

    /** Whoever reads dead letters by their headers goes on finding them. */
    @ParameterizedTest
    @MethodSource("releases")
    void shouldWriteTheHeadersOfDeadLettersStill(Path release) throws Exception {
        List<KeptBytes.Entry> letters = KeptBytes.read(release.resolve("topic-dead-letters.txt"));
        assertThat(letters).hasSize(1);
        assertThat(KeptContent.deadLetterHeaders())
                .containsAllEntriesOf(letters.get(0).headers());
    }

    /** Changelogs and folders of state are named after these: a store of another name would begin empty. */
    @ParameterizedTest
    @MethodSource("releases")
    void shouldKeepStateUnderTheSameNames(Path release) throws Exception {
        assertThat(KeptStage.stores(stateFolder, FeatureSpecs.telephone()))
                .containsAll(Files.readAllLines(release.resolve("stores.txt")));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldGoOnWithLegs(Path release) throws Exception {
        FeatureSpec spec = spec(release);
        MapStore store = new MapStore();
        KeptBytes.restore(release.resolve("store-legs.txt"), store);
        KeptLegs legs = new KeptLegs(store, spec);
        Map<LegId, String> found = new HashMap<>();
        legs.states().forEach((id, endedAtMs, holds) -> found.put(id, endedAtMs + (holds ? " holds" : "")));
        assertThat(found)
                .isEqualTo(Map.of(
                        KeptLegs.LIVE, "-1",
                        KeptLegs.HOLDING, "-1 holds",
                        KeptLegs.ENDED, Long.toString(KeptLegs.ENDED_AT_MS)));

        List<Window> undisturbed = new ArrayList<>();
        List<AudioChunk> call = KeptContent.call(KeptLegs.LIVE.callId());
        LegReport expected =
                end(new KeptLegs(new MapStore(), spec).receive(KeptLegs.LIVE, call, undisturbed), undisturbed);
        assertThat(undisturbed).extracting(Window::index).containsExactly(0, 1, 2, 3);

        List<Window> after = new ArrayList<>();
        LegStates.Live live = legs.receive(KeptLegs.LIVE, call.subList(KeptLegs.HEARD, call.size()), after);
        assertThat(end(live, after)).isEqualTo(expected);
        String name = release.getFileName().toString();
        float tolerance = IN_HALVES.contains(name) ? 0.25f : 0.001f;
        float ofLevels = LEVELS_IN_HALVES.contains(name) ? 0.01f : 0.001f;
        assertSame(after, undisturbed.subList(1, 4), tolerance, ofLevels);

        List<AudioChunk> other = new ArrayList<>(KeptContent.call(KeptLegs.HOLDING.callId()));
        other.remove(KeptLegs.MISSING + 1);
        List<Window> all = new ArrayList<>();
        LegStates.Live holding = legs.receive(KeptLegs.HOLDING, other.subList(KeptLegs.MISSING, other.size()), all);
        assertThat(end(holding, all)).isEqualTo(expected);
        assertSame(all, undisturbed, tolerance, ofLevels);
    }

    private static LegReport end(LegStates.Live leg, List<Window> windows) {
        assertThat(leg.leg().complete()).isTrue();
        return leg.leg().end(EndReason.LAST_CHUNK, windows::add);
    }

    /** But for what another machine's logarithm may have made of the last bit, which may be a step of what bytes count. */
    private static void assertSame(List<Window> actual, List<Window> expected, float tolerance, float ofLevels) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Window is = actual.get(i);
            Window should = expected.get(i);
            assertThat(is.index()).isEqualTo(should.index());
            assertThat(is.startMs()).isEqualTo(should.startMs());
            assertThat(is.endMs()).isEqualTo(should.endMs());
            assertThat(is.capturedAtMs()).isEqualTo(should.capturedAtMs());
            assertThat(is.speechRatio()).isEqualTo(should.speechRatio());
            assertThat(is.levelDb()).isCloseTo(should.levelDb(), within(ofLevels));
            assertThat(is.length()).isEqualTo(should.length());
            for (int at = 0; at < should.length(); at++) {
                assertThat(is.get(at)).isCloseTo(should.get(at), within(step(should, at % WIDTH) + tolerance));
            }
        }
    }

    /** Of what its bytes count, an eighth more than a 254th of the coefficient's range at most. */
    private static float step(Window window, int coefficient) {
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (int at = coefficient; at < window.length(); at += WIDTH) {
            lowest = Math.min(lowest, window.get(at));
            highest = Math.max(highest, window.get(at));
        }
        return (highest - lowest) / 254 * 1.125f;
    }

    /** With all that a dead letter would have to say of it. */
    @ParameterizedTest
    @MethodSource("releases")
    void shouldReadRecordsThatWait(Path release) throws Exception {
        AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
        List<String> waiting = new ArrayList<>();
        for (KeptBytes.Entry entry : KeptBytes.read(release.resolve("store-waiting-windows.txt"))) {
            DeadLetterSink.Source source = WaitingWindow.fromBytes(entry.value(), "mfcc-windows", 2);
            assertThat(source.key()).isEqualTo(KeptContent.LEG.recordKey());
            assertThat(source.timestampMs()).isEqualTo(KeptContent.STARTED_MS);
            MfccWindow record = codec.decode(source.value());
            assertThat(LegId.ofStoreKey(entry.key())).isEqualTo(KeptContent.LEG);
            waiting.add(source.offset() + (record.getEnd() == null ? ": window " + record.getIndex() : ": end"));
        }
        assertThat(waiting).containsExactly("3: window 3", "4: window 4", "5: end");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldJudgeWindowsThatWaitAndCountThoseBefore(Path release) throws Exception {
        TestModel model = new TestModel(spec(release), batch -> {});
        AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
        AvroCodec<CallSummary> summaryCodec = new AvroCodec<>(CallSummary.class);
        try (KeptStage stage = KeptStage.inference(stateFolder, model)) {
            KeptBytes.restore(release.resolve("store-waiting-windows.txt"), stage.store(Names.WAITING_STORE));
            KeptBytes.restore(release.resolve("store-tallies.txt"), stage.store(Names.TALLY_STORE));
            boolean believed = !LegStanding.fromBytes(
                            KeptBytes.of(stage.store(Names.TALLY_STORE)).get(0).value())
                    .belief()
                    .equals(Belief.NONE);
            List<byte[]> summaries = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                stage.tick();
                summaries.addAll(stage.output("call-summaries").readValuesToList());
                return !summaries.isEmpty();
            });
            List<EmotionEvent> events = new ArrayList<>();
            for (byte[] value : stage.output("emotion-events").readValuesToList()) {
                events.add(eventCodec.decode(value));
            }
            assertThat(events).extracting(EmotionEvent::getIndex).containsExactly(3, 4);
            List<Verdict> verdicts = verdicts(model, believed);
            for (EmotionEvent event : events) {
                Window window = KeptContent.window(event.getIndex());
                assertThat(event.getEventId()).isEqualTo(KeptContent.LEG + "/" + event.getIndex());
                assertThat(event.getProbabilities())
                        .isEqualTo(verdicts.get(event.getIndex() - 1).probabilities());
                assertThat(event.getStartMs()).isEqualTo(window.startMs());
                assertThat(event.getCapturedAt().toEpochMilli()).isEqualTo(window.capturedAtMs());
            }
            CallSummary summary = summaryCodec.decode(summaries.get(0));
            assertSummary(summary, verdicts);
            assertAffect(summary, believed ? verdicts : verdicts.subList(2, 4));
            assertThat(summaries).hasSize(1);
            assertThat(KeptBytes.of(stage.store(Names.WAITING_STORE))).isEmpty();
            assertThat(KeptBytes.of(stage.store(Names.TALLY_STORE))).isEmpty();
            assertThat(stage.output("dead-letters").isEmpty()).isTrue();
        }
    }

    /** Of windows 0 and 2 that were judged and 3 and 4 that wait; releases that kept no belief judged each by itself. */
    private static List<Verdict> verdicts(TestModel model, boolean believed) {
        List<Window> leg = Stream.of(0, 2, 3, 4).map(KeptContent::window).toList();
        if (believed) {
            return model.verdicts(leg);
        }
        List<Verdict> verdicts = new ArrayList<>();
        leg.subList(0, 2).forEach(window -> verdicts.addAll(model.verdicts(List.of(window))));
        verdicts.addAll(model.verdicts(leg.subList(2, 4)));
        return verdicts;
    }

    private static void assertSummary(CallSummary summary, List<Verdict> verdicts) {
        Map<String, Double> shares = new HashMap<>();
        List<Integer> notNeutral = new ArrayList<>();
        Map<Integer, String> labels = Map.of(
                0, verdicts.get(0).label(),
                2, verdicts.get(1).label(),
                3, verdicts.get(2).label(),
                4, verdicts.get(3).label());
        for (int index : labels.keySet()) {
            String label = labels.get(index);
            shares.merge(label, 0.25, Double::sum);
            if (!label.equals("neutral")) {
                notNeutral.add(index);
            }
        }
        assertThat(summary.getWindows()).isEqualTo(4);
        assertThat(summary.getFailedWindows()).isEqualTo(1);
        assertThat(summary.getSilentWindows()).isEqualTo(1);
        assertThat(summary.getShares()).isEqualTo(shares);
        assertThat(summary.getStrongest()).extracting(Moment::getIndex).containsExactlyInAnyOrderElementsOf(notNeutral);
        assertThat(summary.getStartedAt().toEpochMilli()).isEqualTo(KeptContent.STARTED_MS);
        assertThat(summary.getDurationMs()).isEqualTo(8_000);
        assertThat(summary.getGapMs()).isEqualTo(300);
        assertThat(summary.getEndReason()).isEqualTo(io.undertone.EndReason.LAST_CHUNK);
    }

    /** Tallies count in ten-thousandths; those of the earliest release know nothing of the windows before. */
    private static void assertAffect(CallSummary summary, List<Verdict> heard) {
        List<Affect> each = heard.stream()
                .map(verdict -> AffectTable.DEFAULT.of(verdict.probabilities()))
                .toList();
        double valence = each.stream().mapToDouble(Affect::valence).average().orElseThrow();
        double arousal = each.stream().mapToDouble(Affect::arousal).average().orElseThrow();
        assertThat(summary.getValence()).isCloseTo(valence, within(1e-4));
        assertThat(summary.getArousal()).isCloseTo(arousal, within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldGoOnWithEpisodesOfAlerts(Path release) throws Exception {
        AvroCodec<EmotionEvent> eventCodec = new AvroCodec<>(EmotionEvent.class);
        try (KeptStage stage = KeptStage.alerts(stateFolder)) {
            KeptBytes.restore(release.resolve("store-leg-alerts.txt"), stage.store(Names.ALERT_STORE));
            stage.send(KeptLegs.HOLDING, eventCodec.encode(KeptContent.event("2", 3, "angry")));
            assertThat(stage.output("emotion-alerts").isEmpty())
                    .as("an episode that had its alert goes on")
                    .isTrue();
            stage.send(KeptContent.LEG, eventCodec.encode(KeptContent.event(KeptContent.CALL_ID, 2, "angry")));
            EmotionAlert alert = new AvroCodec<>(EmotionAlert.class)
                    .decode(stage.output("emotion-alerts").readValue());
            assertThat(alert.getAlertId()).isEqualTo(KeptContent.CALL_ID + "/CUSTOMER/angry/2");
            assertThat(alert.getWindows())
                    .isEqualTo(List.of(
                            new Moment(0, 0L, 3_000L, "angry", 0.75),
                            new Moment(1, 1_000L, 4_000L, "angry", 0.75),
                            new Moment(2, 2_000L, 5_000L, "angry", 0.75)));
        }
    }
}
