package io.undertone.vote;

import io.undertone.inference.Probabilities;
import io.undertone.vote.Verdict.Vote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The majority vote. Each voter votes for its most probable label, and the label with the most votes wins; a tie goes to the label with the highest mean probability, then to the first in the bundle's order.
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
     * @param temperature of the bundle: see {@link Temperature}
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

    /** The temperature by which confidences are calibrated. */
    double temperature() {
        return temperature;
    }

    /** The labels, in the order of the probabilities. */
    public List<String> labels() {
        return labels;
    }

    /** Takes the vote on one window of a batch.
     *
     * @throws IllegalStateException if no voter answered
     */
    public Verdict decide(Probabilities probabilities, int window) {
        return decide(Opinion.of(probabilities, window));
    }

    /** Takes the vote on one window.
     *
     * @throws IllegalStateException if no voter answered
     */
    public Verdict decide(Opinion opinion) {
        double[] equal = new double[labels.size()];
        Arrays.fill(equal, 1);
        return decide(opinion, equal, temperature);
    }

    /**
     * Takes the vote on one window with a prior: each voter's probabilities are multiplied by it and normalised to a sum of 1 before it
     * votes.
     *
     * @param prior a weight above 0 for each label; equal weights change nothing
     * @param calibration temperature of the verdict's probabilities
     * @throws IllegalStateException if no voter answered
     */
    Verdict decide(Opinion opinion, double[] prior, double calibration) {
        int[] counts = new int[labels.size()];
        double[] sums = new double[labels.size()];
        List<Vote> votes = new ArrayList<>(voters.size());
        List<String> missing = new ArrayList<>();
        for (int voter = 0; voter < voters.size(); voter++) {
            if (opinion.answered(voter)) {
                double[] weighed = weighed(opinion, voter, prior);
                int best = best(weighed);
                counts[best]++;
                for (int label = 0; label < sums.length; label++) {
                    sums[label] += weighed[label];
                }
                votes.add(new Vote(voters.get(voter), labels.get(best), weighed[best]));
            } else {
                missing.add(voters.get(voter));
            }
        }
        if (votes.isEmpty()) {
            throw new IllegalStateException("at least one voter must have answered: voters=" + voters);
        }
        return verdict(counts, sums, votes, missing, calibration);
    }

    private double[] weighed(Opinion opinion, int voter, double[] prior) {
        double[] weighed = new double[labels.size()];
        double before = 0;
        double after = 0;
        for (int label = 0; label < weighed.length; label++) {
            weighed[label] = opinion.probability(voter, label) * prior[label];
            before += opinion.probability(voter, label);
            after += weighed[label];
        }
        // Keeps a voter's sum, which is 1 except for rounding, so that equal weights change nothing.
        double scale = before / after;
        for (int label = 0; label < weighed.length; label++) {
            weighed[label] *= scale;
        }
        return weighed;
    }

    private static int best(double[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        return best;
    }

    private Verdict verdict(int[] counts, double[] sums, List<Vote> votes, List<String> missing, double calibration) {
        double[] calibrated = Temperature.apply(means(sums), calibration);
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
