package io.undertone.training.frames;

import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.training.condition.VariedLine;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FittedMember;
import io.undertone.training.network.FrameLearner;
import io.undertone.training.network.Pupil;
import io.undertone.training.network.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Trains the voters of {@code telephone}: clips are heard once, over all their lines; then as many ensembles as asked are trained
 * on some of them, one for each fold, say. Thread-safe once made.
 */
public final class FramesTraining {
    private final List<TrainingClip> clips;
    private final List<TrainingClip> others;
    private final boolean[] knownOfOthers;
    private final long seed;

    private FramesTraining(List<TrainingClip> clips, List<TrainingClip> others, long seed) {
        this.clips = clips;
        this.others = others;
        this.knownOfOthers = known(others);
        this.seed = seed;
    }

    /**
     * Hears all clips.
     *
     * @param clips of a corpus that has all labels
     * @param others of one that may lack some
     * @param threads threads to hear on
     * @param progress told how many clips are done
     */
    public static FramesTraining hear(
            List<Clip> clips, List<Clip> others, long seed, int threads, IntConsumer progress) {
        Rehearsal rehearsal =
                new Rehearsal(TelephoneRecipe.SPEC, TelephoneRecipe.PICTURE, Seeds.derive(seed, "rehearsal"));
        List<TrainingClip> heard = rehearsal.hear(clips, TelephoneRecipe.COPIES, threads, progress);
        int done = clips.size();
        List<TrainingClip> heardOthers =
                rehearsal.hear(others, TelephoneRecipe.OTHER_COPIES, threads, i -> progress.accept(done + i));
        return new FramesTraining(heard, heardOthers, seed);
    }

    private static boolean[] known(List<TrainingClip> clips) {
        boolean[] known = new boolean[LabelMaps.LABELS.size()];
        for (TrainingClip clip : clips) {
            known[clip.label()] = true;
        }
        return known;
    }

    /** Fits the five networks on the clips asked for; empty if told to stop before the end. */
    public Optional<List<FittedMember>> networks(EnsembleTrainer trainer, Predicate<Clip> use) throws IOException {
        List<TrainingClip> used =
                clips.stream().filter(clip -> use.test(clip.clip())).toList();
        List<TrainingClip> usedOthers =
                others.stream().filter(clip -> use.test(clip.clip())).toList();
        List<Pupil> pupils = new ArrayList<>();
        for (TelephoneRecipe.Member member : TelephoneRecipe.members()) {
            FrameExamples examples = new FrameExamples(
                    used,
                    known(used),
                    member.othersPerPass() > 0 ? usedOthers : List.of(),
                    member.othersPerPass(),
                    knownOfOthers,
                    TelephoneRecipe.PICTURE,
                    TelephoneRecipe.SPEC.melBands(),
                    TelephoneRecipe.VARYING,
                    TelephoneRecipe.PLAN.batchSize());
            pupils.add(new Pupil(
                    member.toString(),
                    member.network(),
                    examples,
                    memberSeed -> new FrameLearner(
                            member.network(), TelephoneRecipe.PLAN, TelephoneRecipe.LABEL_WEIGHTS, memberSeed)));
        }
        return trainer.train(pupils, TelephoneRecipe.PLAN, null).map(FramesTraining::balanced);
    }

    private static List<FittedMember> balanced(List<FittedMember> members) {
        return members.stream()
                .map(member -> new FittedMember(
                        LabelBalance.shift(member.weights(), TelephoneRecipe.LABEL_SHIFTS),
                        member.keptEpoch(),
                        member.history()))
                .toList();
    }

    /** Fits the trees on the clips asked for, as XGBoost's UBJSON. */
    public byte[] trees(Predicate<Clip> use, int threads) {
        TreeRows rows = new TreeRows(LabelMaps.LABELS.size());
        rows.add(clips, use, TelephoneRecipe.TREE_COPIES, label -> TelephoneRecipe.TREE_WEIGHTS[label]);
        rows.add(others, use, TelephoneRecipe.OTHER_TREE_COPIES, label -> TelephoneRecipe.OTHER_TREE_WEIGHT);
        return TelephoneRecipe.trees(threads).fit(rows.table(), rows.weights(), Seeds.derive(seed, "xgboost"));
    }

    /** What windows it is made for. */
    public static FeatureSpec features() {
        return TelephoneRecipe.SPEC;
    }

    /** All choices of the recipe in one line, so that runs by other choices can be told apart. */
    public static String identity() {
        return identityOfNetworks() + " " + TelephoneRecipe.members() + " " + TelephoneRecipe.trees(1) + " on "
                + TelephoneRecipe.TREE_COPIES + "," + TelephoneRecipe.OTHER_TREE_COPIES + " by "
                + Arrays.toString(TelephoneRecipe.TREE_WEIGHTS) + "," + TelephoneRecipe.OTHER_TREE_WEIGHT
                + " shifts=" + Arrays.toString(TelephoneRecipe.LABEL_SHIFTS);
    }

    /** The choices that all networks share. */
    public static String identityOfNetworks() {
        return TelephoneRecipe.PLAN + " " + TelephoneRecipe.VARYING + " " + TelephoneRecipe.PICTURE + " copies="
                + TelephoneRecipe.COPIES + "," + TelephoneRecipe.OTHER_COPIES + " weights="
                + Arrays.toString(TelephoneRecipe.LABEL_WEIGHTS) + " " + TelephoneRecipe.SPEC + " lines "
                + VariedLine.identity();
    }

    /** The voters of a bundle: the networks, then the trees. */
    public static List<Voter> voters(List<FittedMember> networks, byte[] trees) {
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            voters.add(new Voter.Network(
                    "cnn-" + (i + 1),
                    new InputPreparation.Picture(TelephoneRecipe.PICTURE),
                    networks.get(i).weights()));
        }
        voters.add(new Voter.Trees("xgboost", new InputPreparation.Statistics(), new TreeModel(trees)));
        return voters;
    }
}
