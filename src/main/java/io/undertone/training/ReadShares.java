package io.undertone.training;

import io.undertone.bundle.Priors;
import io.undertone.vote.LabelShift;
import java.util.List;

/** By which shares of labels a measurement reads a bundle's probabilities. */
public enum ReadShares {
    /** Those that the bundle is served with, of calls that are mostly ordinary. */
    SERVED,

    /** Those that its voters learned, for recordings that hold each label about as often, as corpora of acted emotions do. */
    LEARNED;

    /** What corrects the probabilities of a bundle with these priors and labels. */
    LabelShift shift(Priors priors, List<String> labels) {
        return this == LEARNED ? LabelShift.NONE : LabelShift.of(priors, labels);
    }
}
