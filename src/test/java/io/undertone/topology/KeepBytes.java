package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.MfccWindow;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.LegId;
import io.undertone.publish.WindowRecords;
import io.undertone.window.LegReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes what a release writes, for {@link KeptBytesTest} to read from then on: {@code mvn -B -Dquick test -Dtest=KeepBytes
 * -Dkeep.release=0.1.0}. Not one of the tests: its name is none of theirs, and without a release it does nothing.
 */
@NullUnmarked
@EnabledIfSystemProperty(named = "keep.release", matches = ".+")
class KeepBytes {
    @TempDir
    Path stateFolder;

    private final FeatureSpec spec = FeatureSpecs.telephone();
    private final Path folder = KeptBytes.ROOT.resolve(System.getProperty("keep.release", ""));

    @Test
    void keep() throws Exception {
        assertThat(folder).as("bytes of a release are written once").doesNotExist();
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("feature-spec.json"),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(FeatureSpecs.toJson(spec))
                        + "\n");
        Files.write(folder.resolve("stores.txt"), KeptStage.stores(stateFolder, spec));
        keepTopics();
        keepLegs();
        keepKnownCalls();
        keepInference();
        keepAlerts();
    }

    private void keepTopics() throws Exception {
        keep("audio-chunks", AudioChunk.class, KeptContent.audioChunks(), AudioChunk::getCallId);
        keep("mfcc-windows", MfccWindow.class, KeptContent.mfccWindows(), MfccWindow::getCallId);
        keep("emotion-events", EmotionEvent.class, KeptContent.emotionEvents(), EmotionEvent::getCallId);
        keep("call-summaries", CallSummary.class, KeptContent.callSummaries(), CallSummary::getCallId);
        keep("emotion-alerts", EmotionAlert.class, KeptContent.emotionAlerts(), EmotionAlert::getCallId);
        for (Map.Entry<String, SpecificRecord> whole :
                KeptContent.wholeRecords().entrySet()) {
            KeptBytes.write(
                    folder.resolve("whole-" + whole.getKey() + ".txt"),
                    List.of(KeptBytes.Entry.of(KeptContent.LEG.recordKey(), KeptBytes.encoded(whole.getValue()))));
        }
        KeptBytes.write(
                folder.resolve("topic-dead-letters.txt"),
                List.of(new KeptBytes.Entry(
                        KeptContent.LEG.recordKey(), new byte[] {1, 2, 3}, KeptContent.deadLetterHeaders())));
    }

    private <T extends SpecificRecord> void keep(
            String topic, Class<T> type, List<T> records, Function<T, String> callId) throws Exception {
        AvroCodec<T> codec = new AvroCodec<>(type);
        List<KeptBytes.Entry> entries = new ArrayList<>();
        for (T record : records) {
            byte[] key = callId.apply(record).getBytes(StandardCharsets.UTF_8);
            entries.add(KeptBytes.Entry.of(key, codec.encode(record)));
        }
        KeptBytes.write(folder.resolve("topic-" + topic + ".txt"), entries);
    }

    private void keepStore(String name, org.apache.kafka.streams.state.KeyValueStore<Bytes, byte[]> store)
            throws Exception {
        KeptBytes.write(folder.resolve("store-" + name + ".txt"), KeptBytes.of(store));
    }

    private void keepLegs() throws Exception {
        MapStore store = new MapStore();
        KeptLegs legs = new KeptLegs(store, spec);
        legs.receive(
                KeptLegs.LIVE, KeptContent.call(KeptLegs.LIVE.callId()).subList(0, KeptLegs.HEARD), new ArrayList<>());
        List<AudioChunk> other = KeptContent.call(KeptLegs.HOLDING.callId());
        legs.receive(KeptLegs.HOLDING, other.subList(0, KeptLegs.MISSING), new ArrayList<>());
        legs.receive(KeptLegs.HOLDING, List.of(other.get(KeptLegs.MISSING + 1)), new ArrayList<>());
        legs.states().ended(KeptLegs.ENDED, KeptLegs.ENDED_AT_MS);
        keepStore(Names.LEG_STORE, store);
    }

    /** What is known of a call, of a leg that has heard little and of a conversation that is on. */
    private void keepKnownCalls() throws Exception {
        MapStore legs = new MapStore();
        KeptLegs known = new KeptLegs(legs, spec);
        LegStates.Live leg = known.receive(
                KeptLegs.LIVE, KeptContent.call(KeptLegs.LIVE.callId()).subList(0, 2), new ArrayList<>());
        known.states().attributes(leg, KeptContent.KNOWN);
        keepStore("legs-known", legs);
        MapStore conversations = new MapStore();
        KeptConversation.keep(new ConversationStates(conversations));
        keepStore("conversations", conversations);
    }

    /** Windows 0 to 2 have been judged, of which 1 failed; 3, 4 and the leg's end wait. */
    private void keepInference() throws Exception {
        AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
        WindowRecords records = new WindowRecords(spec);
        LegId leg = KeptContent.LEG;
        CountDownLatch kept = new CountDownLatch(1);
        TestModel model = new TestModel(spec, batch -> {
            int index = batch.get(0).index();
            if (index == 1) {
                throw new IllegalStateException("cannot do number 1");
            }
            if (index >= 3) {
                wait(kept);
            }
        });
        try (KeptStage stage = KeptStage.inference(stateFolder, model)) {
            for (int i = 0; i < 3; i++) {
                stage.send(leg, codec.encode(records.ofWindow(leg, KeptContent.window(i))));
            }
            List<byte[]> published = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                stage.tick();
                published.addAll(stage.output("emotion-events").readValuesToList());
                return published.size() == 2;
            });
            for (int i = 3; i < 5; i++) {
                stage.send(leg, codec.encode(records.ofWindow(leg, KeptContent.window(i))));
            }
            LegReport report = new LegReport(
                    EndReason.LAST_CHUNK,
                    KeptContent.STARTED_MS,
                    8_000,
                    5_000,
                    5,
                    1,
                    0,
                    2,
                    300,
                    40,
                    39,
                    1,
                    0,
                    0,
                    0,
                    0,
                    0);
            stage.send(leg, codec.encode(records.ofEnd(leg, report)));
            keepWaiting(KeptBytes.of(stage.store(Names.WAITING_STORE)));
            keepStore(Names.TALLY_STORE, stage.store(Names.TALLY_STORE));
            kept.countDown();
        }
    }

    /** At the time at which they came: records that are old by now are taken for newer ones, or a broker would delete what is made of them. */
    private void keepWaiting(List<KeptBytes.Entry> waiting) throws Exception {
        List<KeptBytes.Entry> entries = new ArrayList<>();
        for (KeptBytes.Entry entry : waiting) {
            DeadLetterSink.Source source = WaitingWindow.fromBytes(entry.value(), "mfcc-windows", 0);
            entries.add(KeptBytes.Entry.of(
                    entry.key(),
                    WaitingWindow.toBytes(
                            new DeadLetterSink.Source(
                                    source.topic(),
                                    source.partition(),
                                    source.offset(),
                                    KeptContent.STARTED_MS,
                                    source.key(),
                                    source.value()),
                            source.value())));
        }
        KeptBytes.write(folder.resolve("store-" + Names.WAITING_STORE + ".txt"), entries);
    }

    /** One leg lacks one angry window for an alert, the other has had its alert. */
    private void keepAlerts() throws Exception {
        AvroCodec<EmotionEvent> codec = new AvroCodec<>(EmotionEvent.class);
        try (KeptStage stage = KeptStage.alerts(stateFolder)) {
            for (int i = 0; i < 3; i++) {
                if (i < 2) {
                    stage.send(KeptContent.LEG, codec.encode(KeptContent.event(KeptContent.CALL_ID, i, "angry")));
                }
                stage.send(KeptLegs.HOLDING, codec.encode(KeptContent.event("2", i, "angry")));
            }
            assertThat(stage.output("emotion-alerts").readValuesToList()).hasSize(1);
            keepStore(Names.ALERT_STORE, stage.store(Names.ALERT_STORE));
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
