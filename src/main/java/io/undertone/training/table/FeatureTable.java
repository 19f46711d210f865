package io.undertone.training.table;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Rows of features with their labels: {@code [rows][width]}. Rows are shared between tables, never changed. Immutable by
 * agreement: callers must not change rows that they pass in or get.
 */
public final class FeatureTable {
    private final float[][] rows;
    private final int[] labels;
    private final int classes;

    /**
     * @param rows {@code [rows][width]}; not copied
     * @param labels label of each row, 0 to {@code classes - 1}; copied
     * @param classes number of labels, with or without rows
     */
    public FeatureTable(float[][] rows, int[] labels, int classes) {
        if (rows.length != labels.length) {
            throw new IllegalArgumentException(
                    "rows and labels must be as many: rows=" + rows.length + ", labels=" + labels.length);
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("label must be 0 to " + (classes - 1) + ": label=" + label);
            }
        }
        this.rows = rows.clone();
        this.labels = labels.clone();
        this.classes = classes;
    }

    public int size() {
        return rows.length;
    }

    /** The number of features in a row. */
    public int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    /** Number of labels, with or without rows. */
    public int classes() {
        return classes;
    }

    /** The i-th row itself, not a copy. */
    public float[] row(int i) {
        return rows[i];
    }

    public int label(int i) {
        return labels[i];
    }

    /** The number of rows of each label. */
    public int[] counts() {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** SHA-256 of all rows and labels, as hex digits, to identify the data of a run. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < rows.length; i++) {
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * rows[i].length + Integer.BYTES);
                bytes.putInt(labels[i]);
                for (float value : rows[i]) {
                    bytes.putFloat(value);
                }
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The rows at {@code indices}, in that order. */
    public FeatureTable select(int[] indices) {
        float[][] selected = Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(float[][]::new);
        return new FeatureTable(
                selected, Arrays.stream(indices).map(i -> labels[i]).toArray(), classes);
    }

    /** The same rows, each changed by {@code map} into a new one. */
    public FeatureTable map(UnaryOperator<float[]> map) {
        return new FeatureTable(Arrays.stream(rows).map(map).toArray(float[][]::new), labels, classes);
    }
}
