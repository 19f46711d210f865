package io.undertone.vote;

import io.undertone.inference.Probabilities;

/** What each voter says of one window: {@code [voter][label]}, each row summing to 1; a voter that failed has none. Immutable. */
public final class Opinion {
    private static final float[] NONE = {};

    private final float[][] byVoter;

    private Opinion(float[][] byVoter) {
        this.byVoter = byVoter;
    }

    /** What a batch's voters say of one of its windows. */
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

    /** How many voters were asked. */
    public int voters() {
        return byVoter.length;
    }

    /** How many labels there are; 0 where no voter answered. */
    public int labels() {
        int labels = 0;
        for (float[] row : byVoter) {
            labels = Math.max(labels, row.length);
        }
        return labels;
    }

    /** Whether a voter has a say: true unless it failed. */
    public boolean answered(int voter) {
        return byVoter[voter].length > 0;
    }

    /** What a voter that answered gives a label. */
    public float probability(int voter, int label) {
        return byVoter[voter][label];
    }

    /** Whether all that was said are numbers. */
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
