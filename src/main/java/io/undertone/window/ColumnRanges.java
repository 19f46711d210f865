package io.undertone.window;

/**
 * The lowest and highest value of each column of a table {@code [rows][width]}. A column that holds NaN has NaN for both. Not thread-safe.
 *
 * <p>The loop goes over copies of a row: of such loops the compiler makes vector instructions, minimum and maximum included.
 */
public final class ColumnRanges {
    private float[] lowest = new float[0];
    private float[] highest = new float[0];
    private float[] row = new float[0];

    /** Turns to the first {@code rows} x {@code width} values of a table; {@code rows} is at least 1. */
    public void of(float[] table, int rows, int width) {
        if (row.length != width) {
            row = new float[width];
            lowest = new float[width];
            highest = new float[width];
        }
        float[] low = lowest;
        float[] high = highest;
        float[] next = row;
        System.arraycopy(table, 0, low, 0, width);
        System.arraycopy(table, 0, high, 0, width);
        for (int i = 1; i < rows; i++) {
            System.arraycopy(table, i * width, next, 0, width);
            for (int c = 0; c < width; c++) {
                low[c] = Math.min(low[c], next[c]);
                high[c] = Math.max(high[c], next[c]);
            }
        }
    }

    /** The lowest value of a column. */
    public float lowest(int column) {
        return lowest[column];
    }

    /** The highest value of a column. */
    public float highest(int column) {
        return highest[column];
    }
}
