package io.undertone.bundle;

import io.undertone.features.FeatureSpec;

/** One voter of a bundle: its input preparation and its trained model. Immutable. */
public sealed interface Voter {
    /** Its name in events, such as {@code cnn-1} or {@code xgboost}. */
    String name();

    /** How windows are preprocessed for it. */
    InputPreparation preparation();

    /** A network. */
    record Network(String name, InputPreparation preparation, Weights weights) implements Voter {
        public NetworkSpec spec() {
            return weights.spec();
        }

        /** The name of the file that holds its weights, within its bundle. */
        public String weightsFile() {
            return name + ".f32";
        }

        void requireFit(FeatureSpec features, int labels) {
            int width = preparation.width(features);
            if (spec().input().size() != width) {
                throw new IllegalArgumentException("voter " + name + " must read the " + width
                        + " values that its preparation gives: input=" + spec().input());
            }
            if (spec().labels() != labels) {
                throw new IllegalArgumentException("voter " + name + " must tell the bundle's " + labels
                        + " labels apart: labels=" + spec().labels());
            }
            if (preparation.steps() > 0 && spec().input().steps() != preparation.steps()) {
                throw new IllegalArgumentException("voter " + name + " must have time last, " + preparation.steps()
                        + " steps: input=" + spec().input());
            }
            if (spec().masked() && preparation.steps() == 0) {
                throw new IllegalArgumentException(
                        "voter " + name + " must get frames, since it has a mask: preparation=" + preparation);
            }
        }
    }

    /** Gradient-boosted trees. */
    record Trees(String name, InputPreparation preparation, TreeModel model) implements Voter {}
}
