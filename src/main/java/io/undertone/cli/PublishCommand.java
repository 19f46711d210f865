package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.audio.SampleFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.ingest.CallAttributes;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.KafkaClients;
import io.undertone.source.CallFile;
import io.undertone.source.Chunking;
import io.undertone.source.ManyCalls;
import io.undertone.source.Pace;
import io.undertone.source.PlayedCall;
import io.undertone.source.RecordingPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undertone publish}. */
@Command(
        name = "publish",
        description = {
            "Plays audio files into the topic of audio chunks, a leg for each channel.",
            "A stereo file is agent and customer (left, right), a mono file the customer."
        })
final class PublishCommand extends UndertoneSubcommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Parameters(
            paramLabel = "AUDIO",
            arity = "1..*",
            description = "Audio files, played one after the other: WAV, FLAC, AIFF, AU, GSM. -: standard input.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> files = List.of();

    @Option(
            names = "--call-id",
            paramLabel = "ID",
            description =
                    "Id of the call, for a single file. Default: the file's name and the time, so that it is a new"
                            + " call.")
    private @Nullable String callId;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of simultaneous calls of each file, 1 to 500, such as 60 to fill the page; their ids end in"
                            + " -1, -2, ...")
    private int callsAtOnce;

    @Option(
            names = "--roles",
            paramLabel = "ROLE,...",
            converter = ChannelRoles.Converter.class,
            description = "Role of each channel: customer, agent or unknown; - skips a channel.")
    private @Nullable ChannelRoles roles;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "mulaw",
            converter = EncodingName.class,
            description = "Sample format of chunks: mulaw, alaw, s16 or f32.")
    private SampleFormat encoding = SampleFormat.MULAW;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description =
                    "An attribute of the call, such as queue=billing; included in its events, summaries, alerts and webhooks. May be given up to 16 times.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Map<String, String> attributes = Map.of();

    @Option(names = "--chunk-ms", paramLabel = "MS", defaultValue = "200", description = "Length of a chunk in ms.")
    private int chunkMs;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "1",
            converter = Speed.class,
            description = "Multiple of real time, or max: as fast as Kafka accepts it.")
    private double speed;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkUsage();
        CallAttributes known = attributes();
        Logging.quietKafka(debug());
        UndertoneConfig config = options.load(surroundings());
        // All files are read before anything is sent, so that an invalid one stops the command early.
        List<PlayedCall> calls = calls(known, config);
        try (Cluster cluster = Cluster.reach(config, this::say)) {
            cluster.require(List.of(config.audioChunksTopic()), options.topicsCommand(config));
        }
        try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(config)) {
            Supplier<RecordingPublisher> publishers = () -> new RecordingPublisher(
                    producer, config.audioChunksTopic(), encoding, () -> Chunking.every(chunkMs), Pace.of(speed));
            for (int i = 0; i < calls.size(); i++) {
                // The time in an id is the beginning of the call.
                play(publishers, callId == null ? calls.get(i).named(newCallId(files.get(i))) : calls.get(i));
            }
        }
        return Errors.DONE;
    }

    private void checkUsage() {
        if (chunkMs < 1 || chunkMs > 30_000) {
            throw wrongUsage("--chunk-ms must be 1 to 30000: " + chunkMs);
        }
        if (callsAtOnce < 1 || callsAtOnce > ManyCalls.MAX) {
            throw wrongUsage("--calls must be 1 to " + ManyCalls.MAX + ": " + callsAtOnce);
        }
        if (callId != null && files.size() > 1) {
            throw wrongUsage("--call-id is for a single file, and there are " + files.size());
        }
        if (callId != null) {
            try {
                PlayedCall.requireSayable(callId);
            } catch (IllegalArgumentException e) {
                throw wrongUsage("--call-id: " + e.getMessage());
            }
        }
    }

    private List<PlayedCall> calls(CallAttributes known, UndertoneConfig config) throws IOException {
        List<PlayedCall> calls = new ArrayList<>();
        for (Path file : files) {
            PlayedCall call = CallFile.read(
                    file, callId == null ? newCallId(file) : callId, roles == null ? List.of() : roles.roles());
            call.audio().remarks().forEach(this::say);
            checkSize(call, config);
            calls.add(call.with(known));
        }
        return calls;
    }

    private CallAttributes attributes() {
        try {
            return new CallAttributes(attributes);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--attribute: " + e.getMessage());
        }
    }

    private void play(Supplier<RecordingPublisher> publishers, PlayedCall call)
            throws IOException, InterruptedException {
        say(String.format(
                Locale.ROOT,
                "publishing %s %s: %s, %.1f s",
                callsAtOnce == 1 ? "call" : callsAtOnce + " calls",
                callsAtOnce == 1 ? call.callId() : call.callId() + "-1 to -" + callsAtOnce,
                RecordingPublisher.roles(call),
                call.audio().durationMs() / 1000.0));
        int chunks;
        try (Progress progress =
                Progress.of(surroundings(), call.callId(), "s", call.audio().durationMs() / 1000)) {
            List<PlayedCall> atOnce = callsAtOnce == 1
                    ? List.of(call)
                    : IntStream.rangeClosed(1, callsAtOnce)
                            .mapToObj(number -> call.named(call.callId() + "-" + number))
                            .toList();
            chunks = ManyCalls.play(publishers, atOnce, ms -> progress.to(ms / 1000));
        }
        say("published " + chunks + " chunks");
    }

    private void checkSize(PlayedCall call, UndertoneConfig config) {
        long bytes = Chunking.every(chunkMs).end(0, call.audio().sampleRateHz()) * encoding.bytesPerSample();
        if (bytes > config.audioChunkMaxBytes()) {
            throw new Failure("chunks of " + chunkMs + " ms hold " + bytes + " bytes, over audio.chunk.max.bytes="
                    + config.audioChunkMaxBytes() + "; make --chunk-ms smaller");
        }
    }

    private static String newCallId(Path file) {
        return CallFile.stem(file) + "-" + TIME.format(LocalDateTime.now(java.time.ZoneId.systemDefault()));
    }
}
