package io.undertone.vote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What a leg's windows so far say of the emotion at the end of the last of them: a probability for each label. Immutable.
 */
public final class Belief {
    /** What is known of a leg before its first window: nothing. */
    public static final Belief NONE = new Belief(0, 0, new float[0], Voice.NONE);

    private static final int MOST_LABELS = 256;

    private final int labelsHash;
    private final long atMs;
    private final float[] byLabel;
    private final Voice voice;

    private Belief(int labelsHash, long atMs, float[] byLabel, Voice voice) {
        this.labelsHash = labelsHash;
        this.atMs = atMs;
        this.byLabel = byLabel;
        this.voice = voice;
    }

    /** What is believed of these labels at a time of the leg, ms, and how its voice has sounded. */
    static Belief of(List<String> labels, float[] byLabel, long atMs, Voice voice) {
        return new Belief(labels.hashCode(), atMs, byLabel.clone(), voice);
    }

    /** Whether it is about these labels, in this order: another bundle's belief is no help. */
    boolean isAbout(List<String> labels) {
        return byLabel.length == labels.size() && labelsHash == labels.hashCode();
    }

    /** The end of the last window heard, ms since the leg's start. */
    long atMs() {
        return atMs;
    }

    /** The probability of a label. */
    float probability(int label) {
        return byLabel[label];
    }

    /** How the voice has sounded so far. */
    Voice voice() {
        return voice;
    }

    /** Writes all of it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(labelsHash);
        out.writeLong(atMs);
        out.writeShort(byLabel.length);
        for (float probability : byLabel) {
            out.writeFloat(probability);
        }
        voice.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static Belief read(DataInputStream in) throws IOException {
        return read(in, true);
    }

    /** Reads what earlier releases wrote, which knew nothing of the voice. */
    public static Belief readWithoutVoice(DataInputStream in) throws IOException {
        return read(in, false);
    }

    private static Belief read(DataInputStream in, boolean withVoice) throws IOException {
        int hash = in.readInt();
        long atMs = in.readLong();
        int labels = in.readShort();
        if (labels < 0 || labels > MOST_LABELS) {
            throw new IllegalArgumentException(
                    "labels of a stored belief must be 0 to " + MOST_LABELS + ": labels=" + labels);
        }
        float[] byLabel = new float[labels];
        for (int i = 0; i < labels; i++) {
            byLabel[i] = in.readFloat();
        }
        return new Belief(hash, atMs, byLabel, withVoice ? Voice.read(in, labels) : Voice.NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Belief that
                && labelsHash == that.labelsHash
                && atMs == that.atMs
                && Arrays.equals(byLabel, that.byLabel)
                && voice.equals(that.voice);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(byLabel) + Long.hashCode(atMs)) + voice.hashCode();
    }

    @Override
    public String toString() {
        return "Belief[" + atMs + " ms, " + Arrays.toString(byLabel) + ", " + voice + "]";
    }
}
