package io.undertone.vote;

import java.util.List;
import java.util.Map;

/**
 * What the voters made of one window. Immutable.
 *
 * @param label the emotion with the most votes; a tie goes to the one with the highest mean probability
 * @param confidence calibrated probability of the label, [0, 1]: {@code probabilities.get(label)}
 * @param agreement share of the votes that are for the label, (0, 1]: 5 of 6 is 0.833
 * @param probabilities by label, over all of the bundle's labels; they sum to 1
 * @param votes one for each voter, in the bundle's order
 */
public record Verdict(
        String label, double confidence, double agreement, Map<String, Double> probabilities, List<Vote> votes) {
    public Verdict {
        probabilities = Map.copyOf(probabilities);
        votes = List.copyOf(votes);
    }

    /**
     * One voter's opinion.
     *
     * @param voter its name in the bundle
     * @param label its most probable label
     * @param confidence its own probability of that label, [0, 1]
     */
    public record Vote(String voter, String label, double confidence) {}
}
