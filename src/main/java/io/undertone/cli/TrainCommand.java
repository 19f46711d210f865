package io.undertone.cli;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleFolder;
import io.undertone.bundle.DerivedVersion;
import io.undertone.bundle.Persistence;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.dl4j.Dl4jLibraries;
import io.undertone.training.AdaptRun;
import io.undertone.training.TrainRun;
import io.undertone.training.condition.Condition;
import io.undertone.training.network.EpochScore;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.AdaptReport;
import io.undertone.training.voice.VoiceRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone train}. */
@Command(
        name = "train",
        description = {
            "Trains a bundle (--out), measures its recipe on held-out speakers (--report), or both.",
            "When restarted with the same options, it resumes from its checkpoints and gives the same bundle.",
            "With --init: adapts a bundle to labelled recordings of your own in minutes.",
            "Recipes: reference (the original network, from a table of features), telephone (the default model, from"
                    + " recordings), telephone-pitch (the same, whose networks also see the pitch), telephone-mean (the original network on recordings), voice (what tells voices from music,"
                    + " tones and noise, from recordings of both: OUT/voice/telephone-VERSION.bin)."
        })
final class TrainCommand extends UndertoneSubcommand {
    private static final int HEARD_STEP = 500;
    private static final String FIRST_VERSION = "1.0.0";

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "reference, telephone, telephone-pitch, telephone-mean or voice.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private String recipe = "";

    @Mixin
    private AdaptOptions adapting = new AdaptOptions();

