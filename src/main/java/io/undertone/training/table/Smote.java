package io.undertone.training.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Synthetic minority over-sampling: every class grows to the size of the largest by points drawn on the segments between a
 * row and one of its {@code k} nearest rows of the same class. With two rows 0 and 10 of a class, k = 1: a new row is
 * anything in [0; 10].
 *
 * <p>Chawla, Bowyer, Hall and Kegelmeyer (2002), SMOTE, JAIR 16, 321-357. As in its text (and imbalanced-learn), one random
 * number places a point on the segment; its pseudo-code draws one per feature, which would fill the box between the two rows.
 * The rows that new points start from are taken in turn from a shuffled order, so that each is used equally often. Distances are Euclidean
 * on the given features. Immutable; random numbers depend on the seed and the table only.
 */
public final class Smote {
    private final int neighbours;
    private final long seed;

    /**
     * @param neighbours k, the nearest rows of the class to draw from, at least 1; fewer where the class is smaller
     * @param seed fixes all randomness
     */
    public Smote(int neighbours, long seed) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("neighbours must be >= 1: neighbours=" + neighbours);
        }
        this.neighbours = neighbours;
        this.seed = seed;
    }

    /**
     * The table's rows in their order, then the synthetic ones, class by class. Classes without rows stay without.
     *
     * @throws IllegalArgumentException if a class smaller than the largest has a single row, which has no neighbour
     */
    public FeatureTable balance(FeatureTable table) {
        int[] counts = table.counts();
        int most = Arrays.stream(counts).max().orElse(0);
        int total = table.size()
                + Arrays.stream(counts).filter(c -> c > 0).map(c -> most - c).sum();
        float[][] rows = new float[total][];
        int[] labels = new int[total];
        for (int i = 0; i < table.size(); i++) {
            rows[i] = table.row(i);
            labels[i] = table.label(i);
        }
        int at = table.size();
        for (int label = 0; label < counts.length; label++) {
            int missing = counts[label] == 0 ? 0 : most - counts[label];
            float[][] made = grow(rowsOf(table, label), missing, label);
            for (float[] row : made) {
                rows[at] = row;
                labels[at++] = label;
            }
        }
        return new FeatureTable(rows, labels, table.classes());
    }

    private float[][] grow(float[][] rows, int missing, int label) {
        if (missing == 0) {
            return new float[0][];
        }
        if (rows.length < 2) {
            throw new IllegalArgumentException(
                    "a class to be grown must have at least 2 rows: label=" + label + ", rows=" + rows.length);
        }
        SplittableRandom random = new SplittableRandom(seed * 31 + label);
        int[] order = RandomSplit.permutation(rows.length, random);
        int[][] nearest = new int[rows.length][];
        float[][] made = new float[missing][];
        for (int i = 0; i < missing; i++) {
            int base = order[i % rows.length];
            if (nearest[base] == null) {
                nearest[base] = nearest(rows, base);
            }
            int neighbour = nearest[base][random.nextInt(nearest[base].length)];
            made[i] = between(rows[base], rows[neighbour], random.nextDouble());
        }
        return made;
    }

    private int[] nearest(float[][] rows, int base) {
        double[] distance = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            distance[i] = squaredDistance(rows[base], rows[i]);
        }
        return IntStream.range(0, rows.length)
                .filter(i -> i != base)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance[i]))
                .limit(neighbours)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static float[] between(float[] from, float[] to, double share) {
        float[] point = new float[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (from[i] + share * ((double) to[i] - from[i]));
        }
        return point;
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = (double) a[i] - b[i];
            sum += d * d;
        }
        return sum;
    }

    private static float[][] rowsOf(FeatureTable table, int label) {
        return IntStream.range(0, table.size())
                .filter(i -> table.label(i) == label)
                .mapToObj(table::row)
                .toArray(float[][]::new);
    }
}
