package io.undertone.cli;

import io.undertone.bench.WindowThroughput;
import io.undertone.bench.WindowThroughput.Point;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileLeg;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.inference.VotingEnsemble;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.model.Ensembles;
import io.undertone.model.LoadedModel;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import io.undertone.topology.LegPolicy;
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
        batches.forEach(batch -> requireRange("--batch", batch, 1, LARGEST_BATCH));
        atOnce.forEach(threads -> requireRange("--at-once", threads, 1, MOST_AT_ONCE));
        requireRange("--seconds", seconds, 1, MOST_SECONDS);
    }

    private Replay replay(UndertoneConfig config, FeatureSpec spec) throws IOException {
        List<Path> wanted = files.isEmpty() ? List.of(surroundings().sampleCall()) : files;
        LegPolicy policy = LegPolicy.of(config);
        List<Window> windows = new ArrayList<>();
        double legSeconds = 0;
        for (Path file : wanted) {
            for (FileLeg leg : legs(CallFile.stream(file, CallFile.stem(file), List.of()), policy, spec)) {
                windows.addAll(leg.windows());
                legSeconds += leg.report().durationMs() / 1e3;
            }
        }
        if (windows.isEmpty()) {
            throw new Failure(
                    "the files must hold speech of analysis.roles=" + policy.roles() + ": there is no window of it");
        }
        return new Replay(windows, legSeconds);
    }

    private static List<FileLeg> legs(PlayedCall call, LegPolicy policy, FeatureSpec spec) throws IOException {
        List<Integer> channels = call.voices().stream()
                .filter(voice -> policy.roles().contains(voice.role()))
                .map(Voice::channel)
                .toList();
        try (var audio = call.audio().open()) {
            return FileLeg.of(audio, channels, spec, policy.settings(), 0);
        } catch (ChunkRefusedException e) {
            throw new Failure(call.callId() + ": " + e.getMessage(), e);
        }
    }

    /** The largest difference from the processor in floats, of any probability of any voter. */
    private static double difference(Path folder, Ensemble measured, List<Window> windows) {
        EngineSettings floats = new EngineSettings(Engine.ONNX, Device.CPU, Precision.FLOAT, 1);
        double largest = 0;
        try (VotingEnsemble processor = Ensembles.open(Bundle.open(folder), floats)) {
            Probabilities expected = processor.newProbabilities();
            Probabilities actual = processor.newProbabilities();
            for (int from = 0; from < windows.size(); from += COMPARED_BATCH) {
                List<Window> some = windows.subList(from, Math.min(windows.size(), from + COMPARED_BATCH));
                processor.predict(some, expected);
                measured.predict(some, actual);
                largest = Math.max(largest, expected.largestDifference(actual));
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
