package io.undertone.vote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The mean probability of each label over a leg's windows so far. The last {@value #MEMORY} windows count most. Immutable. */
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

    /** The mean probability of a label. */
    float share(int label) {
        return shares[label];
    }

    /** This voice after one more window. */
    Voice and(Opinion opinion, int labels) {
        int now = Math.min(MEMORY, windows + 1);
        float[] mean = new float[labels];
        for (int label = 0; label < labels; label++) {
            double before = windows == 0 ? 0 : shares[label];
            mean[label] = (float) (before + (opinion.mean(label) - before) / now);
        }
        return new Voice(now, mean);
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
