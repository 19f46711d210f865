package io.undertone.cli;

import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.bench.BenchMachine;
import io.undertone.bench.BenchPlot;
import io.undertone.bench.BenchReport;
import io.undertone.bench.BenchRig;
import io.undertone.bench.BenchRun;
import io.undertone.bench.BenchSampler;
import io.undertone.bench.BenchStorage;
import io.undertone.bench.CapacitySearch;
import io.undertone.bench.LoopedAudio;
import io.undertone.bench.PostSink;
import io.undertone.bench.Program;
import io.undertone.bench.RunResult;
import io.undertone.bench.SystemSample;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleFolder;
import io.undertone.config.ConfigSources;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.Cluster;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undertone bench}. */
@Command(
        name = "bench",
        description = {
            "Puts live legs at real-time pace through a broker and 'serve', each in its own process, and"
                    + " measures.",
            "Latency: from the moment at which a window's last chunk was due to its event being readable with"
                    + " read_committed. When chunks are due is fixed in advance: a delay anywhere makes their events"
                    + " late.",
            "Writes bench.json and bench.png. Figures are meaningful only on an otherwise idle machine."
        })
final class BenchCommand extends UndertoneSubcommand {
    private static final int MOST_LEGS = 100_000;
    /** The first window of a leg ends after 3 s, and legs begin within 1 s. */
    private static final int LEAST_WARM_UP_SECONDS = 4;

    private static final int TWILIO_FRAME_MS = 20;

    /** Smaller values are shown as 0.00. */
    private static final double LEAST_CORES = 0.005;

    /** Signs posts to this command's own receiver, which does not verify them. */
    private static final String SINK_SECRET = "whsec_YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaGJlbmNo";

    private static final int MOST_SECONDS = 24 * 3_600;

    @Parameters(
            paramLabel = "AUDIO",
            arity = "0..*",
            description = "Audio files whose customer channels the legs play in a loop. Default: the sample call.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> files = List.of();

    @Option(
            names = "--legs",
            paramLabel = "N,...",
            split = ",",
            defaultValue = "100",
            description =
                    "Number of live legs; several numbers: one run each. With --search: the number to start with.")
    private List<Integer> legs = List.of(100);

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "30", description = "Measured time of each run.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "15",
            description = "Warm-up time of each run before it is measured.")
    private int warmUpSeconds;

    @Option(
            names = "--join",
            paramLabel = "S",
            defaultValue = "0",
            description = "Time over which a run's legs begin, within its warm-up; 0: half of it. 1 shows how a"
                    + " freshly started program copes with all of them at once.")
    private int joinSeconds;

