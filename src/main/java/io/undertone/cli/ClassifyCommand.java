package io.undertone.cli;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileClassifier;
import io.undertone.classify.FileLeg;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.LegId;
import io.undertone.kafka.EventListener;
import io.undertone.model.LoadedModel;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import io.undertone.training.corpus.Utterance;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undertone classify}. */
@Command(
        name = "classify",
        description = {
            "Says which emotion is in each window of WAV or FLAC files, without Kafka, by the code that serves.",
            "Times count from the file's beginning, capturedAt too."
        })
final class ClassifyCommand extends UndertoneSubcommand {
    @Parameters(paramLabel = "AUDIO", arity = "1..*", description = "WAV or FLAC files.")
    private List<Path> files = List.of();

    @Option(
            names = "--role",
            paramLabel = "ROLE,...",
            converter = RoleList.Converter.class,
            description = "Whose voices are analysed: customer, agent or unknown. Default: analysis.roles.")
    private @Nullable RoleList analysed;

    @Option(
            names = "--roles",
            paramLabel = "ROLE,...",
            converter = RoleList.Converter.class,
            description = "Whose voice each channel holds. Default: agent,customer for stereo, customer for mono.")
    private @Nullable RoleList roles;

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "The model: a folder, a name or name/version. Default: model.bundle.")
    private @Nullable String bundle;

    @Option(names = "--json", description = "One JSON object for each event and summary on standard output.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "PNG",
            description = "Also draw the probabilities over the level of the audio.")
    private @Nullable Path plot;

    @Option(
            names = "--truth",
            paramLabel = "CSV",
            description =
                    "What was spoken, to be drawn beside it: columns call (the file's name), role, start_ms, end_ms,"
                            + " label. Default: truth.csv beside the audio file.")
    private @Nullable Path truth;

    @Mixin
    private LocalConfigOptions options = new LocalConfigOptions();

    @Override
    public Integer call() throws IOException {
        Logging.quiet(debug());
        UndertoneConfig config = options.load(surroundings());
        List<PlayedCall> calls = new ArrayList<>();
        for (Path file : files) {
            calls.add(CallFile.read(file, CallFile.stem(file), roles == null ? List.of() : roles.roles()));
        }
        List<Role> wanted = analysed == null
                ? config.analysisRoles().stream().map(Role::valueOf).toList()
                : analysed.roles();
        EventListener printer = EventPrinters.of(surroundings(), json);
        TimelinePlot drawing = plot == null ? null : new TimelinePlot();
        String name = bundle == null ? config.modelBundle() : bundle;
        try (LoadedModel model =
                LoadedModel.open(BundleFolder.find(surroundings().home(), name), config, config.inferenceThreads())) {
            FileClassifier classifier = new FileClassifier(model, Clock.systemUTC());
            for (int i = 0; i < calls.size(); i++) {
                List<Utterance> spoken = drawing == null ? List.of() : truth(files.get(i));
                classify(calls.get(i), wanted, config, model, classifier, printer, drawing, spoken);
            }
        }
        if (plot != null && drawing != null) {
            drawing.write(plot);
            say("drew " + plot);
        }
        return Errors.DONE;
    }

    private List<Utterance> truth(Path audio) throws IOException {
        Path beside = audio.resolveSibling(Utterance.FILE);
        if (truth != null) {
            return Utterance.read(truth);
        }
        return Files.isRegularFile(beside) ? Utterance.read(beside) : List.of();
    }

    private void classify(
            PlayedCall call,
            List<Role> wanted,
            UndertoneConfig config,
            LoadedModel model,
            FileClassifier classifier,
            EventListener printer,
            @Nullable TimelinePlot drawing,
            List<Utterance> spoken) {
        LegSettings settings =
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio());
        for (int channel = 0; channel < call.roles().size(); channel++) {
            Role role = call.roles().get(channel);
            if (!wanted.contains(role)) {
                continue;
            }
            List<EmotionEvent> events = new ArrayList<>();
            FileLeg leg = read(call, channel, model, settings);
            CallSummary summary = classifier.classify(new LegId(call.callId(), role), leg, event -> {
                events.add(event);
                printer.event(event);
            });
            printer.summary(summary);
            if (drawing != null) {
                drawing.add(
                        call.callId() + ", " + role.name().toLowerCase(Locale.ROOT),
                        call.recording(),
                        channel,
                        events,
                        model.spec().windowHopMs(),
                        Utterance.of(spoken, call.callId(), role.name().toLowerCase(Locale.ROOT)));
            }
        }
        if (call.roles().stream().noneMatch(wanted::contains)) {
            say(call.callId() + ": nothing to analyse; it holds " + call.roles() + ", and analysed are " + wanted
                    + " (--role, analysis.roles)");
        }
    }

    private static FileLeg read(PlayedCall call, int channel, LoadedModel model, LegSettings settings) {
        try {
            return FileLeg.of(call.recording(), channel, model.spec(), settings, 0);
        } catch (ChunkRefusedException e) {
            throw new Failure(call.callId() + ": " + e.getMessage(), e);
        }
    }
}
