package io.undertone.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.Voter;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.calls.MixedCalls;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.WindowFigures;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speaker-independent protocol: training {@code k} leaves out fold {@code k} of every corpus that is measured and is scored on
 * those speakers under each condition, fold by fold. The corpus with most speakers sets the number of trainings; a corpus with
 * more folds than that has several left out at once. RAVDESS' 5 folds and nEMO's 7 are thus 5 trainings: the first leaves out
 * actors 1-4 and nEMO's first and sixth speaker. Corpora that aren't measured are fitted to whole. A training once measured is read
 * back when the run is started again.
 */
final class FoldRun {
    private static final Logger LOG = LoggerFactory.getLogger(FoldRun.class);
    private static final String FILE = "opinions.bin";

    private final Recipe recipe;
    private final Recipe.Prepared prepared;
    private final List<Condition> conditions;
    private final RunSettings run;

    FoldRun(Recipe recipe, Recipe.Prepared prepared, List<Condition> conditions, RunSettings run) {
        this.recipe = recipe;
        this.prepared = prepared;
        this.conditions = List.copyOf(conditions);
        this.run = run;
    }

    /**
     * Runs all folds.
     *
     * @param measured corpora whose speakers are held out in turn
     * @param clips distinct clips of all corpora
     * @return empty if told to stop before the end
     */
    Optional<FoldMeasures> run(List<Corpus> measured, List<Clip> clips) throws IOException {
        Plan plan = Plan.of(measured);
        List<FoldOpinions> done = new ArrayList<>();
        for (int training = 0; training < plan.trainings(); training++) {
            Optional<FoldOpinions> opinions = train(training, plan, clips);
            if (opinions.isEmpty()) {
                return Optional.empty();
            }
            done.add(opinions.get());
        }
        return Optional.of(measuring(measured, plan.folds(), done).measure());
    }

    /**
     * Runs one training alone. What is fitted is then fitted on half of the speakers it held out and measured on the other half, both ways:
     * every second speaker of each corpus, in alphabetical order.
     *
     * @param number of the training, from 0
     * @return empty if told to stop before the end
     * @throws IllegalArgumentException where there is no such training
     */
    Optional<FoldMeasures> runOnly(int number, List<Corpus> measured, List<Clip> clips) throws IOException {
        Plan plan = Plan.of(measured);
        plan.require(number);
        Optional<FoldOpinions> opinions = train(number, plan, clips);
        if (opinions.isEmpty()) {
            return Optional.empty();
        }
        List<Corpus> heldOut = measured.stream()
                .map(corpus -> new Corpus(
                        corpus.name(),
                        corpus.clips().stream()
                                .filter(clip -> plan.holdsOut(number, clip))
                                .toList()))
                .toList();
        Map<String, Folds> halves = new LinkedHashMap<>();
        heldOut.forEach(corpus -> halves.put(corpus.name(), Folds.halves(corpus)));
        List<FoldOpinions> byHalf = IntStream.range(0, 2)
                .mapToObj(half -> opinions.get()
                        .of(clip -> Objects.requireNonNull(halves.get(clip.corpus()))
                                .holdsOut(half, clip)))
                .toList();
        return Optional.of(measuring(heldOut, halves, byHalf).measure());
    }

    /** The clips that a training is fitted to. */
    static List<Clip> fittedBy(int number, List<Corpus> measured, List<Clip> clips) {
        Plan plan = Plan.of(measured);
        plan.require(number);
        return clips.stream().filter(clip -> !plan.holdsOut(number, clip)).toList();
    }

    /** The part of a run that a training is. */
    static RunSettings part(RunSettings run, int number) {
        return run.part("fold-" + (number + 1));
    }

    private FoldMeasuring measuring(List<Corpus> measured, Map<String, Folds> folds, List<FoldOpinions> done) {
        return new FoldMeasuring(measured, folds, done, conditions, prepared.learned());
    }

    /**
     * Which training holds out whom.
     *
     * @param folds of each corpus that is measured, by its name
     * @param trainings how many there are
     */
    private record Plan(Map<String, Folds> folds, int trainings) {
        static Plan of(List<Corpus> measured) {
            Map<String, Folds> folds = new LinkedHashMap<>();
            measured.forEach(corpus -> folds.put(corpus.name(), Folds.of(corpus)));
            return new Plan(folds, FoldRun.trainings(measured, folds));
        }

