package io.undertone.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Detects a listener's protocol by its first bytes. Kafka's clients cannot tell: a listener that does not understand them closes
 * the connection, and they retry until their timeout.
 */
final class ListenerProbe {
    private static final int PATIENCE_MS = 1_500;
    private static final byte TLS_ALERT = 21;
    private static final byte TLS_HANDSHAKE = 22;
    private static final int CORRELATION = 1;

    private ListenerProbe() {}

    /** What answers at an address. */
    enum Speaks {
        /** Kafka without TLS, with or without SASL. */
        PLAIN,
        TLS,
        /** No answer, or another one. */
        UNKNOWN
    }

    static Speaks ask(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (isTls(address)) {
            return Speaks.TLS;
        }
        return isPlainKafka(address) ? Speaks.PLAIN : Speaks.UNKNOWN;
    }

    private static boolean isTls(SocketAddress address) {
        try (Socket socket = connected(address)) {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            int first = socket.getInputStream().read();
            return first == TLS_HANDSHAKE || first == TLS_ALERT;
        } catch (IOException | NoSuchAlgorithmException e) {
            return false;
        }
    }

    /** ApiVersions, version 0, which every listener answers before anyone logs in: its answer begins with the same number. */
    private static boolean isPlainKafka(SocketAddress address) {
        byte[] client = "undertone".getBytes(StandardCharsets.UTF_8);
        ByteBuffer request = ByteBuffer.allocate(14 + client.length);
        request.putInt(10 + client.length)
                .putShort((short) 18)
                .putShort((short) 0)
                .putInt(CORRELATION)
                .putShort((short) client.length)
                .put(client);
        try (Socket socket = connected(address)) {
            socket.getOutputStream().write(request.array());
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            return answer.readInt() > 4 && answer.readInt() == CORRELATION;
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connected(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
