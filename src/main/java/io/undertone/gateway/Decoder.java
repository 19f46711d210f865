package io.undertone.gateway;

import io.undertone.EmotionEvent;
import java.nio.ByteBuffer;

/**
 * One platform's protocol: translates a connection's messages into calls of a {@link CallSink}. Pure: it has no clock, does no I/O and
 * throws nothing but {@link RefusedException}, whatever the bytes; messages that it does not understand go to {@link CallSink#odd}. One
 * instance per connection, for one thread at a time.
 */
interface Decoder {
    /**
     * Takes a text message.
     *
     * @throws RefusedException if the connection must be closed: the call is unauthorised or not supported
     */
    void text(String message, CallSink sink) throws RefusedException;

    /**
     * Takes a binary message, or the bytes read from a byte stream.
     *
     * @param bytes consumed to the end; the caller may reuse the buffer afterwards
     * @throws RefusedException as {@link #text}
     */
    void binary(ByteBuffer bytes, CallSink sink) throws RefusedException;

    /**
     * Tells the platform, in its own protocol, that this gateway is stopping and it should reconnect. Not called after {@link
     * CallSink#end}.
     *
     * @param sink takes the replies and the close
     */
    default void stopping(CallSink sink) {
        sink.close(CloseCode.SERVICE_RESTART, "the gateway restarts");
    }

    /**
     * Does what is due by time. Called several times per second until the session is over.
     *
     * @param nowMs epoch ms that never decrease
     */
    default void tick(long nowMs, CallSink sink) {}

    /** Sends an event of the connection's call to the platform, if it accepts events. */
    default void heard(EmotionEvent event, CallSink sink) {}

    /** Whether the connection stays open without a call: the platform is only probing. */
    default boolean isKeptWithoutCall() {
        return false;
    }
}
