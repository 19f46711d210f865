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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The original network on telephone windows: one row of 40 coefficients, the mean over a window's speech frames, its level
 * removed. SMOTE (one neighbour) and standardisation see the training side only.
 */
final class MeanRecipe implements Recipe {
    private static final int MEMBERS = 5;
    private static final Plan PLAN = new Plan(10, 64, new LearningRate.OneCycle(1.5e-3), 0.02, 0);

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
                + " standardised on the training side.";
    }

    @Override
    public Prepared prepare(List<Clip> clips, long seed, int threads, IntConsumer progress) {
        Hearing hearing = new Hearing(features(), LegSettings.DEFAULT, seed);
        Map<Clip, HeardClip> heard = new HashMap<>();
        hearing.hear(clips, Condition.TELEPHONE, progress).forEach(h -> heard.put(h.clip(), h));
        return (training, run) -> fit(training.stream().map(c -> heard.get(c)).toList(), run);
    }

    private Optional<Fitted> fit(List<HeardClip> training, RunSettings run) throws IOException {
        FeatureTable raw = table(training);
        ColumnStatistics statistics = ColumnStatistics.of(raw);
        FeatureTable balanced = new Smote(1, Seeds.derive(run.seed(), "smote")).balance(statistics.standardise(raw));
        List<NetworkSpec> specs = Collections.nCopies(MEMBERS, ReferenceNetwork.spec(LabelMaps.LABELS.size()));
        String identity = name() + " " + PLAN + " seed=" + run.seed() + " data=" + balanced.fingerprint();
        Optional<List<FittedMember>> members = new EnsembleTrainer(
                        run.work(), identity, run.seed(), run.threads(), run.progress(), run.stop())
                .train(specs, PLAN, TableExamples.shuffled(balanced), null);
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

    /** How a row is standardised, as a bundle says it. */
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

    private static FeatureTable table(List<HeardClip> clips) {
        List<float[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (HeardClip clip : clips) {
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