    @Option(names = "--chunk-ms", paramLabel = "MS", defaultValue = "200", description = "Length of a chunk in ms.")
    private int chunkMs;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "mulaw",
            converter = EncodingName.class,
            description = "Sample format of chunks: mulaw, alaw, s16 or f32.")
    private SampleFormat encoding = SampleFormat.MULAW;

    @Option(names = "--search", description = "Search for the most legs within --p99-ms.")
    private boolean search;

    @Option(
            names = "--p99-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "With --search: limit of the 99th percentile of latency.")
    private double p99Ms;

    @Option(
            names = "--sample",
            paramLabel = "S",
            description =
                    "Interval in seconds at which heap, memory, threads and lag of 'serve' are recorded. For long runs, such"
                            + " as --legs 250,250,250 --seconds 1200.")
    private @Nullable Integer sampleSeconds;

    @Option(
            names = "--no-serve",
            description =
                    "Do not start 'serve': use a running one with the same configuration. Needs --bootstrap-server.")
    private boolean noServe;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "bench",
            description = "Folder for bench.json and bench.png.")
    private Path report = Path.of("bench");

    @Option(
            names = "--through",
            paramLabel = "PLATFORM",
            description =
                    "Send the legs through the gateway: twilio, a session with both tracks for each leg, in frames of 20 ms. Not"
                            + " with --no-serve.")
    private @Nullable String through;

    @Option(
            names = "--webhooks",
            description =
                    "Also run the stages alerts and webhooks, which post to a receiver in this process, on loopback. Not"
                            + " with --no-serve.")
    private boolean webhooks;

    @Option(names = "--json", description = "One JSON object for each run on standard output.")
    private boolean json;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkUsage();
        if (through != null) {
            chunkMs = TWILIO_FRAME_MS;
        }
        Logging.quietKafka(debug());
        ConfigSources sources = options.sources(surroundings().environment());
        UndertoneConfig wanted = LocalConfigOptions.load(sources, surroundings());
        LoopedAudio audio = audio(wanted);
        int windowMs = windowMs(wanted);
        Files.createDirectories(report);
        List<RunResult> runs = new ArrayList<>();
        List<SystemSample> samples = List.of();
        CapacitySearch capacity = search ? new CapacitySearch(legs.get(0), MOST_LEGS) : null;
        Program program =
                Program.of(Main.class, surroundings().home(), surroundings().environment());
        try (PostSink sink = webhooks ? PostSink.start() : null;
                BenchRig rig = BenchRig.start(
                        program,
                        this::say,
                        sources,
                        arguments(wanted, sink),
                        !options.namesCluster(),
                        !noServe,
                        debug());
                Cluster cluster = Cluster.reach(rig.config(), this::say);
                BenchSampler sampler = sampler(rig)) {
            measure(rig, benchRun(rig, cluster, audio, windowMs), capacity, runs);
            samples = sampler == null ? samples : sampler.samples();
            if (sink != null) {
                say("webhooks: " + sink.posts() + " posts");
            }
        }
        write(runs, samples, wanted, capacity);
        return Errors.DONE;
    }

    private LoopedAudio audio(UndertoneConfig wanted) throws IOException {
        List<Role> roles = wanted.analysisRoles().stream().map(Role::valueOf).toList();
        return LoopedAudio.of(calls(), roles, encoding, chunkMs);
    }

    private int windowMs(UndertoneConfig wanted) {
        return Bundle.open(BundleFolder.find(surroundings().home(), wanted.modelBundle()))
                .content()
                .features()
                .windowMs();
    }

    private BenchRun benchRun(BenchRig rig, Cluster cluster, LoopedAudio audio, int windowMs) {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>(rig.processes());
        processes.put("bench", ProcessHandle.current());
        return new BenchRun(
                rig.config(),
                new BenchStorage(rig.config(), cluster),
                processes,
                audio,
                encoding,
                windowMs,
                new BenchRun.Settings(chunkMs, joinSeconds(), warmUpSeconds, seconds),
                through == null ? null : rig.gatewayAddress().orElseThrow());
    }

    private void measure(BenchRig rig, BenchRun run, @Nullable CapacitySearch capacity, List<RunResult> runs)
            throws InterruptedException {
        if (capacity == null) {
            for (int count : legs) {
                runs.add(run(rig, run, count));
            }
            return;
        }
        for (OptionalInt next = capacity.next(); next.isPresent(); next = capacity.next()) {
            RunResult result = run(rig, run, next.getAsInt());
            runs.add(result);
            capacity.tell(result.holds(p99Ms));
        }
    }

    /** The options for {@code serve}. */
    private List<String> arguments(UndertoneConfig wanted, @Nullable PostSink sink) {
        List<String> arguments = new ArrayList<>(options.arguments());
        Set<Stage> stages =
                through == null ? wanted.stages() : EnumSet.of(Stage.GATEWAY, Stage.FEATURES, Stage.INFERENCE);
        if (sink != null) {
            stages.addAll(EnumSet.of(Stage.ALERTS, Stage.WEBHOOKS));
            List.of(
                            "webhooks.receivers=bench: " + sink.address(),
                            "webhooks.secrets=bench: " + SINK_SECRET,
                            "webhooks.networks.allowed=127.0.0.1")
                    .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        }
        if (sink != null || through != null) {
            arguments.addAll(
                    List.of("--stages", stages.stream().map(Stage::configName).collect(Collectors.joining(","))));
        }
        if (through != null) {
            List.of(
                            "gateway.host=127.0.0.1",
                            "gateway.port=0",
                            "gateway.public.url=",
                            "gateway.sessions.max=" + MOST_LEGS,
                            "gateway.sessions.max.per.address=" + MOST_LEGS)
                    .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        }
        return arguments;
    }

    private @Nullable BenchSampler sampler(BenchRig rig) {
        ProcessHandle serve = rig.processes().get("serve");
        return sampleSeconds == null || serve == null
                ? null
                : BenchSampler.start(rig.serveAddress().orElseThrow(), serve, sampleSeconds);
    }

    private void checkUsage() {
        for (int count : legs) {
            requireRange("--legs", count, 1, MOST_LEGS);
        }
        requireRange("--seconds", seconds, 1, MOST_SECONDS);
        requireRange("--warm-up", warmUpSeconds, LEAST_WARM_UP_SECONDS, MOST_SECONDS);
        requireRange("--join", joinSeconds, 0, warmUpSeconds - LEAST_WARM_UP_SECONDS + 1);
        requireRange("--chunk-ms", chunkMs, 10, 10_000);
        if (!(p99Ms > 0)) {
            throw wrongUsage("--p99-ms must be over 0: " + p99Ms);
        }
        if (through != null && !through.equals("twilio")) {
            throw wrongUsage("--through must be twilio: " + through);
        }
        if (through != null && (noServe || encoding != SampleFormat.MULAW)) {
            throw wrongUsage(
                    "--through works only with mulaw and with the 'serve' that bench starts: leave out --no-serve and --encoding");
        }
        if (webhooks && noServe) {
            throw wrongUsage("--webhooks works only with the 'serve' that bench starts: leave out --no-serve");
        }
        if (search && legs.size() > 1) {
            throw wrongUsage("--search takes one number of legs to begin with: --legs " + legs);
        }
        if (sampleSeconds != null) {
            requireRange("--sample", sampleSeconds, 1, MOST_SECONDS);
            if (noServe) {
                throw wrongUsage("--sample works only with the 'serve' that bench starts: leave out --no-serve");
            }
        }
        if (noServe && !options.namesCluster()) {
            throw wrongUsage("--no-serve needs --bootstrap-server: the broker that serve reads from");
        }
        if (Files.exists(report) && !Files.isDirectory(report)) {
            throw wrongUsage("--report must be a folder: " + report);
        }
    }

    /** The last leg's first window ends before measuring begins. */
    private int joinSeconds() {
        return joinSeconds > 0
                ? joinSeconds
                : Math.max(1, Math.min(warmUpSeconds / 2, warmUpSeconds - LEAST_WARM_UP_SECONDS + 1));
    }

    private List<PlayedCall> calls() throws IOException {
        List<Path> wanted = files.isEmpty() ? List.of(surroundings().sampleCall()) : files;
        List<PlayedCall> calls = new ArrayList<>();
        for (Path file : wanted) {
            PlayedCall call = CallFile.read(file, CallFile.stem(file), List.of());
            call.audio().remarks().forEach(this::say);
            calls.add(call);
        }
        return calls;
    }

    private RunResult run(BenchRig rig, BenchRun run, int count) throws InterruptedException {
        int total = warmUpSeconds + seconds;
        say(String.format(Locale.ROOT, "%d legs: measuring for %d s after %d s ...", count, seconds, warmUpSeconds));
        RunResult result;
        try (Progress progress = Progress.of(surroundings(), count + " legs", "s", total)) {
            result = run.run(count, done -> progress.to(Math.min(done, total)));
        }
        rig.requireAlive();
        if (json) {
            out().print(BenchReport.line(result) + "\n");
            out().flush();
        } else {
            print(result);
        }
        return result;
    }

    private void print(RunResult run) {
        printLatency(run);
        printCost(run);
        if (run.missingEvents() + run.missingSummaries() + run.missingMs() > 0) {
            out().printf(
                            Locale.ROOT,
                            "  MISSING %d events, %d summaries, %d ms of audio%n",
                            run.missingEvents(),
                            run.missingSummaries(),
                            run.missingMs());
        }
    }

    private void printLatency(RunResult run) {
        out().printf(
                        Locale.ROOT,
                        "%d legs: p50 %.0f, p95 %.0f, p99 %.0f, p99.9 %.0f, max %.0f ms over %d events%n",
                        run.legs(),
                        run.latency().p50Ms(),
                        run.latency().p95Ms(),
                        run.latency().p99Ms(),
                        run.latency().p999Ms(),
                        run.latency().maxMs(),
                        run.latency().events());
    }

    private void printCost(RunResult run) {
        run.processes()
                .forEach((name, cost) -> out().printf(
                                Locale.ROOT,
                                "  %-7s %.2f cores, %.2f ms of CPU per leg and second%s%n",
                                name,
                                cost.cores(),
                                cost.cpuMsPerLegSecond(),
                                cost.residentMb() == null
                                        ? ""
                                        : String.format(Locale.ROOT, ", %.0f MB", cost.residentMb())));
        if (!run.serveCores().isEmpty()) {
            out().printf(
                            "  of serve %s cores%n",
                            run.serveCores().entrySet().stream()
                                    .filter(part -> part.getValue() >= LEAST_CORES)
                                    .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
                                    .collect(Collectors.joining(", ")));
        }
        out().printf(
                        Locale.ROOT,
                        "  stored  %s; state %.1f KB per leg%n",
                        run.bytesPerLegSecond().entrySet().stream()
                                .filter(topic -> topic.getValue() >= 1)
                                .map(topic -> String.format(Locale.ROOT, "%s %.0f", topic.getKey(), topic.getValue()))
                                .collect(Collectors.joining(", ", "", " bytes per leg and second")),
                        run.stateBytesPerLeg() / 1024);
    }

    private void write(
            List<RunResult> runs, List<SystemSample> samples, UndertoneConfig config, @Nullable CapacitySearch capacity)
            throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("chunkMs", chunkMs);
        settings.put("encoding", encoding.name());
        settings.put("through", through == null ? "" : through);
        settings.put("webhooks", webhooks);
        settings.put("joinSeconds", joinSeconds());
        settings.put("warmUpSeconds", warmUpSeconds);
        settings.put("bundle", config.modelBundle());
        settings.put("options", options.arguments());
        new BenchReport(
                        OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        BenchMachine.describe(),
                        settings,
                        runs,
                        sampleSeconds == null ? null : samples,
                        capacity == null ? null : p99Ms,
                        capacity == null ? null : capacity.held())
                .write(report.resolve("bench.json"));
        BenchPlot.write(runs, samples, report.resolve("bench.png"));
        String trend = SystemSample.trend(samples);
        if (!trend.isEmpty()) {
            say(trend);
        }
        if (capacity != null) {
            say(String.format(Locale.ROOT, "most legs with p99 <= %.0f ms of those tried: %d", p99Ms, capacity.held()));
        }
        say("wrote " + report.resolve("bench.json") + " and " + report.resolve("bench.png"));
    }
}
