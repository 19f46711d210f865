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
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.ordinary.CallPlayer;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.WindowFigures;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a recipe to some clips and scores its voters on others. When a run is restarted, finished trainings are read back from disk.
 */
final class AskedTraining {
    private static final Logger LOG = LoggerFactory.getLogger(AskedTraining.class);
    private static final String FILE = "opinions.bin";

    private final Recipe recipe;
    private final Recipe.Prepared prepared;
    private final List<Condition> conditions;
    private final RunSettings run;

    AskedTraining(Recipe recipe, Recipe.Prepared prepared, List<Condition> conditions, RunSettings run) {
        this.recipe = recipe;
        this.prepared = prepared;
        this.conditions = List.copyOf(conditions);
        this.run = run;
    }

    /**
     * What voters are scored on.
     *
     * @param clips held out of corpora that the training belongs to, under each condition, and calls staged with them
     * @param neverTrainedOn clips of other corpora, under each condition
     * @param ordinary ordinary speech
     * @param notSpeech files without speech
     */
    record Questions(List<Clip> clips, List<Clip> neverTrainedOn, List<Clip> ordinary, List<Clip> notSpeech) {
        Questions {
            clips = List.copyOf(clips);
            neverTrainedOn = List.copyOf(neverTrainedOn);
            ordinary = List.copyOf(ordinary);
            notSpeech = List.copyOf(notSpeech);
        }

        private List<Clip> allClips() {
            return Stream.concat(clips.stream(), neverTrainedOn.stream()).toList();
        }
    }

    /**
     * Fits and scores, unless that was done before.
     *
     * @param part of the work folder
     * @param name shown in progress messages
     * @return empty if stopped before the end
     */
    Optional<FoldOpinions> run(String part, String name, List<Clip> training, Questions asked) throws IOException {
        RunSettings own = run.part(part);
        Path file = own.work().resolve(FILE);
        String identity = identity(training, asked, own.seed());
        List<StagedCall> calls = new ArrayList<>(StagedCall.of(StagedCall.tellingSpeakers(asked.clips()), run.seed()));
        calls.addAll(MixedCalls.of(asked.clips(), run.seed()));
        Optional<FoldOpinions> kept = FoldOpinions.read(file, identity, asked.allClips(), calls);
        if (kept.isPresent()) {
            LOG.info("{}: read back from {}", name, file);
            run.progress().ends();
            return kept;
        }
        LOG.info(
                "{}: fitting to {} clips, holding out {} of {}",
                name,
                training.size(),
                asked.clips().size(),
                asked.clips().stream().map(Clip::speakerKey).distinct().sorted().toList());
        Optional<Recipe.Fitted> fitted = prepared.fit(training, own);
        if (fitted.isEmpty()) {
            return Optional.empty();
        }
        FoldOpinions opinions = ask(fitted.get(), asked, calls);
        opinions.write(file, identity);
        run.progress().ends();
        return Optional.of(opinions);
    }

    /** Everything that the opinions depend on, except the program itself. */
    private String identity(List<Clip> training, Questions asked, long seed) {
        return recipe.name() + " " + recipe.choices() + " seed=" + run.seed() + "," + seed + " training="
                + keys(training) + " test=" + keys(asked.clips()) + " conditions=" + conditions + " beside="
                + keys(asked.neverTrainedOn()) + " ordinary=" + keys(asked.ordinary()) + " notSpeech="
                + keys(asked.notSpeech()) + " calls=mixed" + labels();
    }

    /** Empty if all labels are taught, so that results from before labels could differ are still found. */
    private String labels() {
        return prepared.labels().equals(LabelMaps.LABELS) ? "" : " labels=" + prepared.labels();
    }

    private static String keys(List<Clip> clips) {
        return clips.size() + ":"
                + clips.stream().map(Clip::key).collect(Collectors.joining(",")).hashCode();
    }

    private FoldOpinions ask(Recipe.Fitted fitted, Questions asked, List<StagedCall> calls) {
        BundleContent content = new BundleContent(
                recipe.name(),
                "fold",
                prepared.labels(),
                recipe.features(),
                fitted.voters(),
                1,
                Persistence.NONE,
                Priors.NONE,
                "none: never leaves memory",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        Hearing hearing = new Hearing(recipe.features(), LegSettings.DEFAULT, run.seed());
        FarEnd farEnd = new FarEnd(recipe.features(), LegSettings.DEFAULT);
        Map<Condition, List<ClipOpinion>> byCondition = new EnumMap<>(Condition.class);
        WindowFigures windows = new WindowFigures();
        try (Ensemble ensemble = Ensembles.open(content, EngineSettings.auto(run.threads()))) {
            for (Condition condition : conditions) {
                List<HeardClip> heard = hearing.hear(asked.allClips(), condition, done -> {});
                byCondition.put(condition, ClipOpinion.ask(ensemble, heard));
                if (condition == FoldMeasuring.calibration(conditions)) {
                    windows.add(ensemble, heard.subList(0, asked.clips().size()));
                }
            }
            CallPlayer player = new CallPlayer(ensemble, farEnd, run.seed());
            return new FoldOpinions(
                    fitted.voters().stream().map(Voter::name).toList(),
                    byCondition,
                    windows,
                    StagedOpinions.ask(ensemble, farEnd, calls, run.seed()),
                    player.speech(asked.ordinary(), (done, all) -> {}),
                    player.notSpeech(asked.notSpeech(), (done, all) -> {}));
        }
    }
}
