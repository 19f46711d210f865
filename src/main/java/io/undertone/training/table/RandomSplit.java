package io.undertone.training.table;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The original's random split of rows, regardless of speaker: of 1,000 rows, the last 100 of a shuffled order test the
 * networks, the last 200 test XGBoost, the first 800 train it, and of the networks' 900 the last fifth validates.
 * The networks' test rows lie within XGBoost's, so that a vote of six is tested on rows that no voter saw. Immutable.
 */
public final class RandomSplit {
    private static final double NETWORK_TEST = 0.10;
    private static final double XGBOOST_TEST = 0.20;
    private static final double VALIDATION = 0.20;

    private final int[] order;
    private final int networkRows;
    private final int fitRows;
    private final int xgboostRows;

    public RandomSplit(int rows, long seed) {
        order = permutation(rows, new SplittableRandom(seed));
        networkRows = rows - (int) Math.round(rows * NETWORK_TEST);
        xgboostRows = rows - (int) Math.round(rows * XGBOOST_TEST);
        fitRows = networkRows - (int) Math.round(networkRows * VALIDATION);
    }

    /** Training rows of the networks. */
    public int[] networkTraining() {
        return Arrays.copyOfRange(order, 0, fitRows);
    }

    /** Validation rows, which choose the networks' epoch. */
    public int[] networkValidation() {
        return Arrays.copyOfRange(order, fitRows, networkRows);
    }

    /** Test rows of the networks and the votes. */
    public int[] networkTest() {
        return Arrays.copyOfRange(order, networkRows, order.length);
    }

    /** Training rows of XGBoost. */
    public int[] xgboostTraining() {
        return Arrays.copyOfRange(order, 0, xgboostRows);
    }

    /** Test rows of XGBoost alone. */
    public int[] xgboostTest() {
        return Arrays.copyOfRange(order, xgboostRows, order.length);
    }

    /** 0 to {@code n - 1} in random order (Fisher-Yates). */
    public static int[] permutation(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
