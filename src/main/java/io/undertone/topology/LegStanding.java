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
 */
record LegStanding(CallTally tally, Belief belief) {
    /** Before the tally stand this byte and the belief; a first byte of 1 or 3 begins a tally alone, where nothing is believed. */
    private static final byte VERSION = 4;

    /** Of earlier releases, whose belief said nothing of the voice. */
    private static final byte WITHOUT_VOICE = 2;

    /** A leg of which nothing has been judged. */
    static LegStanding unknown() {
        return new LegStanding(new CallTally(), Belief.NONE);
    }

    byte[] toBytes() {
        if (belief.equals(Belief.NONE)) {
            return tally.toBytes();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
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
        if (bytes.length == 0 || bytes[0] != VERSION && bytes[0] != WITHOUT_VOICE) {
            return new LegStanding(CallTally.fromBytes(bytes), Belief.NONE);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Belief belief = in.readByte() == VERSION ? Belief.read(in) : Belief.readWithoutVoice(in);
            return new LegStanding(CallTally.fromBytes(in.readAllBytes()), belief);
        } catch (IOException e) {
            throw new IllegalArgumentException("stored standing of a leg must be whole: " + e, e);
        }
    }
}
