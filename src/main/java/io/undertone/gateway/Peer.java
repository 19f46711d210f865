package io.undertone.gateway;

import java.nio.ByteBuffer;

/** The other end of a connection. Sending never blocks. */
interface Peer {
    void send(String message);

    void send(ByteBuffer bytes);

    /**
     * Closes the connection after all pending data is sent.
     *
     * @param code see {@link CloseCode}
     * @param reason a few words
     */
    void close(int code, String reason);
}
