package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.caller.CallerException;
import io.undertone.caller.TwilioCaller;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.gateway.GatewayStage;
import io.undertone.ingest.LegId;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.registry.RecordFormats;
import io.undertone.topology.TestFlow;
import io.undertone.topology.TestModel;
import io.undertone.topology.TestVoice;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed amid calls, and the platform connects them again to another one that runs: nothing is published twice, each leg goes
 * on in its position, and what was not sent again is a gap as long as the clock says. {@code -Dgateway.kill.calls=50} is the long form.
 */
class GatewayKillIT {
    private static final int CALLS = Integer.getInteger("gateway.kill.calls", 10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("the gateway: (ws://\\S+)");
    private static final int FRAME_MS = 20;
    private static final int FRAME = 160;
    private static final int SECONDS = 120;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] customer =
            PcmEncoder.encode(SampleFormat.MULAW, TestVoice.speech(SECONDS, 3), 0, SECONDS * 8_000);
    private final byte[] agent =
            PcmEncoder.encode(SampleFormat.MULAW, TestVoice.speech(SECONDS, 4), 0, SECONDS * 8_000);
    private final List<Speaker> speakers = new ArrayList<>();
    private long startedNanos;
    private long offMs;

    /** One call, spoken without a pause, whoever listens. */
    private final class Speaker {
        private final String callSid;
        private TwilioCaller caller;
        private final int[] began = new int[2];
        private int streams;
        private long firstMs;
        private int next;

        private Speaker(String callSid, URI gateway) {
            this.callSid = callSid;
            connect(gateway);
        }

        private void connect(URI gateway) {
            caller = TwilioCaller.connect(client, gateway, "", callSid, 8_000, true);
            next = spoken() - 1;
            began[streams++] = next;
            firstMs = 0;
            speak();
        }

        /** Sends what was spoken since. */
        private void speak() {
            for (int now = spoken(); next < now; next++) {
                firstMs = firstMs == 0 ? System.currentTimeMillis() : firstMs;
                caller.frame(
                        (long) (next - began[streams - 1]) * FRAME_MS,
                        frame(customer, next),
                        List.of(frame(agent, next)));
            }
        }
    }

