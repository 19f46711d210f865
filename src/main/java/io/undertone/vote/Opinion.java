package io.undertone.vote;

import io.undertone.inference.Probabilities;

/** Each voter's probabilities for one window: {@code [voter][label]}, each row summing to 1; a failed voter has none. Immutable. */
public final class Opinion {
    private static final float[] NONE = {};

    private final float[][] byVoter;

    private Opinion(float[][] byVoter) {
        this.byVoter = byVoter;
    }

    /** The voters' opinion on one window of a batch. */
    public static Opinion of(Probabilities probabilities, int window) {
        float[][] byVoter = new float[probabilities.voters()][];
        for (int voter = 0; voter < byVoter.length; voter++) {
            byVoter[voter] = NONE;
            if (probabilities.answered(window, voter)) {
                byVoter[voter] = new float[probabilities.labels()];
                for (int label = 0; label < probabilities.labels(); label++) {
                    byVoter[voter][label] = probabilities.get(window, voter, label);
                }
            }
        }
        return new Opinion(byVoter);
    }

    /**
     * An opinion.
     *
     * @param byVoter {@code [voter][label]}; an empty row for a voter that failed
     */
    public static Opinion of(float[][] byVoter) {
        float[][] copy = new float[byVoter.length][];
        for (int voter = 0; voter < copy.length; voter++) {
            copy[voter] = byVoter[voter].clone();
        }
        return new Opinion(copy);
    }

    /** The number of voters, including failed ones. */
    public int voters() {
        return byVoter.length;
    }

    /** The number of labels; 0 if no voter answered. */
    public int labels() {
        int labels = 0;
        for (float[] row : byVoter) {
            labels = Math.max(labels, row.length);
        }
        return labels;
    }

    /** Whether a voter has an opinion: true unless it failed. */
    public boolean answered(int voter) {
        return byVoter[voter].length > 0;
    }

    /** The probability of a label by a voter that answered. */
    public float probability(int voter, int label) {
        return byVoter[voter][label];
    }

    /**
     * The same voters with each label's probability multiplied by a factor and normalised to a sum of 1 (Bayes' rule). A failed voter stays
     * without an opinion.
     *
     * @param byLabel {@code [label]}, above 0
     */
    public Opinion weighed(double[] byLabel) {
        float[][] weighed = new float[byVoter.length][];
        for (int voter = 0; voter < weighed.length; voter++) {
            weighed[voter] = answered(voter) ? weighed(byVoter[voter], byLabel) : NONE;
        }
        return new Opinion(weighed);
    }

    private static float[] weighed(float[] row, double[] byLabel) {
        double[] products = new double[row.length];
        double sum = 0;
        for (int label = 0; label < products.length; label++) {
            products[label] = row[label] * byLabel[label];
            sum += products[label];
        }
        float[] weighed = new float[row.length];
        for (int label = 0; label < weighed.length; label++) {
            weighed[label] = (float) (products[label] / sum);
        }
        return weighed;
    }

    /** The mean probability of a label over the voters that answered. */
    double mean(int label) {
        double sum = 0;
        int answers = 0;
        for (int voter = 0; voter < byVoter.length; voter++) {
            if (answered(voter)) {
                sum += byVoter[voter][label];
                answers++;
            }
        }
        return sum / answers;
    }

    /** Whether all probabilities are finite. */
    public boolean isFinite() {
        for (float[] row : byVoter) {
            for (float probability : row) {
                if (!Float.isFinite(probability)) {
                    return false;
                }
            }
        }
        return true;
    }
}
