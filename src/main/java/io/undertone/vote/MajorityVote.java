package io.undertone.vote;

import io.undertone.inference.Probabilities;
import io.undertone.vote.Verdict.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The majority of the voters. Each votes for its most probable label; the label with the most votes wins; of labels with as many
 * votes, the one with the highest mean probability; of those, the first in the bundle's order.
 *
 * <p>With labels calm, sad, angry: votes of calm, calm, calm, sad, sad, angry give calm, agreement 3 of 6 = 0.5. Votes of calm
 * x 3 and sad x 3 with mean probabilities 0.40 and 0.45 give sad, agreement 0.5, confidence 0.45 at temperature 1.
 *
 * <p>A voter that failed has no vote; the others decide, and the verdict names it. Immutable, thread-safe.
 */
public final class MajorityVote {
    private final List<String> voters;
    private final List<String> labels;
    private final double temperature;

    /**
     * @param voters their names, in the order of the probabilities
     * @param labels in the order of the probabilities
     * @param temperature the bundle's: see {@link Temperature}
     */
    public MajorityVote(List<String> voters, List<String> labels, double temperature) {
        if (voters.isEmpty() || labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "there must be voters and labels: voters=" + voters + ", labels=" + labels);
        }
        this.voters = List.copyOf(voters);
        this.labels = List.copyOf(labels);
        this.temperature = temperature;
    }

    /**
     * Takes the vote about one window.
     *
     * @throws IllegalStateException where no voter answered about it
     */
    public Verdict decide(Probabilities probabilities, int window) {
        int[] counts = new int[labels.size()];
        double[] mean = new double[labels.size()];
        List<Vote> votes = new ArrayList<>(voters.size());
        List<String> missing = new ArrayList<>();
        for (int voter = 0; voter < voters.size(); voter++) {
            if (probabilities.answered(window, voter)) {
                int best = count(probabilities, window, voter, mean);
                counts[best]++;
                votes.add(new Vote(voters.get(voter), labels.get(best), probabilities.get(window, voter, best)));
            } else {
                missing.add(voters.get(voter));
            }
        }
        if (votes.isEmpty()) {
            throw new IllegalStateException("at least one voter must have answered: window=" + window);
        }
        return verdict(counts, mean, votes, missing);
    }

    /** Adds a voter's probabilities to the sums and gives the label that it votes for. */
    private int count(Probabilities probabilities, int window, int voter, double[] sums) {
        int best = 0;
        for (int label = 0; label < sums.length; label++) {
            float probability = probabilities.get(window, voter, label);
            sums[label] += probability;
            if (probability > probabilities.get(window, voter, best)) {
                best = label;
            }
        }
        return best;
    }

    private Verdict verdict(int[] counts, double[] sums, List<Vote> votes, List<String> missing) {
        double[] calibrated = Temperature.apply(means(sums), temperature);
        int winner = 0;
        for (int label = 1; label < counts.length; label++) {
            if (counts[label] > counts[winner] || (counts[label] == counts[winner] && sums[label] > sums[winner])) {
                winner = label;
            }
        }
        Map<String, Double> byLabel = new LinkedHashMap<>();
        for (int label = 0; label < counts.length; label++) {
            byLabel.put(labels.get(label), calibrated[label]);
        }
        double agreement = (double) counts[winner] / votes.size();
        return new Verdict(labels.get(winner), calibrated[winner], agreement, byLabel, votes, missing);
    }

    private static double[] means(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        double[] means = new double[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums[i] / total;
        }
        return means;
    }
}
