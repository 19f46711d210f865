package io.undertone.bundle;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The share of each label in the training data and in use: about nine tenths of a
 * call are neutral, but only a seventh of a corpus of acted emotions. Shares are normalised to a sum of 1. Immutable.
 *
 * @param learned share of each label in training, above 0
 * @param read share of each label that verdicts assume, above 0; of the same labels
 */
public record Priors(Map<String, Double> learned, Map<String, Double> read) {
    /** The shares of training: probabilities are not corrected. */
    public static final Priors NONE = new Priors(Map.of(), Map.of());

    public Priors {
        learned = Shares.of("priors.learned", learned);
        read = Shares.of("priors.read", read);
        if (!learned.keySet().equals(read.keySet())) {
            throw new IllegalArgumentException(
                    "priors must be of the same labels: learned=" + learned.keySet() + ", read=" + read.keySet());
        }
    }

    /** Whether there is anything to correct. */
    public boolean absent() {
        return learned.isEmpty();
    }

    /**
     * A copy with other shares in use.
     *
     * @param other share or weight of each label, above 0
     * @throws IllegalArgumentException where the labels differ from these priors' own
     */
    public Priors readWith(Map<String, Double> other) {
        return new Priors(learned, other);
    }

    /**
     * Checks that these are priors of some labels.
     *
     * @throws IllegalArgumentException where the labels differ; {@link #NONE} fits any
     */
    void requireLabels(List<String> labels) {
        if (!absent() && !Shares.nameEach(learned, labels)) {
            throw new IllegalArgumentException(
                    "priors must name each label once: priors=" + learned.keySet() + ", labels=" + labels);
        }
    }

    /** A description of the priors. */
    public String describe() {
        if (absent()) {
            return "labels are taken to be as common as in training";
        }
        StringJoiner shares = new StringJoiner(", ");
        read.forEach((label, share) ->
                shares.add(String.format(java.util.Locale.ROOT, "%s %.3f (%.3f)", label, share, learned.get(label))));
        return "share of each label reckoned with (and learned): " + shares;
    }
}
