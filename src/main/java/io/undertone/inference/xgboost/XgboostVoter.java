package io.undertone.inference.xgboost;

import io.undertone.bundle.Voter;
import io.undertone.bundle.WindowPreparer;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.EngineException;
import io.undertone.inference.OpenGate;
import io.undertone.inference.Probabilities;
import io.undertone.inference.TreeVoter;
import io.undertone.window.Window;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Gradient-boosted trees on XGBoost, with in-place prediction: no XGBoost matrix is created for a batch. */
public final class XgboostVoter implements TreeVoter {
    private final Voter.Trees trees;
    private final int labels;
    private final Booster booster;
    private final OpenGate gate = new OpenGate("the XGBoost voter");
    private final ThreadLocal<Rows> rows;

    private XgboostVoter(Voter.Trees trees, FeatureSpec features, int labels, Booster booster) {
        this.trees = trees;
        this.labels = labels;
        this.booster = booster;
        Supplier<Rows> make = () -> new Rows(new WindowPreparer(trees.preparation(), features));
        this.rows = ThreadLocal.withInitial(make);
    }

    /** Opens the trees.
     *
     * @throws EngineException if XGBoost can't read the model, or the model expects other features than its preparation produces
     */
    public static XgboostVoter open(Voter.Trees trees, FeatureSpec features, int labels) {
        try {
            Booster booster = XGBoost.loadModel(trees.model().toBytes());
            try {
                booster.setParam("nthread", 1);
                long reads = booster.getNumFeature();
                int gives = trees.preparation().width(features);
                if (reads != gives) {
                    throw new EngineException("the trees of voter " + trees.name() + " must read the " + gives
                            + " values that its preparation produces: features=" + reads);
                }
                XgboostVoter voter = new XgboostVoter(trees, features, labels, booster);
                voter.requireLabels();
                return voter;
            } catch (XGBoostError | RuntimeException e) {
                booster.dispose();
                throw e;
            }
        } catch (XGBoostError | IOException e) {
            throw new EngineException(
                    "XGBoost must be able to read the trees of voter " + trees.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void predict(List<Window> windows, Probabilities probabilities, int voter) {
        try {
            gate.enter(() -> {
                Rows batch = rows.get();
                batch.fill(windows);
                float[][] answers = booster.inplace_predict(batch.values(), windows.size(), batch.width(), Float.NaN);
                for (int window = 0; window < windows.size(); window++) {
                    for (int label = 0; label < labels; label++) {
                        probabilities.set(window, voter, label, answers[window][label]);
                    }
                }
            });
        } catch (XGBoostError e) {
            throw new EngineException(
                    "XGBoost must be able to evaluate voter " + trees.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        gate.close(booster::dispose);
    }

    private void requireLabels() throws XGBoostError {
        float[] zeros = new float[rows.get().width()];
        int given = booster.inplace_predict(zeros, 1, zeros.length, Float.NaN)[0].length;
        if (given != labels) {
            throw new EngineException("the trees of voter " + trees.name() + " must tell the bundle's " + labels
                    + " labels apart: labels=" + given);
        }
    }
}
