package io.undertone.training;

import io.undertone.bundle.InitialWeights;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.training.corpus.Clip;
import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.XgboostFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** Voters that have nothing to do with the clips; writes down whose clips it was given. */
final class IgnorantRecipe implements Recipe {
    private final Recipe mean = new MeanRecipe();
    final List<String> speakers = new ArrayList<>();
    String choices = "none";
    int fitsLeft = Integer.MAX_VALUE;

    @Override
    public String name() {
        return "ignorant";
    }

    @Override
    public String bundleName() {
        return "ignorant";
    }

    @Override
    public FeatureSpec features() {
        return mean.features();
    }

    @Override
    public String description() {
        return "Knows nothing.";
    }

    @Override
    public String choices() {
        return choices;
    }

    @Override
    public Prepared prepare(List<Clip> clips, RunSettings settings, IntConsumer progress) {
        return (training, run) -> {
            if (fitsLeft-- == 0) {
                return Optional.empty();
            }
            speakers.add(String.join(
                    " ", new TreeSet<>(training.stream().map(Clip::speakerKey).toList())));
            return Optional.of(new Fitted(List.of(network(), trees()), List.of()));
        };
    }

    private static Voter network() {
        return new Voter.Network(
                "cnn-1", new InputPreparation.AsIs(), InitialWeights.glorot(ReferenceNetwork.spec(8), 1));
    }

    private static Voter trees() {
        float[][] rows = new float[32][40];
        int[] labels = new int[32];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = i % 8;
            rows[i][0] = labels[i];
        }
        byte[] trees = new XgboostFit(2, 3, 0, 0.3, 1, 1, 0, 1, 1).fit(new FeatureTable(rows, labels, 8), 1);
        return new Voter.Trees("xgboost", new InputPreparation.AsIs(), new TreeModel(trees));
    }
}
