package io.undertone.training;

import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.FittedMember;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A way to train a bundle's voters from clips. */
interface Recipe {
    /** Its name in reports. */
    String name();

    /** The name of bundles that it makes. */
    String bundleName();

    /** The features of its windows. */
    FeatureSpec features();

    /** A description of the method in a few sentences, for reports and model cards. */
    String description();

    /** All its parameters in one line, so that results with other parameters are not mistaken for its own. */
    String choices();

    /**
     * Extracts the features of all clips once, to be shared by folds.
     *
     * @param run its seed fixes augmentation, its threads extract features, and its work folder may cache them
     * @param progress called with the number of clips processed
     */
    Prepared prepare(List<Clip> clips, RunSettings run, IntConsumer progress);

    /** Clips with their features, ready for training. */
    interface Prepared {
        /**
         * Fits all voters to some of the clips.
         *
         * @return empty if stopped before the end
         */
        Optional<Fitted> fit(List<Clip> training, RunSettings run) throws IOException;

        /** The labels that can be learned from the clips, in the order of the voters' outputs. */
        default List<String> labels() {
            return LabelMaps.LABELS;
        }

        /** Share of each label in the training data; empty if the recipe does not tell. */
        default Map<String, Double> learned() {
            return Map.of();
        }
    }

    /**
     * Voters after fitting.
     *
     * @param voters networks, then XGBoost
     * @param members the networks' training histories
     */
    record Fitted(List<Voter> voters, List<FittedMember> members) {}
}
