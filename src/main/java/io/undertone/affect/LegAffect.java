package io.undertone.affect;

import io.undertone.Sentiment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a leg sounds like as a whole, by quarters of its speech, and at its worst, as it grows window by window; at most one kilobyte,
 * however long the leg. Not thread-safe.
 *
 * <p>For the quarters, speech is kept in parts of equally many windows: of one each at first, and whenever there are 32, each two become
 * one. So quarters are exact up to 32 windows, and off by at most a thirty-second of the speech beyond.
 */
public final class LegAffect {
    /** Length of the worst stretch, at most. */
    public static final long STRETCH_MS = 20_000;

    private static final long STRETCH_LABELLED_MS = STRETCH_MS / 2;
    private static final int PARTS_MAX = 32;
    private static final int QUARTERS = 4;

    private final List<SpeechPart> parts = new ArrayList<>();
    private final WorstStretch worst = new WorstStretch(STRETCH_MS, STRETCH_LABELLED_MS);
    private int windowsPerPart = 1;

    /**
     * Some of its windows in a row.
     *
     * @param startMs of the first, within the leg
     * @param endMs of the last, exclusive
     * @param windows how many
     * @param affect the sentiment of most, NEUTRAL where two have as many, and the means of valence and arousal
     */
    public record Part(long startMs, long endMs, int windows, Affect affect) {
        static Part of(SpeechPart part) {
            return new Part(part.startMs(), part.endMs(), part.windows(), part.affect());
        }
    }

    /** Takes the next labelled window. */
    public void add(long startMs, long endMs, Affect affect) {
        SpeechPart last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last == null || last.windows() == windowsPerPart) {
            if (parts.size() == PARTS_MAX) {
                halve();
            }
            last = new SpeechPart(startMs);
            parts.add(last);
        }
        last.add(endMs, affect);
        worst.add(startMs, endMs, affect);
    }

    private void halve() {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).join(parts.remove(i + 1));
        }
        windowsPerPart *= 2;
    }

    /** Labelled windows so far. */
    public int windows() {
        return parts.stream().mapToInt(SpeechPart::windows).sum();
    }

    /** The number of windows with this sentiment. */
    public int windows(Sentiment sentiment) {
        return parts.stream().mapToInt(part -> part.windows(sentiment)).sum();
    }

    /** All of it; empty where there is no window. */
    public Optional<Affect> whole() {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(together(0, parts.size()).affect());
    }

    /** The four quarters of its windows, in order; none where there are fewer than four windows. */
    public List<Part> quarters() {
        int windows = windows();
        if (windows < QUARTERS) {
            return List.of();
        }
        List<Part> quarters = new ArrayList<>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            quarters.add(together(edge(quarter, windows), edge(quarter + 1, windows)));
        }
        return List.copyOf(quarters);
    }

    /** The part that a quarter begins with. */
    private int edge(int quarter, int windows) {
        return quarter == QUARTERS
                ? parts.size()
                : (int) Math.round((double) quarter * windows / QUARTERS / windowsPerPart);
    }

    private Part together(int from, int to) {
        SpeechPart all = new SpeechPart(parts.get(from).startMs());
        parts.subList(from, to).forEach(all::join);
        return Part.of(all);
    }

    /** The 20 s of lowest mean valence among those that are at least half labelled; empty if there are none. */
    public Optional<Part> worst() {
        return worst.found();
    }

    /** Everything, for {@link #read}: times as differences from the part before. */
    public void write(DataOutput out) throws IOException {
        Varint.write(out, windowsPerPart);
        Varint.write(out, parts.size());
        long before = 0;
        for (SpeechPart part : parts) {
            part.write(out, before);
            before = part.startMs();
        }
        worst.write(out);
    }

    /** What {@link #write} wrote. */
    public static LegAffect read(DataInput in) throws IOException {
        LegAffect leg = new LegAffect();
        leg.windowsPerPart = (int) Varint.read(in);
        long before = 0;
        for (long i = Varint.read(in); i > 0; i--) {
            SpeechPart part = SpeechPart.read(in, before);
            leg.parts.add(part);
            before = part.startMs();
        }
        leg.worst.read(in);
        return leg;
    }

    /** What releases wrote that counted valence and arousal in millionths. */
    public static LegAffect readMillionths(DataInput in) throws IOException {
        LegAffect leg = new LegAffect();
        leg.windowsPerPart = (int) Varint.read(in);
        for (long i = Varint.read(in); i > 0; i--) {
            leg.parts.add(SpeechPart.readMillionths(in));
        }
        leg.worst.readMillionths(in);
        return leg;
    }

    /** What the earliest releases wrote, in whole longs and doubles. */
    public static LegAffect readWide(DataInput in) throws IOException {
        LegAffect leg = new LegAffect();
        leg.windowsPerPart = in.readInt();
        for (int i = in.readInt(); i > 0; i--) {
            leg.parts.add(SpeechPart.readWide(in));
        }
        leg.worst.readWide(in);
        return leg;
    }
}
