package io.undertone.ingest;

import io.undertone.audio.SampleFormat;
import io.undertone.ingest.ChunkRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one leg's chunks in order of position. A chunk ahead of missing audio is held; once held audio ends more than the allowed disorder after the start of the missing audio, that is given up as a gap. Duplicate audio is passed on once.
 *
 * <p>With 200 ms of disorder allowed, audio up to 1,000 ms passed on and [1,020; 1,040) ms held: if [1,000; 1,020) ms arrives next, it fills the hole; if [1,190; 1,210) ms arrives first, there is a gap of 20 ms, and audio for it that arrives later is {@link Outcome#LATE}.
 *
 * <p>The leg begins with the earliest audio that arrives within the allowed disorder: at position 0 at once, at a later position (it was joined late: no gap) once held audio is long enough. Positions that restart within the leg continue it ({@link Numbering}). Not thread-safe.
 */
public final class ChunkOrder {
    /** Receives the audio in order and without overlap. */
    public interface Sink {
        /** Samples {@code [from; from + count)} of a chunk are next; their position is {@code chunk.position() + from}. */
        void audio(Chunk chunk, int from, int count);

        /** {@code samples} samples from {@code position} on are given up. */
        void gap(long position, long samples);
    }

    /** A position further ahead than this is an error: following it would make all others late. */
    public static final long MAX_JUMP_S = 86_400;

    /** Maximum held chunks; beyond it, the audio they wait for is given up. */
    private static final int MAX_HELD = 4_096;

    /** Maximum bytes of held audio: with a chunk and the leg's other state they must fit in a changelog record of 4 MiB. */
    private static final int MAX_HELD_BYTES = 2 << 20;

    /** The number of recent gaps to remember, to tell late chunks from duplicates. */
    private static final int REMEMBERED_GAPS = 8;

    private static final long NOT_YET = -1;

    private final int sampleRateHz;
    private final long maxDisorder;
    private final int maxDisorderMs;
    private final List<Chunk> held = new ArrayList<>();
    private final Numbering numbering;
    private final RecentChunks recent = new RecentChunks();
    private final long[] gapFrom = new long[REMEMBERED_GAPS];
    private final long[] gapTo = new long[REMEMBERED_GAPS];

    private long start = NOT_YET;
    private long next = NOT_YET;
    private long lastEnd = NOT_YET;
    private long waitingSinceMs;
    private int gaps;
    private long gapSamples;
    private int chunks;
    private int used;
    private int duplicate;
    private int late;
    private int afterEnd;
    private int refused;

    /**
     * @param sampleRateHz the leg's rate
     * @param maxDisorderMs how far ahead of missing audio later audio may run
     */
    public ChunkOrder(int sampleRateHz, int maxDisorderMs) {
        this.sampleRateHz = sampleRateHz;
        this.maxDisorderMs = maxDisorderMs;
        this.maxDisorder = (long) maxDisorderMs * sampleRateHz / 1000;
        this.numbering = new Numbering(sampleRateHz, maxDisorderMs);
    }

    /** Accepts a chunk.
     *
     * @param nowMs time of arrival, epoch ms
     * @param sink receives the audio that is now in order
     * @throws ChunkRefusedException if its rate differs from the leg's, its position contradicts its time of capture, or its audio differs from what was received for the same position
     */
    public Outcome accept(Chunk chunk, long nowMs, Sink sink) throws ChunkRefusedException {
        chunks++;
        Chunk placed;
        Outcome outcome;
        try {
            check(chunk);
            placed = numbering.place(chunk, next);
            outcome = classify(placed);
            if (outcome == Outcome.LATE) {
                Chunk moved = numbering.afterWrongJump(chunk, gapTo[0] - gapFrom[0], next - gapTo[0]);
                placed = moved == null ? placed : moved;
                outcome = moved == null ? outcome : classify(moved);
            }
            if (outcome == Outcome.DUPLICATE && recent.contradicts(placed)) {
                throw numbering.contradicted(chunk);
            }
        } catch (ChunkRefusedException e) {
            refused++;
            throw e;
        }
        switch (outcome) {
            case USED -> {
                used++;
                recent.add(placed);
                numbering.used(placed);
                take(placed, nowMs, sink);
            }
            case DUPLICATE -> duplicate++;
            case LATE -> late++;
            case AFTER_END -> afterEnd++;
        }
        return outcome;
    }

    /** Counts a chunk that arrived after the leg was ended. */
    public Outcome countAfterEnd() {
        chunks++;
        afterEnd++;
        return Outcome.AFTER_END;
    }

    /** Gives up audio that has been missing for longer than the allowed disorder by wall-clock time. */
    public void flush(long nowMs, Sink sink) {
        if (holding() && nowMs - waitingSinceMs > maxDisorderMs) {
            giveUpAll(sink);
        }
    }

    /** Gives up all missing audio. */
    public void giveUpAll(Sink sink) {
        while (holding()) {
            begin();
            giveUp(sink);
        }
    }

    private void check(Chunk chunk) throws ChunkRefusedException {
        if (chunk.sampleRateHz() != sampleRateHz) {
            throw new ChunkRefusedException(
                    Reason.RATE_CHANGED,
                    "sampleRateHz must remain that of the leg's first chunk, " + sampleRateHz + " Hz: sampleRateHz="
                            + chunk.sampleRateHz() + "; resample, or begin a new leg");
        }
    }

    private Outcome classify(Chunk chunk) {
        boolean empty = chunk.samples() == 0;
        boolean repeatsTheEnd = empty && chunk.position() == lastEnd;
        if (complete() || (lastEnd != NOT_YET && chunk.position() >= lastEnd && !repeatsTheEnd)) {
            return Outcome.AFTER_END;
        }
        if (empty) {
            return lastEnd == NOT_YET ? Outcome.USED : Outcome.DUPLICATE;
        }
        boolean newLast = chunk.last() && lastEnd == NOT_YET;
        if (next != NOT_YET && chunk.end() <= next) {
            // The end of the leg is new even if its audio is not.
            return newLast ? Outcome.USED : isLate(chunk) ? Outcome.LATE : Outcome.DUPLICATE;
        }
        return !newLast && isHeld(chunk) ? Outcome.DUPLICATE : Outcome.USED;
    }

    private boolean isLate(Chunk chunk) {
        if (chunk.position() < start) {
            return true;
        }
        for (int i = 0; i < REMEMBERED_GAPS; i++) {
            if (chunk.position() < gapTo[i] && chunk.end() > gapFrom[i]) {
                return true;
            }
        }
        return false;
    }

    private boolean isHeld(Chunk chunk) {
        long covered = Math.max(chunk.position(), next);
        for (Chunk other : held) {
            if (other.position() <= covered) {
                covered = Math.max(covered, other.end());
            }
        }
        return covered >= chunk.end();
    }

    private void take(Chunk chunk, long nowMs, Sink sink) {
        boolean waited = holding();
        long before = next;
        hold(chunk);
        if (chunk.last()) {
            lastEnd = Math.max(next, heldEnd());
        }
        long earliest = held.get(0).position();
        if (earliest == 0 || tooLong(earliest) || tooMuch()) {
            begin();
        }
        if (start != NOT_YET) {
            drain(sink);
            while (holding() && (tooLong(next) || tooMuch())) {
                giveUp(sink);
            }
        }
        if (!waited || next != before) {
            waitingSinceMs = nowMs;
        }
    }

    private boolean tooLong(long from) {
        return heldEnd() - from > maxDisorder;
    }

    private boolean tooMuch() {
        return held.size() > MAX_HELD
                || held.stream().mapToInt(Chunk::audioBytes).sum() > MAX_HELD_BYTES;
    }

    private void begin() {
        if (start == NOT_YET) {
            start = held.get(0).position();
            next = start;
        }
    }

    private void hold(Chunk chunk) {
        int at = held.size();
        while (at > 0 && held.get(at - 1).position() > chunk.position()) {
            at--;
        }
        held.add(at, chunk);
    }

    private void drain(Sink sink) {
        int drained = 0;
        for (; drained < held.size() && held.get(drained).position() <= next; drained++) {
            Chunk chunk = held.get(drained);
            if (chunk.end() > next) {
                int from = (int) (next - chunk.position());
                next = chunk.end();
                sink.audio(chunk, from, chunk.samples() - from);
            }
        }
        held.subList(0, drained).clear();
    }

    private void giveUp(Sink sink) {
        long to = held.get(0).position();
        if (to > next) {
            System.arraycopy(gapFrom, 0, gapFrom, 1, REMEMBERED_GAPS - 1);
            System.arraycopy(gapTo, 0, gapTo, 1, REMEMBERED_GAPS - 1);
            gapFrom[0] = next;
            gapTo[0] = to;
            gaps++;
            gapSamples += to - next;
            long from = next;
            next = to;
            sink.gap(from, to - from);
        }
        drain(sink);
    }

    private long heldEnd() {
        long end = NOT_YET;
        for (Chunk chunk : held) {
            end = Math.max(end, chunk.end());
        }
        return end;
    }

    /** Whether chunks are held because audio before them is missing. */
    public boolean holding() {
        return !held.isEmpty();
    }

    /** Whether the last chunk has arrived and nothing before its end is missing. */
    public boolean complete() {
        return lastEnd != NOT_YET && held.isEmpty() && next >= lastEnd;
    }

    /** Samples passed on or given up, from the leg's first: its length. */
    public long samples() {
        return next - start;
    }

    /** Position of the leg's first sample, or -1 before it is known. */
    public long start() {
        return start;
    }

    /** The number of gaps: stretches given up. */
    public int gaps() {
        return gaps;
    }

    /** Their length in samples. */
    public long gapSamples() {
        return gapSamples;
    }

    /** Chunks received: the sum of the five counts below. */
    public int chunks() {
        return chunks;
    }

    public int used() {
        return used;
    }

    public int duplicate() {
        return duplicate;
    }

    public int late() {
        return late;
    }

    public int afterEnd() {
        return afterEnd;
    }

    public int refused() {
        return refused;
    }

    /** How often positions restarted within the leg, such as when its source reconnected. */
    public int restarts() {
        return numbering.restarts();
    }

    /** Refused chunks whose audio differs from the received audio at their position: a second source publishes to the leg. */
    public int contradicting() {
        return numbering.contradicting();
    }

    /** Bytes that {@link #writeTo} writes. */
    public int stateBytes() {
        int bytes = 4 * Long.BYTES + 7 * Integer.BYTES + Long.BYTES + 2 * rememberedGaps() * Long.BYTES + Integer.BYTES;
        bytes += Numbering.stateBytes() + recent.stateBytes();
        for (Chunk chunk : held) {
            bytes += 2 * Long.BYTES
                    + 2
                    + Integer.BYTES
                    + chunk.samples() * chunk.format().bytesPerSample();
        }
        return bytes;
    }

    /** Writes the state that {@link #readFrom} restores. */
    public void writeTo(ByteBuffer target) {
        target.putLong(start).putLong(next).putLong(lastEnd).putLong(waitingSinceMs);
        target.putInt(gaps).putLong(gapSamples);
        target.putInt(chunks)
                .putInt(used)
                .putInt(duplicate)
                .putInt(late)
                .putInt(afterEnd)
                .putInt(refused);
        for (int i = 0; i < rememberedGaps(); i++) {
            target.putLong(gapFrom[i]).putLong(gapTo[i]);
        }
        target.putInt(held.size());
        for (Chunk chunk : held) {
            target.putLong(chunk.position()).putLong(chunk.capturedAtMs());
            target.put((byte) chunk.format().ordinal()).put((byte) (chunk.last() ? 1 : 0));
            chunk.writeAudio(target);
        }
        numbering.writeTo(target);
        recent.writeTo(target);
    }

    private int rememberedGaps() {
        return Math.min(gaps, REMEMBERED_GAPS);
    }

    /** Restores the state written by {@link #writeTo}.
     *
     * @param withEmptyGaps whether it was written by a release that also wrote unused gap entries
     * @param withNumbering whether it was written by a release that follows restarted positions
     */
    public void readFrom(ByteBuffer source, boolean withEmptyGaps, boolean withNumbering) {
        start = source.getLong();
        next = source.getLong();
        lastEnd = source.getLong();
        waitingSinceMs = source.getLong();
        gaps = source.getInt();
        gapSamples = source.getLong();
        chunks = source.getInt();
        used = source.getInt();
        duplicate = source.getInt();
        late = source.getInt();
        afterEnd = source.getInt();
        refused = source.getInt();
        for (int i = 0; i < (withEmptyGaps ? REMEMBERED_GAPS : rememberedGaps()); i++) {
            gapFrom[i] = source.getLong();
            gapTo[i] = source.getLong();
        }
        int count = source.getInt();
        for (int i = 0; i < count; i++) {
            long position = source.getLong();
            long capturedAtMs = source.getLong();
            SampleFormat format = SampleFormat.values()[source.get()];
            boolean last = source.get() == 1;
            held.add(Chunk.restored(position, capturedAtMs, format, sampleRateHz, source, last));
        }
        if (withNumbering) {
            numbering.readFrom(source);
            recent.readFrom(source);
        }
    }
}
