package io.undertone.topology;

import io.undertone.Model;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.vote.Verdict;

/** A bundle ready to judge: its voters loaded, its vote at hand. Thread-safe. */
public interface EmotionModel {
    /** The bundle's name and version, for records. */
    Model id();

    /** What its windows must be made by. */
    FeatureSpec spec();

    /** Its voters. */
    Ensemble ensemble();

    /**
     * The verdict on one window.
     *
     * @param probabilities what each voter says of each window of a batch
     * @param index of the window within it
     */
    Verdict verdict(Probabilities probabilities, int index);
}
