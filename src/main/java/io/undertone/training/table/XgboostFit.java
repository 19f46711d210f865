package io.undertone.training.table;

import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees on rows of features (Chen and Guestrin 2016).
 *
 * @param rounds trees per label
 * @param depth maximum depth of a tree
 * @param gamma minimum gain of a split
 * @param eta learning rate: the factor of each tree
 * @param subsample share of rows per tree
 * @param columns share of features per tree
 * @param minChildWeight minimum sum of rows' Hessians in a leaf
 * @param lambda L2 regularisation of leaves
 * @param threads for fitting; the trees don't depend on it
 */
public record XgboostFit(
        int rounds,
        int depth,
        double gamma,
        double eta,
        double subsample,
        double columns,
        double minChildWeight,
        double lambda,
        int threads) {
    /** The original's: 200 rounds of depth 7. */
    public static XgboostFit reference(int threads) {
        return new XgboostFit(200, 7, 0.01, 0.1, 0.8, 1, 1, 1, threads);
    }

    /** Fits to a table; returns the trees as XGBoost's UBJSON. */
    public byte[] fit(FeatureTable table, long seed) {
        return fit(table, new float[0], seed);
    }

    /**
     * Fits to a table with weighted rows.
     *
     * @param weights of rows, {@code [rows]}; empty if all are equal
     */
    public byte[] fit(FeatureTable table, float[] weights, long seed) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("objective", "multi:softprob");
        settings.put("num_class", table.classes());
        settings.put("max_depth", depth);
        settings.put("gamma", gamma);
        settings.put("eta", eta);
        settings.put("subsample", subsample);
        settings.put("colsample_bytree", columns);
        settings.put("min_child_weight", minChildWeight);
        settings.put("lambda", lambda);
        settings.put("tree_method", "hist");
        settings.put("nthread", threads);
        settings.put("seed", (int) (seed & Integer.MAX_VALUE));
        settings.put("verbosity", 0);
        try {
            DMatrix rows = matrix(table, weights);
            try {
                Booster booster = XGBoost.train(rows, settings, rounds, Map.of(), null, null);
                try {
                    return booster.toByteArray("ubj");
                } finally {
                    booster.dispose();
                }
            } finally {
                rows.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost could not be fitted: " + e.getMessage(), e);
        }
    }

    private static DMatrix matrix(FeatureTable table, float[] weights) throws XGBoostError {
        float[] values = new float[table.size() * table.width()];
        float[] labels = new float[table.size()];
        for (int i = 0; i < table.size(); i++) {
            System.arraycopy(table.row(i), 0, values, i * table.width(), table.width());
            labels[i] = table.label(i);
        }
        DMatrix matrix = new DMatrix(values, table.size(), table.width(), Float.NaN);
        matrix.setLabel(labels);
        if (weights.length > 0) {
            matrix.setWeight(weights);
        }
        return matrix;
    }
}
