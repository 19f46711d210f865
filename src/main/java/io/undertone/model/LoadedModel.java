package io.undertone.model;

import io.undertone.Model;
import io.undertone.affect.AffectTable;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.config.ConfigKeys;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.Ensemble;
import io.undertone.inference.GuardedEnsemble;
import io.undertone.inference.GuardedEnsemble.OnFailure;
import io.undertone.inference.Probabilities;
import io.undertone.inference.VotingEnsemble;
import io.undertone.vote.Belief;
import io.undertone.vote.LabelShift;
import io.undertone.vote.LegVote;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import io.undertone.window.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A bundle with its voters on an engine and their majority vote. Owns native memory. Thread-safe. */
public final class LoadedModel implements EmotionModel, AutoCloseable {
    private final BundleContent content;
    private final Ensemble ensemble;
    private final String engine;
    private final LegVote vote;

    private LoadedModel(
            BundleContent content, Ensemble ensemble, String engine, Persistence persistence, Priors priors) {
        this.content = content;
        this.engine = engine;
        this.ensemble = ensemble;
        this.vote = new LegVote(
                new MajorityVote(ensemble.voters(), ensemble.labels(), content.temperature()),
                persistence,
                LabelShift.of(priors, ensemble.labels()));
    }

    /**
     * Opens the bundle in a folder on the engine that the configuration names.
     *
     * @param threads on which one batch is computed
     */
    public static LoadedModel open(Path folder, UndertoneConfig config, int threads) {
        EngineSettings settings = new EngineSettings(
                Engine.valueOf(config.inferenceEngine().toUpperCase(Locale.ROOT)),
                Device.valueOf(config.inferenceDevice().toUpperCase(Locale.ROOT)),
                Precision.valueOf(config.inferencePrecision().toUpperCase(Locale.ROOT)),
                threads);
        Ensembles.prepare(settings);
        Bundle bundle = Bundle.open(folder);
        Priors priors = priors(bundle.content(), config);
        VotingEnsemble ensemble = Ensembles.open(bundle, settings);
        OnFailure onFailure = config.continuesWithoutVoter() ? OnFailure.CONTINUE : OnFailure.STOP;
        return new LoadedModel(
                bundle.content(),
                new GuardedEnsemble(ensemble, bundle.content().features(), onFailure),
                ensemble.description(),
                config.usesEarlierWindows() ? bundle.content().persistence() : Persistence.NONE,
                priors);
    }

    private static Priors priors(BundleContent content, UndertoneConfig config) {
        Map<String, Double> own = config.votePriors();
        if (own.isEmpty()) {
            return content.priors();
        }
        String key = ConfigKeys.VOTE_PRIORS;
        if (content.priors().absent()) {
            throw new IllegalArgumentException(
                    key + " must be empty for a bundle that does not say what it learned: bundle=" + content.name()
                            + " " + content.version() + "; train it anew, or leave " + key + " out");
        }
        if (!own.keySet().equals(content.priors().learned().keySet())) {
            throw new IllegalArgumentException(key + " must name each label of the bundle once: " + key + "="
                    + own.keySet() + ", labels=" + content.labels());
        }
        return content.priors().readWith(own);
    }

    @Override
    public Model id() {
        return id(content);
    }

    /** A bundle's name and version, for records. */
    public static Model id(BundleContent content) {
        return new Model(content.name(), content.version());
    }

    @Override
    public FeatureSpec spec() {
        return content.features();
    }

    @Override
    public AffectTable affect() {
        return content.affect();
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public Optional<ReferenceFigures> reference() {
        try {
            return ReferenceFigures.in(content.scores());
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "scores.reference of the bundle " + content.name() + " " + content.version()
                            + " must be as 'undertone bundle reference' writes it: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Ensemble ensemble() {
        return ensemble;
    }

    @Override
    public LegVote vote() {
        return vote;
    }

    /**
     * Asks all voters about a window of silence.
     *
     * @throws Failure where one does not answer
     */
    public void trySilence() {
        FeatureSpec spec = content.features();
        float[] silence = new float[spec.rowValues()];
        Window window = new Window(0, 0, spec.windowMs(), 0, 1, -100, 1, silence);
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        ensemble.predict(List.of(window), probabilities);
        if (!probabilities.failures().isEmpty()) {
            throw new Failure(
                    "a voter does not answer: " + probabilities.failures().get(0));
        }
        vote.judge(Opinion.of(probabilities, 0), Belief.NONE, spec.windowMs());
    }

    @Override
    public void close() {
        ensemble.close();
    }
}
