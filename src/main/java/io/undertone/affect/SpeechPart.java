package io.undertone.affect;

import io.undertone.Sentiment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Some labelled windows of a leg in a row, and what they sound like together. Valence and arousal are summed in whole ten-thousandths, so
 * that a leg restored from its bytes ends with the same summary. Grows window by window; not thread-safe.
 */
final class SpeechPart {
    /** Parts of one that valence and arousal are counted in. */
    private static final double PARTS = 1e4;

    /** Of the releases that counted in millionths. */
    private static final double MILLION = 1e6;

    private final long startMs;
    private long endMs;
    private int windows;
    private int negative;
    private int positive;
    private long valences;
    private long arousals;

    SpeechPart(long startMs) {
        this.startMs = startMs;
        this.endMs = startMs;
    }

    void add(long windowEndMs, Affect affect) {
        endMs = Math.max(endMs, windowEndMs);
        windows++;
        negative += affect.sentiment() == Sentiment.NEGATIVE ? 1 : 0;
        positive += affect.sentiment() == Sentiment.POSITIVE ? 1 : 0;
        valences += parts(affect.valence());
        arousals += parts(affect.arousal());
    }

    static long parts(double value) {
        return Math.round(value * PARTS);
    }

    static double ofParts(long parts) {
        return parts / PARTS;
    }

    /** A number of millionths, as earlier releases wrote them. */
    static long partsOfMillionths(long millionths) {
        return parts(millionths / MILLION);
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

    /** The number of windows with this sentiment. */
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
                ofParts(valences) / windows,
                ofParts(arousals) / windows);
    }

    /**
     * Writes it, the numbers of negative and positive windows as one.
     *
     * @param beforeMs a time not long before its start, for {@link #read}
     */
    void write(DataOutput out, long beforeMs) throws IOException {
        Varint.write(out, startMs - beforeMs);
        Varint.write(out, endMs - startMs);
        Varint.write(out, windows);
        Varint.write(out, negative * (windows + 1L) + positive);
        Varint.write(out, valences);
        Varint.write(out, arousals);
    }

    static SpeechPart read(DataInput in, long beforeMs) throws IOException {
        SpeechPart part = new SpeechPart(beforeMs + Varint.read(in));
        part.endMs = part.startMs + Varint.read(in);
        part.windows = (int) Varint.read(in);
        long both = Varint.read(in);
        part.negative = (int) (both / (part.windows + 1L));
        part.positive = (int) (both % (part.windows + 1L));
        part.valences = Varint.read(in);
        part.arousals = Varint.read(in);
        return part;
    }

    /** What releases wrote that counted in millionths. */
    static SpeechPart readMillionths(DataInput in) throws IOException {
        SpeechPart part = new SpeechPart(Varint.read(in));
        part.endMs = part.startMs + Varint.read(in);
        part.windows = (int) Varint.read(in);
        part.negative = (int) Varint.read(in);
        part.positive = (int) Varint.read(in);
        part.valences = partsOfMillionths(Varint.read(in));
        part.arousals = partsOfMillionths(Varint.read(in));
        return part;
    }

    /** What the earliest releases wrote. */
    static SpeechPart readWide(DataInput in) throws IOException {
        SpeechPart part = new SpeechPart(in.readLong());
        part.endMs = in.readLong();
        part.windows = in.readInt();
        part.negative = in.readInt();
        part.positive = in.readInt();
        part.valences = parts(in.readDouble());
        part.arousals = parts(in.readDouble());
        return part;
    }
}
