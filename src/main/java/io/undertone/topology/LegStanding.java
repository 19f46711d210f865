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
 * How a leg stands at inference, as the store keeps it.
 *
 * @param tally what its summary will be made of
 * @param belief what its windows so far say of the next
 * @param capturedAtMs when the last sample of its newest window was spoken, by the publisher's clock; {@link #UNKNOWN}
 * @param seenAtMs the stream time at which it was last written; {@link #UNKNOWN}
 */
record LegStanding(CallTally tally, Belief belief, long capturedAtMs, long seenAtMs) {
    /** No window has been seen, or by a release that did not keep when. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** Before the tally stand this byte, both times and the belief; a first byte of 1 or 3 began a tally alone. */
    private static final byte VERSION = 5;

    /** Of earlier releases, which kept no times. */
    private static final byte WITHOUT_TIMES = 4;

    /** Of earlier releases, whose belief said nothing of the voice either. */
    private static final byte WITHOUT_VOICE = 2;

    /** A leg of which nothing has been judged. */
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
            throw new UncheckedIOException("nothing in memory can fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The standing whose {@link #toBytes()} these are.
     *
     * @throws IllegalArgumentException where they are not
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
            throw new IllegalArgumentException("stored standing of a leg must be whole: " + e, e);
        }
    }
}
