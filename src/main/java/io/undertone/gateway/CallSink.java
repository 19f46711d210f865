package io.undertone.gateway;

import io.undertone.Role;
import java.nio.ByteBuffer;

/** What a {@link Decoder} receives on its connection, and what it wants to be sent back. For the thread that asked the decoder. */
interface CallSink {
    /**
     * The call is known. Comes before all that follows; once more only for the same call, which changes nothing.
     *
     * @throws RefusedException where the call is not taken: no or a wrong token, an id that cannot be one
     */
    void open(CallStart start) throws RefusedException;

    /**
     * Audio of one role's voice.
     *
     * @param form how the bytes hold samples
     * @param bytes any number; a sample may be split between this and the role's next bytes
     * @param time what the source says of when
     * @throws RefusedException where there is no such audio: a rate out of range
     */
    void media(Role role, AudioForm form, ByteBuffer bytes, SourceTime time) throws RefusedException;

    /** The source has spoken for so long and sends nothing of it: all legs go on behind it. */
    void leftOut(long ms);

    /** A key was pressed: the audio of this moment is no speech. Which key it was is not passed on, since it may be secret. */
    void tones();

    /** The call has ended: its legs are complete. */
    void end();

    /** The connection ends, the call does not: its legs wait for another connection. */
    void interrupted();

    /** A message that has no meaning here and changes nothing. */
    void odd();

    /** Sends a text message; only where the platform takes any. */
    void reply(String message);

    /** Sends bytes; only where the platform takes any. */
    void reply(ByteBuffer bytes);

    /**
     * Closes the connection once all replies are sent.
     *
     * @param code see {@link CloseCode}; means nothing on a plain byte stream
     * @param reason in a few words, no call id
     */
    void close(int code, String reason);
}
