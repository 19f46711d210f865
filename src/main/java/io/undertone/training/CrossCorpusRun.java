package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.training.AskedTraining.Questions;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import io.undertone.training.ordinary.HeardCall;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.report.CrossCorpusScores;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import io.undertone.vote.LabelShift;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cross-corpus protocol: each of some corpora is left out entirely once, and voters fitted to all others are scored on all of it. Of
 * the other corpora with ordinary speech, the first fold of speakers is held out as well, to measure the same voters' false alarms;
 * ordinary speech that is never trained on is scored entirely. When a run is restarted, finished trainings are read back from disk.
 */
final class CrossCorpusRun {
    private static final int FIRST_FOLD = 0;

    private final AskedTraining asked;
    private final List<Condition> conditions;
    private final List<String> labels;
    private final Beside beside;

    /**
     * @param beside whose ordinary speech is scored
     */
    CrossCorpusRun(
            Recipe recipe, Recipe.Prepared prepared, List<Condition> conditions, RunSettings run, Beside beside) {
        this.asked = new AskedTraining(recipe, prepared, conditions, run);
        this.conditions = List.copyOf(conditions);
        this.labels = prepared.labels();
        this.beside = beside;
    }

    /**
     * Leaves out each corpus in turn.
     *
     * @param leftOut corpora that are left out, one at a time
     * @param clips distinct clips of all corpora
     * @param folds measures of the same recipe: its priors and persistence, and its temperature if no other corpus is left out to fit one
     *     on
     * @return scores by corpus; empty if stopped before the end
     */
    Optional<Map<String, CrossCorpusScores>> run(List<Corpus> leftOut, List<Clip> clips, FoldMeasures folds)
            throws IOException {
        LabelShift shift = LabelShift.of(folds.priors(), labels);
        Map<String, FoldOpinions> byCorpus = new LinkedHashMap<>();
        for (Corpus corpus : leftOut) {
            Optional<FoldOpinions> opinions = train(corpus, clips);
            if (opinions.isEmpty()) {
                return Optional.empty();
            }
            byCorpus.put(corpus.name(), opinions.get().readWith(shift));
        }
        Map<String, CrossCorpusScores> scores = new LinkedHashMap<>();
        byCorpus.forEach((corpus, opinions) -> {
            List<FoldOpinions> others = byCorpus.entrySet().stream()
                    .filter(other -> !other.getKey().equals(corpus))
                    .map(Map.Entry::getValue)
                    .toList();
            Set<String> learned = clips.stream()
                    .filter(clip -> !clip.corpus().equals(corpus))
                    .map(Clip::label)
                    .collect(Collectors.toSet());
            scores.put(
                    corpus,
                    score(
                            opinions,
                            learned,
                            others.isEmpty() ? folds.temperature() : temperature(others),
                            folds.persistence()));
        });
        return Optional.of(scores);
    }

    private Optional<FoldOpinions> train(Corpus leftOut, List<Clip> clips) throws IOException {
        Map<String, Folds> folds = Beside.folds(beside.ordinary());
        Predicate<Clip> isLeftOut = clip -> clip.corpus().equals(leftOut.name());
        Predicate<Clip> talksToo = clip -> {
            Folds of = folds.get(clip.corpus());
            return of != null && of.holdsOut(FIRST_FOLD, clip);
        };
        Set<String> fitted = clips.stream().map(Clip::corpus).collect(Collectors.toSet());
        Stream<Clip> ordinary = Beside.clips(beside.ordinary())
                .filter(clip -> isLeftOut.test(clip) || talksToo.test(clip) || !fitted.contains(clip.corpus()));
        return asked.run(
                "without-" + leftOut.name(),
                "Training without " + leftOut.name(),
                clips.stream().filter(isLeftOut.or(talksToo).negate()).toList(),
                new Questions(clips.stream().filter(isLeftOut).toList(), List.of(), ordinary.toList(), List.of()));
    }

    private CrossCorpusScores score(
            FoldOpinions opinions, Set<String> learned, double temperature, Persistence persistence) {
        Map<Condition, VoteScores> inCommon = new EnumMap<>(Condition.class);
        Map<Condition, VoteScores> all = new EnumMap<>(Condition.class);
        for (Condition condition : conditions) {
            List<ClipOpinion> clips = opinions.under(condition);
            List<ClipOpinion> common = clips.stream()
                    .filter(clip -> learned.contains(clip.clip().label()))
                    .toList();
            inCommon.put(condition, scores(opinions.voters(), common, temperature));
            all.put(condition, scores(opinions.voters(), clips, temperature));
        }
        List<JudgedCall> ordinary = opinions.ordinary().stream()
                .map(call -> judge(call, persistence, temperature))
                .toList();
        return new CrossCorpusScores(
                temperature,
                inCommon,
                all,
                StagedScores.of(opinions.staged(), labels, persistence, temperature),
                ordinary);
    }

    private double temperature(List<FoldOpinions> others) {
        return FoldMeasuring.temperature(
                others.stream().map(FoldOpinions::staged).toList(),
                others.stream()
                        .flatMap(other -> other.under(FoldMeasuring.calibration(conditions)).stream())
                        .toList(),
                labels);
    }

    private JudgedCall judge(HeardCall call, Persistence persistence, double temperature) {
        return JudgedCall.of(call, labels, persistence, temperature);
    }

    private VoteScores scores(List<String> voters, List<ClipOpinion> clips, double temperature) {
        return VoteScores.of(clips, voters, FoldMeasuring.networks(voters), labels, temperature);
    }
}
