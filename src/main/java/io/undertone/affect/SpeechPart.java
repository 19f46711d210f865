package io.undertone.affect;

import io.undertone.Sentiment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Some labelled windows of a leg in a row, and what they sound like together. Grows window by window; not thread-safe. */
final class SpeechPart {
    private final long startMs;
    private long endMs;
    private int windows;
    private int negative;
    private int positive;
    private double valences;
    private double arousals;

    SpeechPart(long startMs) {
        this.startMs = startMs;
        this.endMs = startMs;
    }

    void add(long windowEndMs, Affect affect) {
        endMs = Math.max(endMs, windowEndMs);
        windows++;
        negative += affect.sentiment() == Sentiment.NEGATIVE ? 1 : 0;
        positive += affect.sentiment() == Sentiment.POSITIVE ? 1 : 0;
        valences += affect.valence();
        arousals += affect.arousal();
    }

    /** Takes over what followed. */
    void join(SpeechPart next) {
        endMs = Math.max(endMs, next.endMs);
        windows += next.windows;
        negative += next.negative;
        positive += next.positive;
        valences += next.valences;
        arousals += next.arousals;
    }

    long startMs() {
        return startMs;
    }

    long endMs() {
        return endMs;
    }

    int windows() {
        return windows;
    }

    /** So many windows had this sentiment. */
    int windows(Sentiment sentiment) {
        return switch (sentiment) {
            case NEGATIVE -> negative;
            case POSITIVE -> positive;
            default -> windows - negative - positive;
        };
    }

    /** What most windows sound like, and the means; of at least one window. */
    Affect affect() {
        return Affect.rounded(
                Affect.strongest(negative, windows - negative - positive, positive),
                valences / windows,
                arousals / windows);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(startMs);
        out.writeLong(endMs);
        out.writeInt(windows);
        out.writeInt(negative);
        out.writeInt(positive);
        // Whole doubles: a leg that goes on from its bytes ends with the same summary to the last bit.
        out.writeDouble(valences);
        out.writeDouble(arousals);
    }

    static SpeechPart read(DataInput in) throws IOException {
        SpeechPart part = new SpeechPart(in.readLong());
        part.endMs = in.readLong();
        part.windows = in.readInt();
        part.negative = in.readInt();
        part.positive = in.readInt();
        part.valences = in.readDouble();
        part.arousals = in.readDouble();
        return part;
    }
}