        void require(int number) {
            if (number < 0 || number >= trainings) {
                throw new IllegalArgumentException(
                        "fold must be 1 to " + trainings + " for these corpora: fold=" + (number + 1));
            }
        }

        boolean holdsOut(int number, Clip clip) {
            Folds of = folds.get(clip.corpus());
            return of != null
                    && IntStream.range(0, of.size())
                            .anyMatch(fold -> fold % trainings == number && of.holdsOut(fold, clip));
        }
    }

    private static int trainings(List<Corpus> measured, Map<String, Folds> folds) {
        return measured.stream()
                .max(Comparator.comparingInt(corpus -> corpus.speakers().size()))
                .map(corpus -> Objects.requireNonNull(folds.get(corpus.name())).size())
                .orElse(0);
    }

    private Optional<FoldOpinions> train(int number, Plan plan, List<Clip> clips) throws IOException {
        int trainings = plan.trainings();
        List<Clip> test =
                clips.stream().filter(clip -> plan.holdsOut(number, clip)).toList();
        List<Clip> training =
                clips.stream().filter(clip -> !plan.holdsOut(number, clip)).toList();
        RunSettings part = part(run, number);
        Path file = part.work().resolve(FILE);
        String identity = identity(training, test, part.seed());
        List<StagedCall> calls = new ArrayList<>(StagedCall.of(StagedCall.tellingSpeakers(test), run.seed()));
        calls.addAll(MixedCalls.of(test, run.seed()));
        Optional<FoldOpinions> kept = FoldOpinions.read(file, identity, test, calls);
        if (kept.isPresent()) {
            LOG.info("Training {} of {}: read back from {}", number + 1, trainings, file);
            return kept;
        }
        LOG.info(
                "Training {} of {}: fitting to {} clips, holding out {} of {}",
                number + 1,
                trainings,
                training.size(),
                test.size(),
                test.stream().map(Clip::speakerKey).distinct().sorted().toList());
        Optional<Recipe.Fitted> fitted = prepared.fit(training, part);
        if (fitted.isEmpty()) {
            return Optional.empty();
        }
        FoldOpinions opinions = ask(fitted.get(), test, calls);
        opinions.write(file, identity);
        return Optional.of(opinions);
    }

    /** All that a fold's opinions depend on, but for the program itself. */
    private String identity(List<Clip> training, List<Clip> test, long seed) {
        return recipe.name() + " " + recipe.choices() + " seed=" + run.seed() + "," + seed + " training="
                + keys(training) + " test=" + keys(test) + " conditions=" + conditions + " calls=mixed";
    }

    private static String keys(List<Clip> clips) {
        return clips.size() + ":"
                + clips.stream().map(Clip::key).collect(Collectors.joining(",")).hashCode();
    }

    private FoldOpinions ask(Recipe.Fitted fitted, List<Clip> test, List<StagedCall> calls) {
        BundleContent content = new BundleContent(
                recipe.name(),
                "fold",
                LabelMaps.LABELS,
                recipe.features(),
                fitted.voters(),
                1,
                Persistence.NONE,
                Priors.NONE,
                "none: never leaves memory",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        Hearing hearing = new Hearing(recipe.features(), LegSettings.DEFAULT, run.seed());
        Map<Condition, List<ClipOpinion>> byCondition = new EnumMap<>(Condition.class);
        WindowFigures windows = new WindowFigures();
        try (Ensemble ensemble = Ensembles.open(content, EngineSettings.auto(run.threads()))) {
            for (Condition condition : conditions) {
                List<HeardClip> heard = hearing.hear(test, condition, done -> {});
                byCondition.put(condition, ClipOpinion.ask(ensemble, heard));
                if (condition == FoldMeasuring.calibration(conditions)) {
                    windows.add(ensemble, heard);
                }
            }
            StagedOpinions staged =
                    StagedOpinions.ask(ensemble, new FarEnd(recipe.features(), LegSettings.DEFAULT), calls, run.seed());
            return new FoldOpinions(fitted.voters().stream().map(Voter::name).toList(), byCondition, windows, staged);
        }
    }
}
