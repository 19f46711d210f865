package io.undertone.training;

import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FittedMember;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.network.Seeds;
import io.undertone.training.network.TableExamples;
import io.undertone.training.table.ColumnStatistics;
import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.RandomSplit;
import io.undertone.training.table.Smote;
import io.undertone.training.table.XgboostFit;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The original's protocol on its own table of features: SMOTE with one neighbour over all rows, then a random split: 90 % of
 * the rows for the networks, of which a fifth validates, 80 % for XGBoost. Synthetic rows of one set lie between rows of the other, and a
 * speaker's clips are in both, so its figures are too high: see {@link Protocol}.
 */
final class ReferenceTraining {
    /** Members of the ensemble. */
    static final int MEMBERS = 5;

    /** Coefficients of a row. */
    static final int WIDTH = 40;

    private static final Plan PLAN = new Plan(24, 64, new LearningRate.OneCycle(1.5e-3), 0, 0);

    private final FeatureTable before;
    private final FeatureTable grown;
    private final FeatureTable balanced;
    private final RandomSplit split;
    private final ColumnStatistics statistics;
    private final long seed;

    ReferenceTraining(FeatureTable table, long seed) {
        this.before = table;
        this.seed = seed;
        grown = new Smote(1, Seeds.derive(seed, "smote")).balance(table);
        split = new RandomSplit(grown.size(), Seeds.derive(seed, "split"));
        statistics = ColumnStatistics.of(grown.select(split.networkTraining()));
        balanced = statistics.standardise(grown);
    }

    /** Rows of each label before SMOTE. */
    int[] countsBefore() {
        return before.counts();
    }

    /** Rows of each label after SMOTE. */
    int[] countsAfter() {
        return balanced.counts();
    }

    ColumnStatistics statistics() {
        return statistics;
    }

    RandomSplit split() {
        return split;
    }

    /** All rows after SMOTE, as the front end computes them. */
    FeatureTable rawRows() {
        return grown;
    }

    /** All rows after SMOTE, standardised by the networks' training rows. */
    FeatureTable rows() {
        return balanced;
    }

    /** The identity of this run: data, plan and seed. */
    String identity() {
        return "reference " + PLAN + " seed=" + seed + " labels=" + LabelMaps.LABELS + " data=" + before.fingerprint();
    }

    static List<NetworkSpec> specs() {
        return Collections.nCopies(MEMBERS, ReferenceNetwork.spec(LabelMaps.LABELS.size()));
    }

    /** Fits the five networks; empty if stopped before the end. */
    Optional<List<FittedMember>> networks(EnsembleTrainer trainer) throws IOException {
        return trainer.train(
                specs(),
                PLAN,
                TableExamples.shuffled(balanced.select(split.networkTraining())),
                TableExamples.inOrder(balanced.select(split.networkValidation())));
    }

    /** Fits the trees, as XGBoost's UBJSON. */
    byte[] trees() {
        return XgboostFit.reference(1).fit(balanced.select(split.xgboostTraining()), Seeds.derive(seed, "xgboost"));
    }
}
