package io.undertone.ingest;

import io.undertone.ingest.ChunkRefusedException.Reason;
import java.nio.ByteBuffer;

/**
 * Maps chunks' positions to places in the leg. A source counts from its first sample; one that reconnects restarts at 0, one that counts in
 * 32 bits wraps at 2^32, and a position can be wrong. The time of capture distinguishes these cases from duplicates.
 *
 * <p>With audio up to 60,000 ms received, spoken by 12:01:00: position 0 spoken at 12:01:02 starts a new count, and its place is 62,000 ms;
 * position 0 spoken at 12:00:00 is a duplicate. A position an hour ahead, spoken at 12:01:00, contradicts itself and is
 * refused; if the next chunk continues it, that is the new count. Not thread-safe.
 */
final class Numbering {
    /** Where 32-bit positions wrap. */
    private static final long WRAP = 1L << 32;

    private static final long MAX_JUMP_MS = ChunkOrder.MAX_JUMP_S * 1000;

    /** A jump ahead of at most this is followed whatever its time of capture. */
    private static final long NEAR_MS = 2_000;

    /** The largest difference between the time of capture and the time implied by a position ahead. */
    private static final long TIME_TOLERANCE_MS = 5_000;

    /** A shorter gap between two counts is ignored: times of capture are not that exact. */
    private static final long MIN_GAP_MS = 20;

    /** A jump longer than this is undone as wrong if the skipped audio arrives after all. */
    private static final long WRONG_JUMP_MS = 30_000;

    /** Consecutive chunks of another count that are required once two counts have been seen to alternate. */
    private static final int ALTERNATING_RUN = 25;

    private static final long NONE = -1;

    private final int sampleRateHz;
    private final long near;

    private long shift;
    private boolean hasFormer;
    private long formerShift;
    private long newest = NONE;
    private long newestMs;
    private long oddEnd = NONE;
    private int oddRun;
    private boolean interrupted;
    private long lateEnd = NONE;
    private long lateSamples;
    private int restarts;
    private int contradicting;

    /**
     * @param sampleRateHz the leg's rate
     * @param maxDisorderMs how far ahead of missing audio later audio may run
     */
    Numbering(int sampleRateHz, int maxDisorderMs) {
        this.sampleRateHz = sampleRateHz;
        this.near = samples(Math.max(NEAR_MS, maxDisorderMs));
    }

    /** Returns the chunk at its place in the leg.
     *
     * @param next place of the next sample to be passed on, or -1 if none has been
     * @throws ChunkRefusedException if its position contradicts its time of capture
     */
    Chunk place(Chunk chunk, long next) throws ChunkRefusedException {
        if (newest == NONE) {
            return chunk.at(chunk.position() + shift);
        }
        long at = chunk.position() + shift;
        boolean wrapped = at < newest && isNear(at + WRAP);
        if (wrapped) {
            at += WRAP;
        } else if (at > newest && isNear(at - WRAP)) {
            at -= WRAP;
        }
        if (fits(chunk, at, next)) {
            if (wrapped) {
                shift += WRAP;
                restarts++;
            }
            interrupted = true;
            return chunk.at(at);
        }
        if (chunk.samples() == 0) {
            // It only ends the leg.
            return chunk.at(newest);
        }
        if (hasFormer && isNear(chunk.position() + formerShift)) {
            shift = formerShift;
            hasFormer = false;
            interrupted = true;
            return chunk.at(chunk.position() + shift);
        }
        if (startsNewCount(chunk) || continuesOdd(chunk)) {
            return restart(chunk);
        }
        throw odd(chunk, at);
    }

    private boolean isNear(long at) {
        return Math.abs(at - newest) <= near;
    }

    private boolean fits(Chunk chunk, long at, long next) {
        long deviationMs = chunk.capturedAtMs() - spokenAtMs(at);
        long ahead = at - newest;
        if (ahead > near) {
            return ahead <= samples(MAX_JUMP_MS) && Math.abs(deviationMs) <= TIME_TOLERANCE_MS;
        }
        boolean behind = at + chunk.samples() <= next || ahead < -near;
        return !behind || deviationMs <= NEAR_MS;
    }

    /** A count from 0, of audio spoken after the received audio. */
    private boolean startsNewCount(Chunk chunk) {
        return chunk.position() == 0 && chunk.capturedAtMs() >= newestMs - NEAR_MS;
    }

    private boolean continuesOdd(Chunk chunk) {
        return followsOdd(chunk) && !interrupted && oddRun >= (contradicting > 0 ? ALTERNATING_RUN : 1);
    }

