package io.undertone.cli;

import io.undertone.Role;
import io.undertone.bench.WindowThroughput;
import io.undertone.bench.WindowThroughput.Point;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileLeg;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.model.LoadedModel;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undertone bundle speed}. */
@Command(
        name = "speed",
        description = {
            "Replays the windows of recorded calls through a bundle's voters as fast as they go, on the engine and device that the"
                    + " configuration names, and reports windows a second by batch size: on a processor or a GPU (--set"
                    + " inference.device=cuda).",
            "Also reports by how much probabilities differ from those of the processor in floats, the vote of each voter on each window. Figures"
                    + " are meaningful only on an otherwise idle machine."
        })
final class BundleSpeedCommand extends UndertoneSubcommand {
    private static final int LARGEST_BATCH = 65_536;
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_SECONDS = 3_600;
    private static final int COMPARED_BATCH = 256;

    @Parameters(
            index = "0",
            paramLabel = "BUNDLE",
            description = BundleCommand.BUNDLE,
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private String bundle = "";

    @Parameters(
            index = "1..*",
            paramLabel = "AUDIO",
            arity = "0..*",
            description = "Calls whose analysed voices are replayed. Default: the sample call.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> files = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N,...",
            split = ",",
            defaultValue = "1,8,32,128",
            description = "Windows in a batch; each number is measured.")
    private List<Integer> batches = List.of();

    @Option(
            names = "--at-once",
            paramLabel = "N,...",
            split = ",",
            defaultValue = "1",
            description = "Batches computed at the same time, one thread each; each number is measured.")
    private List<Integer> atOnce = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Measured time of each combination.")
    private int seconds;

    @Option(names = "--json", description = "One JSON object for each combination on standard output.")
    private boolean json;

    @Mixin
    private LocalConfigOptions options = new LocalConfigOptions();

    /** What is replayed: windows, and the speech and silence that they come from. */
    private record Replay(List<Window> windows, double legSeconds) {
        double windowsPerLegSecond() {
            return windows.size() / legSeconds;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkUsage();
        Logging.quiet(debug());
        UndertoneConfig config = options.load(surroundings());
        Path folder = BundleFolder.find(surroundings().home(), bundle);
        try (LoadedModel model = LoadedModel.open(folder, config, 1)) {
            Replay replay = replay(config, model.spec());
            double difference = difference(folder, model.ensemble(), replay.windows());
            if (!json) {
                printHead(model, replay, difference);
            }
            WindowThroughput throughput = new WindowThroughput(
                    model.ensemble(), replay.windows(), TimeUnit.SECONDS.toNanos(seconds), System::nanoTime);
            for (int batch : batches) {
                for (int threads : atOnce) {
                    print(model, replay, difference, throughput.measure(batch, threads));
                }
            }
        }
        return Errors.DONE;
    }

    private void checkUsage() {
        batches.forEach(batch -> requireRange("--batch", batch, LARGEST_BATCH));
        atOnce.forEach(threads -> requireRange("--at-once", threads, MOST_AT_ONCE));
        requireRange("--seconds", seconds, MOST_SECONDS);
    }

    private void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw wrongUsage(option + " must be 1 to " + most + ": " + value);
        }
    }

