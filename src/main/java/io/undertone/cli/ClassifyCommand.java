package io.undertone.cli;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.bundle.BundleFolder;
import io.undertone.classify.FileClassifier;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.EventListener;
import io.undertone.model.LoadedModel;
import io.undertone.source.CallAudio;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import io.undertone.topology.LegPolicy;
import io.undertone.training.corpus.Utterance;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undertone classify}. */
@Command(
        name = "classify",
        description = {
            "Classifies the emotion in each window of audio files, without Kafka, with the same code as 'serve'.",
            "Times are relative to the beginning of the file, capturedAt included."
        })
final class ClassifyCommand extends UndertoneSubcommand {
    @Parameters(
            paramLabel = "AUDIO",
            arity = "1..*",
            description = "Audio files: WAV, FLAC, AIFF, AU, GSM. -: standard input.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> files = List.of();

    @Option(
            names = "--role",
            paramLabel = "ROLE,...",
            converter = RoleList.Converter.class,
            description = "Roles to analyse: customer, agent or unknown. Default: analysis.roles.")
    private @Nullable RoleList analysed;

    @Option(
            names = "--roles",
            paramLabel = "ROLE,...",
            converter = ChannelRoles.Converter.class,
            description = "Role of each channel; - skips a channel. Default: agent,customer for stereo,"
                    + " customer for mono.")
    private @Nullable ChannelRoles roles;

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
                    "True labels, drawn next to the voted ones: columns call (the file's name), role, start_ms, end_ms,"
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
            PlayedCall call = CallFile.stream(file, CallFile.stem(file), roles == null ? List.of() : roles.roles());
            call.audio().remarks().forEach(this::say);
            calls.add(call);
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
            List<Utterance> spoken)
            throws IOException {
        List<Voice> voices = call.voices().stream()
                .filter(voice -> wanted.contains(voice.role()))
                .toList();
        if (voices.isEmpty()) {
            say(call.callId() + ": nothing to analyse: it holds " + call.roles() + ", and analysis.roles allows only "
                    + wanted + " (--role changes that)");
            return;
        }
        LegSettings settings = LegPolicy.of(config).settings();
        try (MeteredStream stream = new MeteredStream(call.audio().open())) {
            Printing printing = new Printing(printer, drawing != null);
            classifier.classify(call.callId(), stream, voices, settings, printing);
            if (call.audio().samples() == CallAudio.UNKNOWN) {
                stream.remarks().forEach(this::say);
            }
            if (drawing != null) {
                for (Voice voice : voices) {
                    String role = voice.role().name().toLowerCase(Locale.ROOT);
                    drawing.add(
                            call.callId() + ", " + role,
                            stream.level(voice.channel()),
                            printing.events(voice),
                            model.spec().windowHopMs(),
                            Utterance.of(spoken, call.callId(), role));
                }
            }
        }
    }

    /** Prints records, and keeps the events for the plot. */
    private static final class Printing implements FileClassifier.Listener {
        private final EventListener printer;
        private final boolean keep;
        private final Map<Voice, List<EmotionEvent>> events = new HashMap<>();

        private Printing(EventListener printer, boolean keep) {
            this.printer = printer;
            this.keep = keep;
        }

        private List<EmotionEvent> events(Voice voice) {
            return events.getOrDefault(voice, List.of());
        }

        @Override
        public void event(Voice voice, EmotionEvent event) {
            printer.event(event);
            if (keep) {
                events.computeIfAbsent(voice, first -> new ArrayList<>()).add(event);
            }
        }

        @Override
        public void summary(Voice voice, CallSummary summary) {
            printer.summary(summary);
        }
    }
}
