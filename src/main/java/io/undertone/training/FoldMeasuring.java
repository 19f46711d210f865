package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.VoiceBaseline;
import io.undertone.training.calls.PersistenceFit;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import io.undertone.training.ordinary.HeardCall;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.report.FoldScores;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.PriorFit;
import io.undertone.training.score.TemperatureFit;
import io.undertone.training.score.VoiceBaselines;
import io.undertone.training.score.VoteScores;
import io.undertone.training.score.WindowFigures;
import io.undertone.vote.LabelShift;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes measures from each training's opinions on its held-out speakers. No fitted value is measured on speakers it was fitted to: a
 * fold's temperature and priors come from the other folds' clips, and its persistence from calls staged with the clips of the other
 * trainings. A bundle's values are fitted on all of them.
 */
final class FoldMeasuring {
    private final List<Corpus> measured;
    private final Map<String, Folds> folds;
    private final List<FoldOpinions> byTraining;
    private final List<Condition> conditions;
    private final List<String> labels;
    private final Map<String, Double> learned;
    private final Priors priors;
    private final List<@Nullable VoiceBaseline> voices;
    private final List<Corpus> neverTrainedOn;

    /**
     * @param measured corpora whose speakers were held out in turn
     * @param folds of these corpora, by name
     * @param byTraining opinions by training: fold {@code k} of every corpus was held out by training {@code k} modulo their number
     * @param conditions that the clips were measured under
     * @param learned share of each label in training; empty if unknown
     * @param neverTrainedOn other corpora that the trainings were scored on, distributed among them
     */
    FoldMeasuring(
            List<Corpus> measured,
            Map<String, Folds> folds,
            List<FoldOpinions> byTraining,
            List<Condition> conditions,
            List<String> labels,
            Map<String, Double> learned,
            List<Corpus> neverTrainedOn) {
        this.measured = measured;
        this.folds = folds;
        this.conditions = conditions;
        this.neverTrainedOn = neverTrainedOn;
        this.labels = labels;
        this.learned = learned;
        this.priors = priors(byTraining);
        List<Priors> priorsByTraining = each(byTraining.size(), training -> priors(without(byTraining, training)));
        this.voices = priorsByTraining.stream().map(VoiceBaselines::of).toList();
        this.byTraining = each(
                byTraining.size(),
                training -> byTraining.get(training).readWith(shift(priorsByTraining.get(training))));
    }

    private Priors priors(List<FoldOpinions> opinions) {
        return PriorFit.fit(learned, clips(opinions), labels);
    }

    private LabelShift shift(Priors priors) {
        return LabelShift.of(priors, labels);
    }

    /** The condition that calibration and drift are measured under. */
    static Condition calibration(List<Condition> conditions) {
        return conditions.contains(Condition.TELEPHONE) ? Condition.TELEPHONE : conditions.get(0);
    }

    /** How many voters, the first ones, are networks. */
    static int networks(List<String> voters) {
        return (int) voters.stream().filter(v -> !v.equals("xgboost")).count();
    }

    FoldMeasures measure() {
        List<StagedOpinions> lasting = forPersistence();
        List<Double> temperatures = each(byTraining.size(), training -> temperature(without(byTraining, training)));
        List<Persistence> persistences = each(
                byTraining.size(),
                training -> PersistenceFit.fit(
                        StagedOpinions.together(without(lasting, training)),
                        labels,
                        temperatures.get(training),
                        voices.get(training)));
        Map<String, Map<Condition, FoldScores>> scores = new LinkedHashMap<>();
        Map<String, StagedScores> staged = new LinkedHashMap<>();
        folds.forEach((corpus, of) -> {
            List<FoldOpinions> own = heldOut(corpus, of);
            scores.put(corpus, score(own, each(own.size(), fold -> temperature(without(own, fold)))));
            if (own.stream().anyMatch(opinions -> !opinions.staged().calls().isEmpty())) {
                staged.put(corpus, staged(own, persistences, temperatures));
            }
        });
        WindowFigures windows = new WindowFigures();
        byTraining.forEach(opinions -> windows.add(opinions.windows()));
        List<ClipOpinion> heldOut = clips(byTraining);
        double temperature = temperature(byTraining);
        return new FoldMeasures(
                scores,
                heldOut,
                temperature,
                windows,
                priors,
                staged,
                PersistenceFit.fit(StagedOpinions.together(lasting), labels, temperature, VoiceBaselines.of(priors)),
                neverTrainedOn(temperatures),
                judged(FoldOpinions::ordinary, persistences, temperatures),
                judged(FoldOpinions::notSpeech, persistences, temperatures));
    }

