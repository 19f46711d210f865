package io.undertone.training;

import io.undertone.training.AskedTraining.Questions;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The speaker-independent protocol: training {@code k} leaves out fold {@code k} of every measured corpus and is scored on those speakers
 * under each condition, fold by fold. The corpus with most speakers determines the number of trainings; of a corpus with more folds than
 * that, several are left out at once. RAVDESS' 5 folds and nEMO's 7 are thus 5 trainings: the first leaves out actors 1-4 and nEMO's first
 * and sixth speaker. Corpora that are neither measured nor used as ordinary speech are trained on entirely. When a run is restarted,
 * finished trainings are read back from disk.
 */
final class FoldRun {
    private final AskedTraining asked;
    private final Recipe.Prepared prepared;
    private final List<Condition> conditions;
    private final Beside beside;

    /**
     * @param beside further data that the trainings are scored on
     */
    FoldRun(Recipe recipe, Recipe.Prepared prepared, List<Condition> conditions, RunSettings run, Beside beside) {
        this.asked = new AskedTraining(recipe, prepared, conditions, run);
        this.prepared = prepared;
        this.conditions = List.copyOf(conditions);
        this.beside = beside;
    }

    /**
     * Runs all folds.
     *
     * @param measured corpora whose speakers are held out in turn
     * @param clips distinct clips of all corpora
     * @return empty if stopped before the end
     */
    Optional<FoldMeasures> run(List<Corpus> measured, List<Clip> clips) throws IOException {
        Plan plan = Plan.of(measured, beside.ordinary());
        List<FoldOpinions> done = new ArrayList<>();
        for (int training = 0; training < plan.trainings(); training++) {
            Optional<FoldOpinions> opinions = train(training, plan, clips, false);
            if (opinions.isEmpty()) {
                return Optional.empty();
            }
            done.add(opinions.get());
        }
        return Optional.of(measuring(measured, plan.folds(), done).measure());
    }

    /**
     * Runs one training only. Fitted values are then fitted on half of its held-out speakers and measured on the other half, both ways:
     * every second speaker of each corpus, in alphabetical order.
     *
     * @param number of the training, from 0
     * @return empty if stopped before the end
     * @throws IllegalArgumentException if there is no such training
     */
    Optional<FoldMeasures> runOnly(int number, List<Corpus> measured, List<Clip> clips) throws IOException {
        Plan plan = Plan.of(measured, beside.ordinary());
        plan.require(number);
        Optional<FoldOpinions> opinions = train(number, plan, clips, true);
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
        Map<String, Folds> measuredHalves = new LinkedHashMap<>(halves);
        beside.neverTrainedOn().forEach(corpus -> halves.put(corpus.name(), Folds.halves(corpus)));
        List<FoldOpinions> byHalf = IntStream.range(0, 2)
                .mapToObj(half -> opinions.get()
                        .of(clip -> {
                            Folds of = halves.get(clip.corpus());
                            return of != null && of.holdsOut(half, clip);
                        })
                        .withHalfOfTheCalls(half))
                .toList();
        return Optional.of(measuring(heldOut, measuredHalves, byHalf).measure());
    }

    /** The clips that one training is fitted to. */
    static List<Clip> fittedBy(int number, List<Corpus> measured, List<Corpus> ordinary, List<Clip> clips) {
        Plan plan = Plan.of(measured, ordinary);
        plan.require(number);
        return clips.stream().filter(clip -> !plan.holdsOut(number, clip)).toList();
    }

    /** The settings of one training within a run. */
    static RunSettings part(RunSettings run, int number) {
        return run.part(partName(number));
    }

    private static String partName(int number) {
        return "fold-" + (number + 1);
    }

    private FoldMeasuring measuring(List<Corpus> measured, Map<String, Folds> folds, List<FoldOpinions> done) {
        return new FoldMeasuring(
                measured, folds, done, conditions, prepared.labels(), prepared.learned(), beside.neverTrainedOn());
    }

    /**
     * Which training holds out which speakers.
     *
     * @param folds of each measured corpus, by name
     * @param heldOut the same, and those of corpora with ordinary speech
     * @param trainings number of trainings
     */
    private record Plan(Map<String, Folds> folds, Map<String, Folds> heldOut, int trainings) {
        static Plan of(List<Corpus> measured, List<Corpus> ordinary) {
            Map<String, Folds> folds = new LinkedHashMap<>();
            measured.forEach(corpus -> folds.put(corpus.name(), Folds.of(corpus)));
            Map<String, Folds> heldOut = new LinkedHashMap<>(Beside.folds(ordinary));
            heldOut.putAll(folds);
            return new Plan(folds, heldOut, FoldRun.trainings(measured));
        }

        void require(int number) {
            if (number < 0 || number >= trainings) {
                throw new IllegalArgumentException(
                        "fold must be 1 to " + trainings + " for these corpora: fold=" + (number + 1));
            }
        }

        boolean holdsOut(int number, Clip clip) {
            return Beside.isHeldOut(clip, number, trainings, heldOut);
        }

        boolean measures(int number, Clip clip) {
            return Beside.isHeldOut(clip, number, trainings, folds);
        }
    }

    /** How many trainings hold out all speakers of these corpora in turn. */
    static int trainings(List<Corpus> measured) {
        return measured.stream()
                .max(Comparator.comparingInt(corpus -> corpus.speakers().size()))
                .map(corpus -> Folds.of(corpus).size())
                .orElse(0);
    }

    /**
     * One training.
     *
     * @param alone whether it is the only one, so that it is scored on all data that is never trained on
     */
    private Optional<FoldOpinions> train(int number, Plan plan, List<Clip> clips, boolean alone) throws IOException {
        int trainings = plan.trainings();
        Set<String> fitted = clips.stream().map(Clip::corpus).collect(Collectors.toSet());
        UnaryOperator<List<Corpus>> others = corpora -> corpora.stream()
                .filter(corpus -> !fitted.contains(corpus.name()))
                .toList();
        Function<List<Corpus>, List<Clip>> share =
                corpora -> Beside.share(others.apply(corpora), alone ? 0 : number, alone ? 1 : trainings);
        Stream<Clip> ordinary = Stream.concat(
                Beside.clips(beside.ordinary())
                        .filter(clip -> fitted.contains(clip.corpus()) && plan.holdsOut(number, clip)),
                share.apply(beside.ordinary()).stream());
        return asked.run(
                partName(number),
                "Training " + (number + 1) + " of " + trainings,
                clips.stream().filter(clip -> !plan.holdsOut(number, clip)).toList(),
                new Questions(
                        clips.stream()
                                .filter(clip -> plan.measures(number, clip))
                                .toList(),
                        share.apply(beside.neverTrainedOn()),
                        ordinary.toList(),
                        share.apply(beside.notSpeech())));
    }
}