    private Replay replay(UndertoneConfig config, FeatureSpec spec) throws IOException {
        List<Path> wanted =
                files.isEmpty() ? List.of(surroundings().home().resolve("demo").resolve("call.wav")) : files;
        List<Role> roles = config.analysisRoles().stream().map(Role::valueOf).toList();
        LegSettings settings =
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio());
        List<Window> windows = new ArrayList<>();
        double legSeconds = 0;
        for (Path file : wanted) {
            for (FileLeg leg : legs(CallFile.stream(file, CallFile.stem(file), List.of()), roles, spec, settings)) {
                windows.addAll(leg.windows());
                legSeconds += leg.report().durationMs() / 1e3;
            }
        }
        if (windows.isEmpty()) {
            throw new Failure("the files must hold speech of analysis.roles=" + roles + ": there is no window of it");
        }
        return new Replay(windows, legSeconds);
    }

    private static List<FileLeg> legs(PlayedCall call, List<Role> roles, FeatureSpec spec, LegSettings settings)
            throws IOException {
        List<Integer> channels = call.voices().stream()
                .filter(voice -> roles.contains(voice.role()))
                .map(Voice::channel)
                .toList();
        try (var audio = call.audio().open()) {
            return FileLeg.of(audio, channels, spec, settings, 0);
        } catch (ChunkRefusedException e) {
            throw new Failure(call.callId() + ": " + e.getMessage(), e);
        }
    }

    /** The largest difference from the processor in floats, of any probability of any voter. */
    private static double difference(Path folder, Ensemble measured, List<Window> windows) {
        UndertoneConfig floats = new ConfigSources()
                .set("inference.device=cpu")
                .set("inference.engine=onnx")
                .set("inference.precision=float")
                .load();
        double largest = 0;
        try (LoadedModel model = LoadedModel.open(folder, floats, 1)) {
            Ensemble processor = model.ensemble();
            Probabilities expected = new Probabilities(
                    processor.voters().size(), processor.labels().size());
            Probabilities actual = new Probabilities(
                    measured.voters().size(), measured.labels().size());
            for (int from = 0; from < windows.size(); from += COMPARED_BATCH) {
                List<Window> some = windows.subList(from, Math.min(windows.size(), from + COMPARED_BATCH));
                processor.predict(some, expected);
                measured.predict(some, actual);
                largest = Math.max(largest, difference(expected, actual));
            }
        }
        return largest;
    }

    private static double difference(Probabilities one, Probabilities other) {
        double largest = 0;
        for (int window = 0; window < one.windows(); window++) {
            for (int voter = 0; voter < one.voters(); voter++) {
                for (int label = 0; label < one.labels(); label++) {
                    largest = Math.max(
                            largest, Math.abs(one.get(window, voter, label) - other.get(window, voter, label)));
                }
            }
        }
        return largest;
    }

    private void printHead(LoadedModel model, Replay replay, double difference) {
        out().printf(
                        Locale.ROOT,
                        "%s %s, %s: %d windows, %.2f a second of a leg%n",
                        model.id().getName(),
                        model.id().getVersion(),
                        model.engine(),
                        replay.windows().size(),
                        replay.windowsPerLegSecond());
        out().printf(Locale.ROOT, "probabilities differ from the processor's in floats by at most %.2g%n", difference);
        out().println("   batch  at once  windows/s     legs  ms a batch  µs of a thread a window");
    }

    private void print(LoadedModel model, Replay replay, double difference, Point point) {
        double legs = point.windowsPerSecond() / replay.windowsPerLegSecond();
        if (json) {
            JsonLine.print(
                    out(),
                    "bundle",
                    model.id().getName() + "/" + model.id().getVersion(),
                    "engine",
                    model.engine(),
                    "batch",
                    point.batch(),
                    "atOnce",
                    point.atOnce(),
                    "windowsPerSecond",
                    point.windowsPerSecond(),
                    "legs",
                    legs,
                    "batchMs",
                    point.batchMs(),
                    "microsPerWindow",
                    point.microsPerWindow(),
                    "largestDifference",
                    difference);
            return;
        }
        String micros = point.microsPerWindow().entrySet().stream()
                .map(voter -> String.format(Locale.ROOT, "%s %.1f", voter.getKey(), voter.getValue()))
                .collect(Collectors.joining(", "));
        out().printf(
                        Locale.ROOT,
                        "%8d %8d %10.0f %8.0f %11.2f  %s%n",
                        point.batch(),
                        point.atOnce(),
                        point.windowsPerSecond(),
                        legs,
                        point.batchMs(),
                        micros);
        out().flush();
    }
}