    /** The opinions of each fold of a corpus on its held-out speakers. */
    private List<FoldOpinions> heldOut(String corpus, Folds of) {
        return each(
                of.size(),
                fold -> training(byTraining, fold).of(clip -> clip.corpus().equals(corpus) && of.holdsOut(fold, clip)));
    }

    private StagedScores staged(List<FoldOpinions> own, List<Persistence> persistences, List<Double> temperatures) {
        return StagedScores.of(
                own.stream().map(FoldOpinions::staged).toList(),
                labels,
                each(own.size(), fold -> training(persistences, fold)),
                each(own.size(), fold -> training(temperatures, fold)));
    }

    private Map<String, Map<Condition, FoldScores>> neverTrainedOn(List<Double> temperatures) {
        Map<String, Map<Condition, FoldScores>> scores = new LinkedHashMap<>();
        for (Corpus corpus : neverTrainedOn) {
            List<FoldOpinions> shares = byTraining.stream()
                    .map(opinions -> opinions.of(clip -> clip.corpus().equals(corpus.name())))
                    .toList();
            List<Integer> asked = IntStream.range(0, shares.size())
                    .filter(i -> !shares.get(i).under(calibration(conditions)).isEmpty())
                    .boxed()
                    .toList();
            scores.put(
                    corpus.name(),
                    score(
                            asked.stream().map(shares::get).toList(),
                            asked.stream().map(temperatures::get).toList()));
        }
        return scores;
    }

    private List<JudgedCall> judged(
            Function<FoldOpinions, List<HeardCall>> calls, List<Persistence> persistences, List<Double> temperatures) {
        List<JudgedCall> judged = new ArrayList<>();
        for (int training = 0; training < byTraining.size(); training++) {
            for (HeardCall call : calls.apply(byTraining.get(training))) {
                judged.add(JudgedCall.of(call, labels, persistences.get(training), temperatures.get(training)));
            }
        }
        return judged;
    }

    private static <T> List<T> each(int count, IntFunction<T> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    /** The opinions of the training that held a fold out. */
    private static <T> T training(List<T> all, int fold) {
        return all.get(fold % all.size());
    }

    private static <T> List<T> without(List<T> all, int one) {
        return IntStream.range(0, all.size())
                .filter(i -> i != one)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * Each training's staged calls for fitting persistence, of corpora with all labels, or of any corpora if there are none such; and all
     * mixed calls.
     */
    private List<StagedOpinions> forPersistence() {
        Set<String> complete = measured.stream()
                .filter(corpus -> corpus.balance().keySet().containsAll(labels))
                .map(Corpus::name)
                .collect(Collectors.toSet());
        return byTraining.stream()
                .map(opinions -> opinions.staged()
                        .ofCalls(call -> call.episode() == StagedCall.MIXED
                                || complete.isEmpty()
                                || complete.contains(call.clips().get(0).corpus())))
                .toList();
    }

    /** The temperature with the lowest loss for windows judged independently: in mixed calls if there are any, else for whole clips. */
    private double temperature(List<FoldOpinions> heldOut) {
        return temperature(heldOut.stream().map(FoldOpinions::staged).toList(), clips(heldOut), labels);
    }

    /** The same, of calls staged with some clips and of the clips themselves. */
    static double temperature(List<StagedOpinions> staged, List<ClipOpinion> clips, List<String> labels) {
        StagedOpinions calls = StagedOpinions.together(staged);
        return calls.has(StagedCall.MIXED)
                ? TemperatureFit.fit(
                        temperature -> calls.surprise(StagedCall.MIXED, labels, Persistence.NONE, temperature))
                : TemperatureFit.fit(clips);
    }

    private List<ClipOpinion> clips(List<FoldOpinions> opinions) {
        Set<String> corpora = measured.stream().map(Corpus::name).collect(Collectors.toSet());
        return opinions.stream()
                .flatMap(o -> o.under(calibration(conditions)).stream())
                .filter(opinion -> corpora.contains(opinion.clip().corpus()))
                .toList();
    }

    private Map<Condition, FoldScores> score(List<FoldOpinions> own, List<Double> temperatures) {
        List<String> voters = own.get(0).voters();
        Map<Condition, FoldScores> scores = new EnumMap<>(Condition.class);
        for (Condition condition : conditions) {
            scores.put(
                    condition,
                    new FoldScores(each(
                            own.size(),
                            fold -> VoteScores.of(
                                    own.get(fold).under(condition),
                                    voters,
                                    networks(voters),
                                    labels,
                                    temperatures.get(fold)))));
        }
        return scores;
    }
}
