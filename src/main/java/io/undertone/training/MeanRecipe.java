package io.undertone.training;

import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FeatureSpecs;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FittedMember;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.network.Seeds;
import io.undertone.training.network.TableExamples;
import io.undertone.training.table.ColumnStatistics;
import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.Smote;
import io.undertone.training.table.XgboostFit;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The original network on telephone windows: one row of 40 coefficients, the mean over a window's speech frames, with the level removed.
 * SMOTE (one neighbour) and standardisation use training rows only. Every fifth training speaker is held out to choose the epoch; with
 * fewer than three speakers none is, and all epochs are run.
 */
final class MeanRecipe implements Recipe {
    private static final int MEMBERS = 5;
    private static final int FIRST_HELD_OUT = 2;
    private static final int HELD_OUT_STEP = 5;
    private static final Plan PLAN = new Plan(30, 64, new LearningRate.Constant(5e-4), 0, 4);

    private final Plan plan;

    MeanRecipe() {
        this(PLAN);
    }

    /** The same with another plan, such as one of few epochs. */
    MeanRecipe(Plan plan) {
        this.plan = plan;
    }

    @Override
    public String name() {
        return "telephone-mean";
    }

    @Override
    public String bundleName() {
        return "telephone-mean";
    }

    @Override
    public FeatureSpec features() {
        FeatureSpec frames = FeatureSpecs.telephone();
        return new FeatureSpec(
                frames.sampleRateHz(),
                frames.frameSamples(),
                frames.hopSamples(),
                frames.fftSamples(),
                frames.melBands(),
                frames.fMinHz(),
                frames.fMaxHz(),
                frames.floorDb(),
                frames.coefficients(),
                frames.windowMs(),
                frames.windowHopMs(),
                Pooling.SPEECH_MEAN,
                0,
                0,
                LevelNormalisation.WINDOW_LEVEL,
                frames.gate());
    }

    @Override
    public String description() {
        return "Five networks of the original's shape and XGBoost on the mean of 40 MFCCs over the speech of a window, level"
                + " removed, of clips sent down a telephone line; classes balanced by SMOTE (k = 1) and coefficients"
                + " standardised on the training side, the epoch chosen on speakers held out of it.";
    }

    @Override
    public String choices() {
        return plan + " members=" + MEMBERS + " " + features();
    }

    @Override
    public Prepared prepare(List<Clip> clips, RunSettings settings, IntConsumer progress) {
        Hearing hearing = new Hearing(features(), LegSettings.DEFAULT, settings.seed());
        Map<Clip, HeardClip> heard = new HashMap<>();
        hearing.hear(clips, Condition.TELEPHONE, progress).forEach(h -> heard.put(h.clip(), h));
        return (training, run) -> fit(training.stream().map(c -> heard.get(c)).toList(), run);
    }

    private Optional<Fitted> fit(List<HeardClip> clips, RunSettings run) throws IOException {
        Set<String> heldOut = heldOut(clips);
        FeatureTable raw = table(clips, c -> !heldOut.contains(c.speakerKey()));
        ColumnStatistics statistics = ColumnStatistics.of(raw);
        FeatureTable balanced = new Smote(1, Seeds.derive(run.seed(), "smote")).balance(statistics.standardise(raw));
        FeatureTable validation = statistics.standardise(table(clips, c -> heldOut.contains(c.speakerKey())));
        Plan fitting = validation.size() == 0 ? plan.runToTheEnd() : plan;
        List<NetworkSpec> specs = Collections.nCopies(MEMBERS, ReferenceNetwork.spec(LabelMaps.LABELS.size()));
        String identity = name() + " " + fitting + " seed=" + run.seed() + " data=" + balanced.fingerprint();
        Optional<List<FittedMember>> members = new EnsembleTrainer(
                        run.work(), identity, run.seed(), run.threads(), run.progress(), run.stop())
                .train(
                        specs,
                        fitting,
                        TableExamples.shuffled(balanced),
                        validation.size() == 0 ? null : TableExamples.inOrder(validation));
        if (members.isEmpty()) {
            return Optional.empty();
        }
        InputPreparation preparation = standardise(statistics);
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            voters.add(new Voter.Network(
                    "cnn-" + (i + 1), preparation, members.get().get(i).weights()));
        }
        byte[] trees = XgboostFit.reference(1).fit(balanced, Seeds.derive(run.seed(), "xgboost"));
        voters.add(new Voter.Trees("xgboost", preparation, new TreeModel(trees)));
        return Optional.of(new Fitted(voters, members.get()));
    }

    /** The standardisation of rows, as a bundle states it. */
    static InputPreparation standardise(ColumnStatistics statistics) {
        return new InputPreparation.Standardise(list(statistics.means()), list(statistics.scales()));
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** Every fifth speaker, from the third on. */
    private static Set<String> heldOut(List<HeardClip> clips) {
        List<String> speakers = clips.stream()
                .map(c -> c.clip().speakerKey())
                .distinct()
                .sorted()
                .toList();
        Set<String> heldOut = new HashSet<>();
        for (int i = FIRST_HELD_OUT; i < speakers.size(); i += HELD_OUT_STEP) {
            heldOut.add(speakers.get(i));
        }
        return heldOut;
    }

    private static FeatureTable table(List<HeardClip> clips, Predicate<Clip> which) {
        List<float[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (HeardClip clip : clips) {
            if (!which.test(clip.clip())) {
                continue;
            }
            for (Window window : clip.windows()) {
                float[] row = new float[window.length()];
                window.copyTo(row, 0);
                rows.add(row);
                labels.add(LabelMaps.LABELS.indexOf(clip.clip().label()));
            }
        }
        return new FeatureTable(
                rows.toArray(float[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                LabelMaps.LABELS.size());
    }
}
