package io.undertone.vote;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The voters' verdict on one window, judged independently or with the earlier ones of its leg ({@link LegVote}). Immutable.
 *
 * @param label the emotion with the most votes; a tie goes to the one with the highest mean probability
 * @param confidence calibrated probability of the label, [0, 1], {@code probabilities.get(label)}: another label may have a higher one, if
 *     few voters are confident and many are not
 * @param agreement share of the votes that are for the label, (0, 1]: 5 of 6 is 0.833
 * @param probabilities calibrated, by label in the bundle's order; they sum to 1
 * @param votes one for each voter that answered, in the bundle's order
 * @param missing voters that failed on this window and have no vote, in the bundle's order; usually none
 */
public record Verdict(
        String label,
        double confidence,
        double agreement,
        Map<String, Double> probabilities,
        List<Vote> votes,
        List<String> missing) {
    /** A verdict of all voters. */
    public Verdict(
            String label, double confidence, double agreement, Map<String, Double> probabilities, List<Vote> votes) {
        this(label, confidence, agreement, probabilities, votes, List.of());
    }

    public Verdict {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        votes = List.copyOf(votes);
        missing = List.copyOf(missing);
    }

    /**
     * One voter's opinion.
     *
     * @param voter its name in the bundle, such as {@code cnn-1}
     * @param label the one that it finds most probable, including the prior; the first of equals in the bundle's order
     * @param confidence the probability that it gives that label, [0, 1], including the prior; not calibrated
     */
    public record Vote(String voter, String label, double confidence) {}
}
