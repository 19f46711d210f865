package io.undertone.training.frames;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.bundle.Weights;
import io.undertone.features.FeatureSpec;
import io.undertone.training.condition.VariedLine;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FineTuner;
import io.undertone.training.network.FittedMember;
import io.undertone.training.network.FrameLearner;
import io.undertone.training.network.Pupil;
import io.undertone.training.network.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Trains the voters of {@code telephone}: features of all clips are extracted once, over all their lines; then any number of ensembles is
 * trained on subsets of them, such as one per fold. Thread-safe after construction.
 */
public final class FramesTraining {
    private final List<TrainingClip> clips;
    private final List<String> labels;
    private final PictureInput input;
    private final long seed;

    private FramesTraining(List<TrainingClip> clips, List<String> labels, PictureInput input, long seed) {
        this.clips = clips;
        this.input = input;
        this.labels = labels;
        this.seed = seed;
    }

    /**
     * Extracts the features of all clips.
     *
     * @param input what the networks see
     * @param clips of any corpora; a corpus does not train labels that it lacks
     * @param threads for feature extraction
     * @param kept folder that caches computed features
     * @param progress called with the number of clips processed
     */
    public static FramesTraining hear(
            PictureInput input, List<Clip> clips, long seed, int threads, Path kept, IntConsumer progress) {
        return hear(clips, LabelMaps.taughtBy(clips), input, seed, threads, kept, progress);
    }

    /**
     * Extracts the features of clips for the networks of a bundle.
     *
     * @param bundle one that this class {@link #knows}; clips have no other labels
     */
    public static FramesTraining hear(
            BundleContent bundle, List<Clip> clips, long seed, int threads, Path kept, IntConsumer progress) {
        PictureInput input = PictureInput.of(bundle.networks().get(0), bundle.features())
                .orElseThrow(() -> new IllegalArgumentException("bundle must be one of this recipe: " + bundle.name()));
        return hear(clips, bundle.labels(), input, seed, threads, kept, progress);
    }

    private static FramesTraining hear(
            List<Clip> clips,
            List<String> labels,
            PictureInput input,
            long seed,
            int threads,
            Path kept,
            IntConsumer progress) {
        Rehearsal rehearsal = new Rehearsal(input, Seeds.derive(seed, "rehearsal"), kept, labels);
        return new FramesTraining(rehearsal.hear(clips, threads, progress), labels, input, seed);
    }

    /** The labels that can be learned from its clips: those of the voters' outputs, in order. */
    public List<String> labels() {
        return labels;
    }

    /** Share of each label in a pass over all clips. */
    public Map<String, Double> learned() {
        List<TrainingClip> heard =
                clips.stream().filter(clip -> !clip.copies().isEmpty()).toList();
        double[] shares = new PassPlan(
                        heard, corpus -> TelephoneRecipe.share(corpus).weight(), TelephoneRecipe.MOST_CLIPS_PER_PASS)
                .shares(labels.size());
        Map<String, Double> learned = new LinkedHashMap<>();
        for (int label = 0; label < shares.length; label++) {
            if (shares[label] == 0) {
                return Map.of();
            }
            learned.put(labels.get(label), shares[label]);
        }
        return learned;
    }

    /** Fits the five networks on the given clips; empty if stopped before the end. */
    public Optional<List<FittedMember>> networks(EnsembleTrainer trainer, Predicate<Clip> use) throws IOException {
        List<TrainingClip> used =
                clips.stream().filter(clip -> use.test(clip.clip())).toList();
        List<Pupil> pupils = new ArrayList<>();
        for (NetworkSpec network : TelephoneRecipe.members(input, labels.size())) {
            FrameExamples examples = new FrameExamples(
                    used,
                    labels,
                    corpus -> TelephoneRecipe.share(corpus).weight(),
                    Math.min(TelephoneRecipe.MOST_CLIPS_PER_PASS, used.size()),
                    input.picture().steps(),
                    input.height(),
                    TelephoneRecipe.VARYING,
                    TelephoneRecipe.PLAN.batchSize());
            pupils.add(new Pupil(
                    network.toString(),
                    network,
                    examples,
                    memberSeed -> new FrameLearner(
                            network, TelephoneRecipe.PLAN, TelephoneRecipe.weights(labels), memberSeed)));
        }
        return trainer.train(pupils, TelephoneRecipe.PLAN, null);
    }

    /** Whether a voter of a bundle is one of this recipe's networks, with the same features. */
    public static boolean knows(Voter.Network network, FeatureSpec windows) {
        return PictureInput.of(network, windows).isPresent();
    }

    /**
     * Fine-tunes a network on the given clips.
     *
     * @param tuner the schedule
     * @param memberSeed the network's own seed
     */
    public Weights adapted(Weights from, Predicate<Clip> use, FineTuner tuner, long memberSeed) {
        List<TrainingClip> used = clips.stream()
                .filter(clip -> use.test(clip.clip()) && !clip.copies().isEmpty())
                .toList();
        int batch = Math.min(TelephoneRecipe.PLAN.batchSize(), used.size());
        if (batch < 2) {
            throw new CorpusException("At least two clips must hold speech to learn from: clips=" + used.size());
        }
        FrameExamples examples = new FrameExamples(
                used,
                labels,
                corpus -> 1,
                Math.min(TelephoneRecipe.MOST_CLIPS_PER_PASS, used.size()),
                input.picture().steps(),
                input.height(),
                TelephoneRecipe.VARYING,
                batch);
        try (FrameLearner learner =
                new FrameLearner(from.spec(), TelephoneRecipe.PLAN, TelephoneRecipe.weights(labels), memberSeed)) {
            learner.setWeights(from);
            tuner.tune(learner, examples, batch, memberSeed);
            return learner.weights();
        }
    }

    /** Fits the trees on the given clips; returns XGBoost's UBJSON. */
    public byte[] trees(Predicate<Clip> use, int threads) {
        TreeRows rows = new TreeRows(labels.size());
        rows.add(clips, use);
        return TelephoneRecipe.trees(threads).fit(rows.table(), rows.weights(), Seeds.derive(seed, "xgboost"));
    }

    /** All parameters of the recipe in one line, to identify runs with others. */
    public static String identity(PictureInput input) {
        return identityOfNetworks(input) + " " + TelephoneRecipe.members(input, LabelMaps.LABELS.size()) + " "
                + TelephoneRecipe.trees(1);
    }

    /** The settings shared by all networks. */
    public static String identityOfNetworks(PictureInput input) {
        return TelephoneRecipe.PLAN + " " + TelephoneRecipe.VARYING + " " + input + " pass="
                + TelephoneRecipe.MOST_CLIPS_PER_PASS + " shares=" + TelephoneRecipe.shares() + " weights="
                + Arrays.toString(TelephoneRecipe.LABEL_WEIGHTS) + " lines "
                + VariedLine.identity();
    }

    /** The voters of a bundle: the networks, then the trees. */
    public List<Voter> voters(List<FittedMember> networks, byte[] trees) {
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            voters.add(new Voter.Network(
                    "cnn-" + (i + 1), input.preparation(), networks.get(i).weights()));
        }
        voters.add(new Voter.Trees("xgboost", new InputPreparation.Statistics(), new TreeModel(trees)));
        return voters;
    }
}