    @Option(
            names = "--features",
            paramLabel = "CSV",
            description = "Table of features for recipe reference: label (0-7), then 40 coefficients.")
    private @Nullable Path features;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description =
                    "Folder of recordings, repeatable: with a manifest.csv (file, speaker, label), or RAVDESS, EmoDB,"
                            + " CREMA-D, TESS or nEMO as their authors ship them.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> corpora = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of bundles; the bundle goes to DIR/NAME/VERSION.")
    private @Nullable Path models;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the bundle, a folder of --out. Without it: that of the recipe.")
    private @Nullable String name;

    @Option(
            names = "--bundle-version",
            paramLabel = "VERSION",
            description =
                    "Version of the bundle. Default: 1.0.0; with --init that of the bundle with -own.1, or the next free number.")
    private @Nullable String version;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Measure, and write report.json, report.md and figures there; by folds of speakers for recipe"
                    + " telephone. The bundle then takes its calibration and card from it.")
    private @Nullable Path report;

    @Option(
            names = "--calls-report",
            paramLabel = "JSON",
            description = "calls.json of evaluate --calls, measured with a bundle of the same recipe that was trained"
                    + " without the callers (--leave-out): goes into the bundle and its card.")
    private @Nullable Path callsReport;

    @Option(
            names = "--calibration",
            paramLabel = "DIR",
            description =
                    "Report of an earlier run of the recipe (--report DIR), such as of one fold: the bundle, fitted to all"
                            + " speakers, takes its calibration and card from it.")
    private @Nullable Path calibration;

    @Option(
            names = "--persistence",
            paramLabel = "SECONDS,EVIDENCE,TEMPERATURE",
            description = "How long emotions last for the vote, and the temperature of its confidences,"
                    + " such as 8,0.45,0.85; 0,1,1 for not at all. Default: what the folds of --report choose, else"
                    + " not at all.",
            converter = PersistenceNumbers.class)
    private @Nullable Persistence persistence;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Temperature of the confidences of windows judged independently. Default: what the folds of --report choose,"
                            + " else 1.")
    private @Nullable Double temperature;

    @Option(
            names = "--folds-of",
            paramLabel = "CORPUS,...",
            split = ",",
            description = "Corpora whose speakers are held out in turn. Default: all.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<String> foldsOf = List.of();

    @Option(
            names = "--fold",
            paramLabel = "N",
            description =
                    "Run one fold alone, from 1: a quick look, since the bundle is then that fold's, fitted to all"
                            + " speakers but those that it is measured on. Default: all folds, and a bundle fitted to all"
                            + " speakers.")
    private @Nullable Integer fold;

    @Option(
            names = "--cross-corpus",
            paramLabel = "CORPUS,...",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Also leave out each of these corpora entirely, train on the others and measure on it. Without names: all that hold"
                            + " more than one label.")
    private @Nullable String crossCorpus;

    @Option(
            names = "--measure",
            paramLabel = "DIR",
            description =
                    "Folder of a corpus that is measured by the trainings of the folds, but never trained on, repeatable.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> measureOnly = List.of();

    @Option(
            names = "--ordinary",
            paramLabel = "DIR",
            description =
                    "Folder of ordinary speech, repeatable, each a kind: how many of its windows are called neutral or calm, how many"
                            + " negative with confidence, how often the default alerts fire. Of those among --corpus, speakers are"
                            + " held out in turn; corpora of neutral speech alone count anyway.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> ordinary = List.of();

    @Option(
            names = "--not-speech",
            paramLabel = "DIR",
            description =
                    "Folder of music, tones or noise without a voice, WAV or FLAC, repeatable. Recipe voice learns from it; for other recipes"
                            + " each is a kind that --report measures: how many windows get a label nevertheless.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<Path> notSpeech = List.of();

    @Option(
            names = "--conditions",
            paramLabel = "NAME,...",
            description = "Conditions that the folds are measured under.")
    private String conditions = "clean,telephone,gain,noise,loss";

    @Option(
            names = "--leave-out",
            paramLabel = "SPEAKER,...",
            split = ",",
            description = "Speakers that are neither trained nor measured on.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<String> leaveOut = List.of();

    @Option(names = "--work", paramLabel = "DIR", description = "Folder for checkpoints.")
    private Path work = Path.of(".training");

    @Option(names = "--seed", paramLabel = "N", description = "Random seed.")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Networks trained in parallel; does not change results.")
    private int threads = Math.max(1, Math.min(5, Runtime.getRuntime().availableProcessors()));

    @Override
    public Integer call() throws IOException {
        Dl4jLibraries.require("undertone train");
        if (recipe.isEmpty() == (adapting.init == null)) {
            throw wrongUsage("must name either a recipe (--recipe) or a bundle to go on with (--init)");
        }
        if (adapting.init != null) {
            return adapt(adapting.init);
        }
        if (recipe.equals("voice")) {
            return trainVoice();
        }
        Optional<Path> bundle = TrainRun.run(options(), new Told(), this::heard, () -> false);
        bundle.ifPresent(folder -> say("wrote " + folder));
        if (report != null) {
            say("wrote " + report.resolve("report.md"));
        }
        return Errors.DONE;
    }

    private TrainRun.Options options() {
        try {
            return new TrainRun.Options(
                    recipe,
                    features,
                    corpora,
                    models,
                    name,
                    Objects.requireNonNullElse(version, FIRST_VERSION),
                    report,
                    callsReport,
                    calibration,
                    temperature,
                    persistence,
                    foldsOf,
                    fold,
                    Condition.parse(conditions),
                    new TrainRun.Extras(ordinary, notSpeech, measureOnly, crossCorpus()),
                    leaveOut,
                    work,
                    seed,
                    threads,
                    LocalDate.now(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private Integer adapt(String bundle) throws IOException {
        if (models == null) {
            throw wrongUsage("must name a folder for the bundle (--out): out=null");
        }
        Path folder = BundleFolder.find(surroundings().home(), bundle);
        AdaptRun.Outcome outcome;
        try {
            BundleContent content = Bundle.open(folder).content();
            AdaptRun.Options options = new AdaptRun.Options(
                    folder,
                    corpora,
                    measureOnly,
                    adapting.labels,
                    adapting.networks,
                    fold,
                    adapting.epochs,
                    adapting.budget(),
                    models,
                    version == null ? DerivedVersion.next(models, content, "own") : version,
                    work,
                    seed,
                    threads,
                    LocalDate.now(ZoneOffset.UTC));
            outcome = AdaptRun.run(options, System::nanoTime, this::say);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        outcome.report().lines().forEach(out()::println);
        say("wrote " + outcome.folder() + ", with the figures in " + AdaptReport.FILE + " and its card");
        return Errors.DONE;
    }

    private Integer trainVoice() throws IOException {
        if (models == null) {
            throw wrongUsage("must name a folder for the network (--out): out=null");
        }
        VoiceRun.Options options;
        try {
            String name = "telephone-"
                    + Objects.requireNonNullElse(version, FIRST_VERSION).replaceFirst("\\..*", "");
            options = new VoiceRun.Options(corpora, notSpeech, models, name, work, seed);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
        AtomicInteger heard = new AtomicInteger();
        VoiceRun.run(
                        FeatureSpecs.telephoneVoice().withVoice(null).withPitch(FeatureSpecs.TELEPHONE_PITCH),
                        options,
                        new Told(),
                        more -> heard(heard.addAndGet(more)),
                        () -> false)
                .ifPresent(file -> say("wrote " + file));
        return Errors.DONE;
    }

    private @Nullable List<String> crossCorpus() {
        if (crossCorpus == null) {
            return null;
        }
        return Stream.of(crossCorpus.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void heard(int clips) {
        if (clips % HEARD_STEP == 0 && surroundings().errIsTerminal()) {
            say("computed the features of " + clips + " clips");
        }
    }

    /** One line per epoch on a terminal, otherwise four per member. */
    private final class Told implements TrainingProgress {
        private final TimeLeft timeLeft = new TimeLeft(System::nanoTime);

        @Override
        public void trainings(int count) {
            timeLeft.trainings(count);
        }

        @Override
        public void begins(List<Long> costs, int epochs, int threads) {
            timeLeft.begins(costs, epochs, threads);
        }

        @Override
        public void ends() {
            timeLeft.ends();
        }

        @Override
        public void resumed(int member, int epoch, int epochs) {
            timeLeft.resumed(member, epoch);
            say("network " + (member + 1) + ": goes on after epoch " + epoch + " of " + epochs
                    + ", from a checkpoint in " + work + " (to start over, name another --work or delete this one)");
        }

        @Override
        public void epoch(int member, EpochScore score, int epochs) {
            OptionalLong left = timeLeft.after(member, score.epoch());
            if (!surroundings().errIsTerminal() && !endsAQuarter(score.epoch(), epochs)) {
                return;
            }
            say(String.format(
                    Locale.ROOT,
                    "network %d: epoch %d of %d, loss %.3f%s%s",
                    member + 1,
                    score.epoch(),
                    epochs,
                    score.trainLoss(),
                    Double.isNaN(score.validationAccuracy())
                            ? ""
                            : String.format(Locale.ROOT, ", validation accuracy %.3f", score.validationAccuracy()),
                    left.isPresent() ? ", about " + TimeLeft.inWords(left.getAsLong()) + " left in all" : ""));
        }

        private static boolean endsAQuarter(int epoch, int epochs) {
            return 4 * epoch / epochs > 4 * (epoch - 1) / epochs;
        }
    }
}
