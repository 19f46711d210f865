package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileClassifier;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.ingest.LegId;
import io.undertone.model.LoadedModel;
import io.undertone.source.Voice;
import io.undertone.topology.TestFlow;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call through each platform, both applications and the model gives what {@code classify} says of the recording, as the platform's codec
 * carries it: the same windows, labels and probabilities.
 */
@NullUnmarked
class ClassifiedCallTest {
    private static final int FROM_S = 29;
    private static final int TO_S = 43;
    private static final double SAME = 1e-3;

    @TempDir
    private static Path stateFolder;

    private static UndertoneConfig config;
    private static LoadedModel model;
    private static TestFlow flow;

    private final List<AudioChunk> chunks = new ArrayList<>();
    private final HeardCalls heard = new HeardCalls((platform, callId, role, attributes) -> new PublishedLeg(
            platform, new LegId(callId, role), attributes, 200, (name, chunk, arrivedMs) -> chunks.add(chunk)));

    @BeforeAll
    static void open() {
        config = new ConfigSources()
                .set("streams.state.dir", stateFolder)
                .set("inference.batch.delay.ms=0")
                .set("analysis.roles=CUSTOMER,AGENT")
                .load();
        model = LoadedModel.open(BundleFolder.find(Path.of(""), "telephone"), config, 1);
        flow = new TestFlow(config, model, Instant.ofEpochMilli(HeardCalls.START_MS));
    }

    @AfterAll
    static void close() {
        flow.close();
        model.close();
    }

    static List<String> scripts() {
        return CallScript.NAMES;
    }

    /** Some seconds of the demo's call, in which both speak; at twice its rate, the samples between are means. */
    private static Recording call(int rateHz) throws IOException {
        Recording whole = AudioFile.read(Path.of("demo/call.wav"));
        float[][] channels = new float[2][];
        for (int i = 0; i < 2; i++) {
            float[] narrow = Arrays.copyOfRange(
                    whole.channel(i), FROM_S * whole.sampleRateHz(), TO_S * whole.sampleRateHz() + 7);
            channels[i] = rateHz == whole.sampleRateHz() ? narrow : doubled(narrow);
        }
        return new Recording(rateHz, channels);
    }

    private static float[] doubled(float[] samples) {
        float[] twice = new float[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            twice[2 * i] = samples[i];
            twice[2 * i + 1] = (samples[i] + samples[Math.min(i + 1, samples.length - 1)]) / 2;
        }
        return twice;
    }

    private static List<EmotionEvent> classified(CallScript script, Recording recording) throws IOException {
        List<EmotionEvent> events = new ArrayList<>();
        List<Voice> voices = script.roles().stream()
                .map(role -> new Voice(CallScript.channel(role), role))
                .toList();
        LegSettings settings =
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio());
        new FileClassifier(model, Clock.systemUTC())
                .classify(
                        script.callId(),
                        script.carried(recording).stream(),
                        voices,
                        settings,
                        new FileClassifier.Listener() {
                            @Override
                            public void event(Voice voice, EmotionEvent event) {
                                events.add(event);
                            }

                            @Override
                            public void summary(Voice voice, CallSummary summary) {
                                // The windows are what is compared.
                            }
                        });
        return events;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldSayWhatClassifySays(String name) throws IOException {
        CallScript script = CallScript.of(name, 1);
        Recording recording = call(script.rateHz());
        Session session = script.play(script.messages(recording), heard);
        script.closing().forEach(session::text);
        session.closed(true);
        shouldSayTheSame(script, recording);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldSayItHoweverBadlyTheCallIsSent(String name) throws IOException {
        CallScript script = CallScript.of(name, 2);
        Recording recording = call(script.rateHz());
        script.play(script.roughMessages(recording, new Random(name.hashCode())), heard)
                .closed(false);
        heard.nowMs.addAndGet(Calls.GRACE_MS);
        heard.tick();
        shouldSayTheSame(script, recording);
    }

    private void shouldSayTheSame(CallScript script, Recording recording) throws IOException {
        TestFlow.Result result = flow.take(chunks, script.roles().size());
        assertThat(result.deadLetters()).isZero();
        assertThat(result.summaries()).allMatch(summary -> summary.getGapMs() == 0);
        List<EmotionEvent> expected = classified(script, recording);
        for (Role role : script.roles()) {
            List<EmotionEvent> said = of(result.events(), role);
            List<EmotionEvent> right = of(expected, role);
            // The agent says little in these seconds.
            assertThat(right).hasSizeGreaterThan(role == Role.CUSTOMER ? 8 : 0);
            assertThat(said).extracting(EmotionEvent::getEventId).isEqualTo(ids(right));
            for (int i = 0; i < right.size(); i++) {
                EmotionEvent event = said.get(i);
                assertThat(event.getStartMs()).isEqualTo(right.get(i).getStartMs());
                assertThat(event.getEndMs()).isEqualTo(right.get(i).getEndMs());
                assertThat(event.getLabel()).isEqualTo(right.get(i).getLabel());
                right.get(i)
                        .getProbabilities()
                        .forEach((label, probability) -> assertThat(
                                        event.getProbabilities().get(label))
                                .as(label + " of " + event.getEventId())
                                .isCloseTo(probability, within(SAME)));
            }
        }
    }

    private static List<EmotionEvent> of(List<EmotionEvent> events, Role role) {
        return events.stream().filter(event -> event.getRole() == role).toList();
    }

    private static List<String> ids(List<EmotionEvent> events) {
        return events.stream().map(EmotionEvent::getEventId).toList();
    }
}
