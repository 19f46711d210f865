package io.undertone.gateway;

import io.undertone.EmotionEvent;
import java.nio.ByteBuffer;

/**
 * One platform's protocol: says what its messages mean for the call that a connection brings. Pure: it has no clock, opens nothing and
 * throws nothing but {@link RefusedException}, whatever the bytes; what it does not understand it tells as {@link CallSink#odd}. One for
 * each connection, for one thread at a time.
 */
interface Decoder {
    /**
     * Takes a text message.
     *
     * @throws RefusedException where the connection cannot go on: the call is nobody's, or of a kind that is not taken
     */
    void text(String message, CallSink sink) throws RefusedException;

    /**
     * Takes a binary message, or, of a byte stream, whatever was read.
     *
     * @param bytes to be read to their end; the caller's again afterwards
     * @throws RefusedException as {@link #text}
     */
    void binary(ByteBuffer bytes, CallSink sink) throws RefusedException;

    /**
     * Says, in the platform's way, that this gateway stops and the platform may connect anew. Not called after {@link CallSink#end}.
     *
     * @param sink takes what is to be sent, and the close
     */
    default void stopping(CallSink sink) {
        sink.close(CloseCode.SERVICE_RESTART, "the gateway restarts");
    }

    /**
     * Says what is due though nothing came. Called some times a second until the session is over.
     *
     * @param nowMs epoch ms that never go back
     */
    default void tick(long nowMs, CallSink sink) {}

    /** Tells the platform, where it takes such things, what was heard in the connection's call. */
    default void heard(EmotionEvent event, CallSink sink) {}

    /** Whether the connection is of use though no call was opened on it: the platform only looks whether somebody answers. */
    default boolean isKeptWithoutCall() {
        return false;
    }
}
