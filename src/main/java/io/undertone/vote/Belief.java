package io.undertone.vote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The probability of each label at the end of a leg's last window, from all its windows so far. Immutable.
 */
public final class Belief {
    /** The belief before a leg's first window. */
    public static final Belief NONE = new Belief(0, 0, new float[0], Voice.NONE);

    private static final int MOST_LABELS = 256;

    private final int key;
    private final long atMs;
    private final float[] byLabel;
    private final Voice voice;

    private Belief(int key, long atMs, float[] byLabel, Voice voice) {
        this.key = key;
        this.atMs = atMs;
        this.byLabel = byLabel;
        this.voice = voice;
    }

    /**
     * The belief at a time of the leg, ms, with the voice so far.
     *
     * @param key identifies the vote, see {@link VoiceShift#key}
     */
    static Belief of(int key, float[] byLabel, long atMs, Voice voice) {
        return new Belief(key, atMs, byLabel.clone(), voice);
    }

    /** Whether it is of that vote; another bundle's belief cannot be used. */
    boolean isOf(int vote, int labels) {
        return byLabel.length == labels && key == vote;
    }

    /** The end of the last window, ms since the leg's start. */
    long atMs() {
        return atMs;
    }

    /** The probability of a label. */
    float probability(int label) {
        return byLabel[label];
    }

    /** The voice so far. */
    Voice voice() {
        return voice;
    }

    /** Writes its state for {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(key);
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
     * @throws IllegalArgumentException if it is something else
     */
    public static Belief read(DataInputStream in) throws IOException {
        return read(in, true);
    }

    /** Reads the format of earlier releases, which lacks the voice. */
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
                && key == that.key
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