    private boolean followsOdd(Chunk chunk) {
        return oddEnd != NONE && chunk.position() >= oddEnd && chunk.position() - oddEnd <= near;
    }

    private ChunkRefusedException odd(Chunk chunk, long at) {
        boolean continues = followsOdd(chunk);
        oddRun = continues && !interrupted ? oddRun + 1 : 1;
        oddEnd = chunk.end();
        String rule;
        if (continues && interrupted) {
            contradicting++;
            rule = "a leg must have one source: its chunks alternate with those of another count of positions"
                    + "; give each source a call id or role of its own";
        } else if (at - newest > samples(MAX_JUMP_MS)) {
            rule = "position must be within a day of the leg's newest audio, " + newest
                    + "; count samples from the leg's first, or begin a new leg";
        } else {
            rule = "position and capturedAt must agree: the leg's newest audio is at " + newest + ", spoken at "
                    + newestMs + " ms; count samples from the leg's first";
        }
        interrupted = false;
        return new ChunkRefusedException(
                Reason.BAD_POSITION, rule + ": position=" + chunk.position() + ", capturedAt=" + chunk.capturedAtMs());
    }

    /** Continues the leg with this chunk, whose position begins a new count. */
    private Chunk restart(Chunk chunk) {
        long gapMs = Math.max(0, Math.min(chunk.capturedAtMs() - newestMs, MAX_JUMP_MS));
        long at = newest + (gapMs < MIN_GAP_MS ? 0 : samples(gapMs));
        hasFormer = true;
        formerShift = shift;
        shift = at - chunk.position();
        restarts++;
        oddEnd = NONE;
        lateEnd = NONE;
        return chunk.at(at);
    }

    /**
     * Returns the chunk at a new place if its jump was wrong: more consecutive late audio has arrived than audio since a long jump.
     *
     * @param chunk the late chunk as received
     * @param jumped length of the latest gap, samples
     * @param since samples received since that gap
     * @return null if it stays late
     */
    @org.jspecify.annotations.Nullable
    Chunk afterWrongJump(Chunk chunk, long jumped, long since) {
        lateSamples = (chunk.position() == lateEnd ? lateSamples : 0) + chunk.samples();
        lateEnd = chunk.end();
        return jumped > samples(WRONG_JUMP_MS) && lateSamples > since ? restart(chunk) : null;
    }

    /** Records that a chunk was used at its place. */
    void used(Chunk placed) {
        lateEnd = NONE;
        if (placed.samples() > 0 && placed.end() > newest) {
            newest = placed.end();
            newestMs = placed.capturedAtMs() + placed.samples() * 1000L / sampleRateHz;
        }
    }

    private long spokenAtMs(long at) {
        return newestMs + (at - newest) * 1000 / sampleRateHz;
    }

    private long samples(long ms) {
        return ms * sampleRateHz / 1000;
    }

    /** A chunk whose audio differs from the received audio at its place. */
    ChunkRefusedException contradicted(Chunk chunk) {
        contradicting++;
        return new ChunkRefusedException(
                Reason.BAD_POSITION,
                "a leg must have one source: other audio was received for position=" + chunk.position()
                        + "; give each source a call id or role of its own");
    }

    /** How often positions restarted. */
    int restarts() {
        return restarts;
    }

    /** Chunks that contradict received audio: a second source publishes to the leg. */
    int contradicting() {
        return contradicting;
    }

    static int stateBytes() {
        return 7 * Long.BYTES + 3 * Integer.BYTES + 1;
    }

    void writeTo(ByteBuffer target) {
        target.putLong(shift).putLong(formerShift).putLong(newest).putLong(newestMs);
        target.putLong(oddEnd).putLong(lateEnd).putLong(lateSamples);
        target.putInt(oddRun).putInt(restarts).putInt(contradicting);
        target.put((byte) ((hasFormer ? 1 : 0) | (interrupted ? 2 : 0)));
    }

    void readFrom(ByteBuffer source) {
        shift = source.getLong();
        formerShift = source.getLong();
        newest = source.getLong();
        newestMs = source.getLong();
        oddEnd = source.getLong();
        lateEnd = source.getLong();
        lateSamples = source.getLong();
        oddRun = source.getInt();
        restarts = source.getInt();
        contradicting = source.getInt();
        byte flags = source.get();
        hasFormer = (flags & 1) != 0;
        interrupted = (flags & 2) != 0;
    }
}
