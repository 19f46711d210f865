package io.undertone.gateway;

import io.undertone.Role;
import java.nio.ByteBuffer;

/** Takes what a {@link Decoder} makes of its connection's messages, and its replies. To be called by the decoder's thread only. */
interface CallSink {
    /**
     * The call is known. Called before all other methods; a second time only for the same call, without effect.
     *
     * @throws RefusedException if the call is refused: a missing or wrong token, an invalid id
     */
    void open(CallStart start) throws RefusedException;

    /**
     * Audio of one role's voice.
     *
     * @param form encoding and rate of the bytes
     * @param bytes any number; a sample may be split between this and the role's next bytes
     * @param time the source's own sequence number and timestamp
     * @throws RefusedException if the format is not supported, such as a rate out of range
     */
    void media(Role role, AudioForm form, ByteBuffer bytes, SourceTime time) throws RefusedException;

    /** The source discarded this much audio: all legs continue after a gap of that length. */
    void leftOut(long ms);

    /** A key was pressed: the audio of this moment is muted. Which key it was is not passed on, since it may be part of a secret. */
    void tones();

    /** The call has ended: its legs are complete. */
    void end();

    /** The connection ends but the call does not: its legs wait for another connection. */
    void interrupted();

    /** An unexpected message, which is ignored. */
    void odd();

    /** Sends a text message, if the platform accepts any. */
    void reply(String message);

    /** Sends bytes, if the platform accepts any. */
    void reply(ByteBuffer bytes);

    /**
     * Closes the connection once all replies are sent.
     *
     * @param code see {@link CloseCode}; ignored on a plain byte stream
     * @param reason a few words, without the call id
     */
    void close(int code, String reason);
}
