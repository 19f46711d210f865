package io.undertone.vote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A value of each label, such as its probability, over a leg's windows so far: the mean, or another expectile. The last {@value #MEMORY} windows
 * count most. Immutable.
 */
final class Voice {
    /** No windows yet. */
    static final Voice NONE = new Voice(0, new float[0]);

    /** Five minutes of speech; older windows fade after that. */
    private static final int MEMORY = 300;

    private final int windows;
    private final float[] shares;

    private Voice(int windows, float[] shares) {
        this.windows = windows;
        this.shares = shares;
    }

    /** The number of windows, at most {@value #MEMORY}. */
    int windows() {
        return windows;
    }

    /** The value of a label. */
    float share(int label) {
        return shares[label];
    }

    /**
     * This voice after one more window, by a step of stochastic approximation (Robbins and Monro 1951).
     *
     * @param values of each label in that window
     * @param expectile 0.5 for the mean, less for a lower one: values above it then count {@code expectile / (1 - expectile)} of those below
     */
    Voice and(double[] values, double expectile) {
        int now = Math.min(MEMORY, windows + 1);
        float[] after = new float[values.length];
        for (int label = 0; label < after.length; label++) {
            double before = windows == 0 ? values[label] : shares[label];
            double step = values[label] - before;
            double counts = 2 * (step > 0 ? expectile : 1 - expectile);
            after[label] = (float) (before + (counts >= now ? step : counts * step / now));
        }
        return new Voice(now, after);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(windows);
        for (float share : shares) {
            out.writeFloat(share);
        }
    }

    /** Reads what {@link #write} wrote. */
    static Voice read(DataInputStream in, int labels) throws IOException {
        int windows = in.readUnsignedShort();
        if (windows == 0) {
            return NONE;
        }
        float[] shares = new float[labels];
        for (int label = 0; label < labels; label++) {
            shares[label] = in.readFloat();
        }
        return new Voice(windows, shares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Voice that && windows == that.windows && Arrays.equals(shares, that.shares);
    }

    @Override
    public int hashCode() {
        return 31 * windows + Arrays.hashCode(shares);
    }

    @Override
    public String toString() {
        return windows + " windows " + Arrays.toString(shares);
    }
}
