package io.undertone.affect;

import io.undertone.Sentiment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stretch of lowest mean valence that a leg has had so far. Not thread-safe. */
final class WorstStretch {
    private final long lengthMs;
    private final long labelledMs;
    private final Deque<Heard> newest = new ArrayDeque<>();
    private @Nullable SpeechPart worst;

    /**
     * @param lengthMs of a stretch, at most
     * @param labelledMs so much of it must lie in windows
     */
    WorstStretch(long lengthMs, long labelledMs) {
        this.lengthMs = lengthMs;
        this.labelledMs = labelledMs;
    }

    /** A window of the newest stretch. */
    private record Heard(long startMs, long endMs, Affect affect) {}

    void add(long startMs, long endMs, Affect affect) {
        newest.addLast(new Heard(startMs, endMs, affect));
        while (endMs - newest.getFirst().startMs() > lengthMs && newest.size() > 1) {
            newest.removeFirst();
        }
        SpeechPart now = new SpeechPart(newest.getFirst().startMs());
        long labelled = 0;
        long known = Long.MIN_VALUE;
        for (Heard heard : newest) {
            labelled += Math.max(0, heard.endMs() - Math.max(known, heard.startMs()));
            known = Math.max(known, heard.endMs());
            now.add(heard.endMs(), heard.affect());
        }
        SpeechPart before = worst;
        if (labelled >= labelledMs
                && (before == null || now.affect().valence() < before.affect().valence())) {
            worst = now;
        }
    }

    Optional<LegAffect.Part> found() {
        return Optional.ofNullable(worst).map(LegAffect.Part::of);
    }

    void write(DataOutput out) throws IOException {
        Varint.write(out, newest.size());
        long before = 0;
        for (Heard heard : newest) {
            Varint.write(out, heard.startMs() - before);
            Varint.write(out, heard.endMs() - heard.startMs());
            Varint.write(out, heard.affect().sentiment().ordinal());
            Varint.write(out, SpeechPart.parts(heard.affect().valence()));
            Varint.write(out, SpeechPart.parts(heard.affect().arousal()));
            before = heard.startMs();
        }
        SpeechPart found = worst;
        out.writeBoolean(found != null);
        if (found != null) {
            found.write(out, 0);
        }
    }

    void read(DataInput in) throws IOException {
        long before = 0;
        for (long i = Varint.read(in); i > 0; i--) {
            long startMs = before + Varint.read(in);
            long endMs = startMs + Varint.read(in);
            Sentiment sentiment = Sentiment.values()[(int) Varint.read(in)];
            newest.addLast(heard(startMs, endMs, sentiment, Varint.read(in), Varint.read(in)));
            before = startMs;
        }
        worst = in.readBoolean() ? SpeechPart.read(in, 0) : null;
    }

    /** What releases wrote that counted in millionths. */
    void readMillionths(DataInput in) throws IOException {
        for (long i = Varint.read(in); i > 0; i--) {
            long startMs = Varint.read(in);
            long endMs = startMs + Varint.read(in);
            Sentiment sentiment = Sentiment.values()[(int) Varint.read(in)];
            long valence = SpeechPart.partsOfMillionths(Varint.read(in));
            newest.addLast(heard(startMs, endMs, sentiment, valence, SpeechPart.partsOfMillionths(Varint.read(in))));
        }
        worst = in.readBoolean() ? SpeechPart.readMillionths(in) : null;
    }

    private static Heard heard(long startMs, long endMs, Sentiment sentiment, long valence, long arousal) {
        return new Heard(
                startMs, endMs, new Affect(sentiment, SpeechPart.ofParts(valence), SpeechPart.ofParts(arousal)));
    }

    /** What the earliest releases wrote. */
    void readWide(DataInput in) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            newest.addLast(new Heard(
                    in.readLong(),
                    in.readLong(),
                    new Affect(Sentiment.values()[in.readByte()], in.readDouble(), in.readDouble())));
        }
        worst = in.readBoolean() ? SpeechPart.readWide(in) : null;
    }
}