    /** Frames that have been spoken to their end: they were a second ago when the first call comes. */
    private int spoken() {
        return (int) (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos) / FRAME_MS);
    }

    private static byte[] frame(byte[] voice, int number) {
        byte[] frame = new byte[FRAME];
        System.arraycopy(voice, number * FRAME % voice.length, frame, 0, FRAME);
        return frame;
    }

    @Test
    void shouldGoOnAtAnotherGatewayThatRuns() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("gateway.port=0")
                    .set("topic.partitions=3")
                    .set("streams.state.dir", folder.resolve("state"))
                    .set("analysis.roles=CUSTOMER,AGENT")
                    .load();
            try (Cluster cluster = Cluster.reach(config, line -> {})) {
                Topics.ensure(cluster, config);
            }
            try (ProgramProcess doomed = start(broker);
                    GatewayStage other = GatewayStage.start(config, new SimpleMeterRegistry())) {
                killAmid(doomed, other, config);
            }
            Map<LegId, List<AudioChunk>> legs = published(config);
            assertThat(legs).hasSize(2 * CALLS);
            legs.forEach(this::shouldGoOn);
            System.out.println(CALLS + " calls, places after the gap are off by at most " + offMs + " ms");
            shouldBeHeardOnce(config, legs);
        }
    }

    private ProgramProcess start(EmbeddedBroker broker) {
        return ProgramProcess.start(
                folder,
                "doomed",
                List.of(
                        "serve",
                        "--stages",
                        "gateway",
                        "--bootstrap-server",
                        broker.bootstrapServers(),
                        "--set",
                        "gateway.port=0",
                        "--set",
                        "web.port=0"));
    }

    private static URI address(ProgramProcess gateway) {
        await().atMost(PATIENCE).until(() -> ADDRESS.matcher(gateway.err()).find() || !gateway.isAlive());
        Matcher said = ADDRESS.matcher(gateway.err());
        assertThat(said.find()).as(gateway.err()).isTrue();
        return URI.create(said.group(1));
    }

    private void killAmid(ProgramProcess doomed, GatewayStage other, UndertoneConfig config) throws Exception {
        URI address = address(doomed);
        startedNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < CALLS; i++) {
            speakers.add(new Speaker("CA" + i, address));
        }
        // Every call is in the topic, some of them for longer than the others.
        speakUntil(() -> published(config).values().stream()
                        .filter(leg -> leg.size() > 4)
                        .count()
                == 2L * CALLS);
        doomed.kill();
        int before = chunks(config);
        int killed = spoken();
        // A platform takes its time.
        await().atMost(PATIENCE).until(() -> spoken() > killed + 10);
        for (Speaker speaker : speakers) {
            await().atMost(PATIENCE).until(() -> speaker.caller.line().closed().isDone());
            speaker.connect(other.address());
        }
        speakUntil(() -> chunks(config) > before + CALLS * 40);
        speakers.forEach(speaker -> speaker.caller.close());
        await().atMost(PATIENCE)
                .until(() -> published(config).values().stream()
                        .allMatch(leg -> leg.get(leg.size() - 1).getLast()));
    }

    private void speakUntil(java.util.concurrent.Callable<Boolean> enough) {
        await().atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    speakers.forEach(GatewayKillIT::speak);
                    return enough.call();
                });
    }

    private static void speak(Speaker speaker) {
        try {
            speaker.speak();
        } catch (CallerException e) {
            throw new AssertionError("a gateway that was not killed must take what is sent: " + speaker.callSid, e);
        }
    }

    private static int chunks(UndertoneConfig config) throws Exception {
        return published(config).values().stream().mapToInt(List::size).sum();
    }

    /** What the topic holds, by leg, in order. */
    private static Map<LegId, List<AudioChunk>> published(UndertoneConfig config) throws Exception {
        var codec = RecordFormats.of(config).codec(AudioChunk.class, config.audioChunksTopic());
        Map<LegId, List<AudioChunk>> legs = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(config.audioChunksTopic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    AudioChunk chunk = codec.decode(record.value());
                    legs.computeIfAbsent(new LegId(chunk.getCallId(), chunk.getRole()), id -> new ArrayList<>())
                            .add(chunk);
                }
            }
        }
        return legs;
    }

    private void shouldGoOn(LegId id, List<AudioChunk> leg) {
        byte[] voice = id.role() == Role.CUSTOMER ? customer : agent;
        Speaker speaker = speakers.stream()
                .filter(each -> each.callSid.equals(id.callId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody spoke " + id));
        long originMs = leg.get(0).getCapturedAt().toEpochMilli();
        long next = 0;
        int gaps = 0;
        int voiceAt = speaker.began[0] * FRAME;
        for (AudioChunk chunk : leg) {
            assertThat(chunk.getPosition()).as("nothing twice in " + id).isGreaterThanOrEqualTo(next);
            assertThat(chunk.getCapturedAt().toEpochMilli()).isEqualTo(originMs + chunk.getPosition() / 8);
            if (chunk.getPosition() > next) {
                gaps++;
                voiceAt = speaker.began[1] * FRAME;
                // Where the clock stood when the first of it was sent, or later, as it came later.
                assertThat(chunk.getCapturedAt().toEpochMilli()).isGreaterThanOrEqualTo(speaker.firstMs - FRAME_MS - 1);
                long spokenMs = (long) (speaker.began[1] - speaker.began[0]) * FRAME_MS;
                offMs = Math.max(offMs, Math.abs(chunk.getPosition() / 8 - spokenMs));
            }
            byte[] audio = new byte[chunk.getAudio().remaining()];
            chunk.getAudio().duplicate().get(audio);
            assertThat(audio).as("audio of " + id).isEqualTo(cut(voice, voiceAt, audio.length));
            voiceAt += audio.length;
            next = chunk.getPosition() + audio.length;
        }
        assertThat(gaps).as("gaps of " + id).isOne();
        assertThat(leg.stream().filter(AudioChunk::getLast)).hasSize(1);
    }

    private static byte[] cut(byte[] voice, int from, int length) {
        byte[] part = new byte[length];
        for (int i = 0; i < length; i++) {
            part[i] = voice[(from + i) % voice.length];
        }
        return part;
    }

    /** The stages behind see one leg each, with one gap of that length, and every window once. */
    private static void shouldBeHeardOnce(UndertoneConfig config, Map<LegId, List<AudioChunk>> legs) {
        List<AudioChunk> all = legs.values().stream().flatMap(List::stream).toList();
        TestFlow.Result heard;
        try (TestFlow flow = new TestFlow(config, new TestModel(), Instant.ofEpochMilli(System.currentTimeMillis()))) {
            heard = flow.take(all, legs.size());
        }
        assertThat(heard.deadLetters()).isZero();
        assertThat(heard.events()).extracting(EmotionEvent::getEventId).doesNotHaveDuplicates();
        assertThat(heard.summaries()).hasSize(legs.size());
        for (CallSummary summary : heard.summaries()) {
            List<AudioChunk> leg = legs.getOrDefault(new LegId(summary.getCallId(), summary.getRole()), List.of());
            AudioChunk end = leg.get(leg.size() - 1);
            long samples = leg.stream()
                    .mapToLong(chunk -> chunk.getAudio().remaining())
                    .sum();
            long length = end.getPosition() + end.getAudio().remaining();
            assertThat(summary.getGaps()).isOne();
            assertThat(summary.getGapMs()).isEqualTo((length - samples) / 8);
            assertThat(summary.getRestarts()).isZero();
            assertThat(summary.getContradictingChunks()).isZero();
        }
    }
}
