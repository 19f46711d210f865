package io.undertone.model;

import io.undertone.Model;
import io.undertone.affect.AffectTable;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.Ensemble;
import io.undertone.vote.LegVote;
import java.util.Optional;

/** A bundle ready for use: its loaded voters and its vote. Thread-safe. */
public interface EmotionModel {
    /** The bundle's name and version, for records. */
    Model id();

    /** The feature spec of its windows. */
    FeatureSpec spec();

    /** The reference distribution of its windows; empty: drift cannot be shown. */
    default Optional<ReferenceFigures> reference() {
        return Optional.empty();
    }

    /** Sentiment, valence and arousal of its labels. */
    default AffectTable affect() {
        return AffectTable.DEFAULT;
    }

    /** What computes its networks, for people. */
    default String engine() {
        return "unknown";
    }

    /** Its voters. */
    Ensemble ensemble();

    /** What makes a verdict of what they say. */
    LegVote vote();
}
