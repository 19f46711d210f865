package io.undertone.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.undertone.bundle.BundleContent;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Ensembles;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.report.FoldScores;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.TemperatureFit;
import io.undertone.training.score.VoteScores;
import io.undertone.training.score.WindowFigures;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speaker-independent protocol on one corpus: for each fold, fit to the other speakers (and to all other corpora), then
 * measure on the fold's speakers under each condition. The temperature of a fold is fitted on the other folds' speakers.
 */
final class FoldRun {
    private static final Logger LOG = LoggerFactory.getLogger(FoldRun.class);

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
     * What was measured.
     *
     * @param corpus name of the corpus whose speakers were held out
     * @param scores by condition
     * @param heldOut every clip by voters that did not know its speaker, under the telephone condition (else the first)
     * @param windows the windows of the same clips
     */
    record Outcome(
            String corpus, Map<Condition, FoldScores> scores, List<ClipOpinion> heldOut, WindowFigures windows) {}

    /**
     * Runs all folds of a corpus.
     *
     * @param clips distinct clips of all corpora; those of {@code corpus} are held out in turn
     * @return empty if told to stop before the end
     */
    Optional<Outcome> run(Corpus corpus, List<Clip> clips) throws IOException {
        Folds folds = Folds.of(corpus);
        Map<Condition, List<List<ClipOpinion>>> opinions = new EnumMap<>(Condition.class);
        conditions.forEach(c -> opinions.put(c, new ArrayList<>()));
        List<String> voters = List.of();
        WindowFigures windows = new WindowFigures();
        for (int fold = 0; fold < folds.size(); fold++) {
            int held = fold;
            List<Clip> test = clips.stream()
                    .filter(c -> c.corpus().equals(corpus.name()) && folds.holdsOut(held, c))
                    .toList();
            List<Clip> training = clips.stream().filter(c -> !test.contains(c)).toList();
            LOG.info(
                    "Fold {} of {} of {}: fitting to {} clips, holding out {} of {}",
                    fold + 1,
                    folds.size(),
                    corpus.name(),
                    training.size(),
                    test.size(),
                    folds.speakers().get(fold));
            Optional<Recipe.Fitted> fitted = prepared.fit(training, run.part(corpus.name() + "-fold-" + (fold + 1)));
            if (fitted.isEmpty()) {
                return Optional.empty();
            }
            voters = fitted.get().voters().stream().map(v -> v.name()).toList();
            ask(fitted.get(), test, opinions, windows);
        }
        return Optional.of(score(corpus.name(), voters, opinions, windows));
    }

    /** The condition that calibration and drift are measured under. */
    private Condition calibration() {
        return conditions.contains(Condition.TELEPHONE) ? Condition.TELEPHONE : conditions.get(0);
    }

    private void ask(
            Recipe.Fitted fitted,
            List<Clip> test,
            Map<Condition, List<List<ClipOpinion>>> opinions,
            WindowFigures windows) {
        BundleContent content = new BundleContent(
                recipe.name(),
                "fold",
                LabelMaps.LABELS,
                recipe.features(),
                fitted.voters(),
                1,
                "none: never leaves memory",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        Hearing hearing = new Hearing(recipe.features(), LegSettings.DEFAULT, run.seed());
        try (Ensemble ensemble = Ensembles.open(content, EngineSettings.auto(run.threads()))) {
            opinions.forEach((condition, folds) -> {
                List<HeardClip> heard = hearing.hear(test, condition, done -> {});
                folds.add(ClipOpinion.ask(ensemble, heard));
                if (condition == calibration()) {
                    windows.add(ensemble, heard);
                }
            });
        }
    }

    private Outcome score(
            String corpus,
            List<String> voters,
            Map<Condition, List<List<ClipOpinion>>> opinions,
            WindowFigures windows) {
        int networks = (int) voters.stream().filter(v -> !v.equals("xgboost")).count();
        List<List<ClipOpinion>> calibration =
                Objects.requireNonNull(opinions.get(calibration()), "no condition measured");
        int folds = calibration.size();
        double[] temperatures = IntStream.range(0, folds)
                .mapToDouble(fold -> TemperatureFit.fit(IntStream.range(0, folds)
                        .filter(other -> other != fold)
                        .mapToObj(calibration::get)
                        .flatMap(List::stream)
                        .toList()))
                .toArray();
        Map<Condition, FoldScores> scores = new EnumMap<>(Condition.class);
        opinions.forEach((condition, byFold) -> scores.put(
                condition,
                new FoldScores(IntStream.range(0, folds)
                        .mapToObj(fold ->
                                VoteScores.of(byFold.get(fold), voters, networks, LabelMaps.LABELS, temperatures[fold]))
                        .toList())));
        return new Outcome(
                corpus, scores, calibration.stream().flatMap(List::stream).toList(), windows);
    }
}
