package io.undertone.gateway;

import java.nio.ByteBuffer;

/** The other end of a connection. Sending never blocks. */
interface Peer {
    void send(String message);

    void send(ByteBuffer bytes);

    /**
     * Closes it once all is sent.
     *
     * @param code see {@link CloseCode}
     * @param reason in a few words
     */
    void close(int code, String reason);
}
