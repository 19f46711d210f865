package io.undertone.window;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The coefficients of one window of a leg: {@code [rows][coefficients]}, c0 first, followed by the pitch if the
 * feature spec has one; and, if it has a contrast, how the window differs from the leg's earlier speech. With 3 s windows every 1 s, window 0
 * is [0; 3000) ms, window 1 [1000; 4000). Immutable.
 */
public final class Window {
    private final int index;
    private final long startMs;
    private final long endMs;
    private final long capturedAtMs;
    private final float speechRatio;
    private final float levelDb;
    private final int rows;
    private final BitSet speechRows;
    private final float[] coefficients;
    private final float[] contrast;

    /**
     * A window all of whose rows are speech.
     *
     * @param index number within the leg, from 0
     * @param startMs start within the leg, inclusive
     * @param endMs end within the leg, exclusive
     * @param capturedAtMs when its last sample was spoken, epoch ms
     * @param speechRatio share of frames with speech, [0, 1]
     * @param levelDb mean level of its speech frames, dBFS
     * @param rows rows of coefficients
     * @param coefficients {@code rows} x coefficients, row after row; copied
     */
    public Window(
            int index,
            long startMs,
            long endMs,
            long capturedAtMs,
            float speechRatio,
            float levelDb,
            int rows,
            float[] coefficients) {
        this(index, startMs, endMs, capturedAtMs, speechRatio, levelDb, rows, allOf(rows), coefficients);
    }

    /**
     * A window without a contrast.
     *
     * @param speechRows the rows that are speech; the others are the margins around it; copied
     */
    public Window(
            int index,
            long startMs,
            long endMs,
            long capturedAtMs,
            float speechRatio,
            float levelDb,
            int rows,
            BitSet speechRows,
            float[] coefficients) {
        this(index, startMs, endMs, capturedAtMs, speechRatio, levelDb, rows, speechRows, coefficients, new float[0]);
    }

    /**
     * @param contrast {@code ContrastSpec.values()} numbers, or none where nothing is known of earlier speech; copied
     */
    public Window(
            int index,
            long startMs,
            long endMs,
            long capturedAtMs,
            float speechRatio,
            float levelDb,
            int rows,
            BitSet speechRows,
            float[] coefficients,
            float[] contrast) {
        if (rows < 1 || coefficients.length == 0 || coefficients.length % rows != 0) {
            throw new IllegalArgumentException("coefficients must hold rows x coefficients values: rows=" + rows
                    + ", length=" + coefficients.length);
        }
        if (speechRows.length() > rows) {
            throw new IllegalArgumentException(
                    "speechRows must be < rows: rows=" + rows + ", last speech row=" + (speechRows.length() - 1));
        }
        this.index = index;
        this.startMs = startMs;
        this.endMs = endMs;
        this.capturedAtMs = capturedAtMs;
        this.speechRatio = speechRatio;
        this.levelDb = levelDb;
        this.rows = rows;
        this.speechRows = (BitSet) speechRows.clone();
        this.coefficients = coefficients.clone();
        this.contrast = contrast.clone();
    }

    private static BitSet allOf(int rows) {
        BitSet all = new BitSet();
        all.set(0, Math.max(0, rows));
        return all;
    }

    public int index() {
        return index;
    }

    public long startMs() {
        return startMs;
    }

    public long endMs() {
        return endMs;
    }

    public long capturedAtMs() {
        return capturedAtMs;
    }

    public float speechRatio() {
        return speechRatio;
    }

    public float levelDb() {
        return levelDb;
    }

    /** Rows of coefficients: 1 where the spec pools by mean. */
    public int rows() {
        return rows;
    }

    /** Whether a row is speech, not margin. */
    public boolean isSpeech(int row) {
        return speechRows.get(row);
    }

    /** Rows that are speech. */
    public int speechRows() {
        return speechRows.cardinality();
    }

    /** The speech rows as bits, row 0 in the lowest bit of the first byte; rows beyond the last byte are margin. */
    public byte[] speechRowBits() {
        return speechRows.toByteArray();
    }

    /** Values in all: rows x coefficients. */
    public int length() {
        return coefficients.length;
    }

    /** The i-th value, row after row. */
    public float get(int i) {
        return coefficients[i];
    }

    /** Copies all values to {@code target} from {@code offset} on. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(coefficients, 0, target, offset, coefficients.length);
    }

    /** Numbers of its contrast; 0 where nothing is known of earlier speech. */
    public int contrastLength() {
        return contrast.length;
    }

    /** The i-th number of its contrast. */
    public float contrast(int i) {
        return contrast[i];
    }

    @Override
    public String toString() {
        return "Window[index=" + index + ", [" + startMs + "; " + endMs + ") ms, speechRatio=" + speechRatio + ", rows="
                + rows + ", contrast=" + Arrays.toString(contrast) + ", hash=" + Arrays.hashCode(coefficients) + "]";
    }
}
