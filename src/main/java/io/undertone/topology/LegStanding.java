package io.undertone.topology;

import io.undertone.publish.CallTally;
import io.undertone.vote.Belief;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The stored state of a leg in the inference stage.
 *
 * @param tally counts for its summary
 * @param belief from its windows so far, for the next one
 * @param capturedAtMs when the last sample of its newest window was spoken, by the publisher's clock; {@link #UNKNOWN}
 * @param seenAtMs the stream time at which it was last written; {@link #UNKNOWN}
 */
record LegStanding(CallTally tally, Belief belief, long capturedAtMs, long seenAtMs) {
    /** No window has been seen yet, or only by a release that did not store the time. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** This byte, both times and the belief precede the tally; a first byte of 1 or 3 starts a tally alone. */
    private static final byte VERSION = 5;

    /** From earlier releases, which stored no times. */
    private static final byte WITHOUT_TIMES = 4;

    /** From earlier releases, whose belief did not include the voice either. */
    private static final byte WITHOUT_VOICE = 2;

    /** The state of a leg without judged windows. */
    static LegStanding unknown() {
        return new LegStanding(new CallTally(), Belief.NONE, UNKNOWN, UNKNOWN);
    }

    /** The same, last written at this stream time. */
    LegStanding seenAt(long streamTimeMs) {
        return new LegStanding(tally, belief, capturedAtMs, streamTimeMs);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(capturedAtMs);
            out.writeLong(seenAtMs);
            belief.write(out);
            out.write(tally.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the bytes of {@link #toBytes()}.
     *
     * @throws IllegalArgumentException if they are something else
     */
    static LegStanding fromBytes(byte[] bytes) {
        byte version = bytes.length == 0 ? 0 : bytes[0];
        if (version != VERSION && version != WITHOUT_TIMES && version != WITHOUT_VOICE) {
            return new LegStanding(CallTally.fromBytes(bytes), Belief.NONE, UNKNOWN, UNKNOWN);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.readByte();
            long capturedAtMs = version == VERSION ? in.readLong() : UNKNOWN;
            long seenAtMs = version == VERSION ? in.readLong() : UNKNOWN;
            Belief belief = version == WITHOUT_VOICE ? Belief.readWithoutVoice(in) : Belief.read(in);
            return new LegStanding(CallTally.fromBytes(in.readAllBytes()), belief, capturedAtMs, seenAtMs);
        } catch (IOException e) {
            throw new IllegalArgumentException("stored state of a leg must be complete: " + e, e);
        }
    }
}
