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

/** How the voters of a bundle are made from clips. */
interface Recipe {
    /** Its name in reports. */
    String name();

    /** The name of bundles that it makes. */
    String bundleName();

    /** What the windows are. */
    FeatureSpec features();

    /** How it fits, in a few sentences, for reports and model cards. */
    String description();

    /** All its choices in one line, so that what was measured by other choices is not taken for its own. */
    String choices();

    /**
     * Hears all clips once, so that folds can share them.
     *
     * @param run its seed fixes augmentation, on its threads clips are heard, and what was heard may be kept in its work folder
     * @param progress called with how many clips are heard
     */
    Prepared prepare(List<Clip> clips, RunSettings run, IntConsumer progress);

    /** Clips ready to be fitted to. */
    interface Prepared {
        /**
         * Fits all voters to some of the clips.
         *
         * @return empty if stopped before the end
         */
        Optional<Fitted> fit(List<Clip> training, RunSettings run) throws IOException;

        /** The labels that the clips teach, in the order of the voters' outputs. */
        default List<String> labels() {
            return LabelMaps.LABELS;
        }

        /** Share of each label in what the voters learn from; empty where the recipe does not say. */
        default Map<String, Double> learned() {
            return Map.of();
        }
    }

    /**
     * Voters after fitting.
     *
     * @param voters networks, then XGBoost
     * @param members how the networks got there
     */
    record Fitted(List<Voter> voters, List<FittedMember> members) {}
}
