package io.undertone.gateway;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session.Listener;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as a session's other end. Messages are requested one at a time, each after the last was processed, so that a slow gateway
 * exerts TCP back-pressure on the peer. Called by Jetty's threads, one at a time.
 */
public final class Socket implements Listener, Peer {
    private static final int ABNORMAL = 1_006;
    private static final int REASON_MAX_CHARS = 100;

    private final Function<Peer, Session> sessions;
    private final Runnable gone;
    private volatile org.eclipse.jetty.websocket.api.@Nullable Session jetty;
    private volatile @Nullable Session session;
    private boolean left;

    /**
     * @param sessions makes the session once the socket is open
     * @param gone run once after the socket has closed
     */
    Socket(Function<Peer, Session> sessions, Runnable gone) {
        this.sessions = sessions;
        this.gone = gone;
    }

    @Override
    public void onWebSocketOpen(org.eclipse.jetty.websocket.api.Session opened) {
        jetty = opened;
        session = sessions.apply(this);
        opened.demand();
    }

    @Override
    public void onWebSocketText(String message) {
        Session current = session;
        if (current != null) {
            current.text(message);
        }
        demand();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
        Session current = session;
        if (current != null) {
            current.binary(bytes);
        }
        callback.succeed();
        demand();
    }

    private void demand() {
        org.eclipse.jetty.websocket.api.Session open = jetty;
        if (open != null && open.isOpen()) {
            open.demand();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // Jetty then calls onWebSocketClose, whose code tells whether the call has ended.
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        leave(code < ABNORMAL);
        callback.succeed();
    }

    private synchronized void leave(boolean inOrder) {
        if (!left) {
            left = true;
            gone.run();
            Session current = session;
            if (current != null) {
                current.closed(inOrder);
            }
        }
    }

    @Override
    public void send(String message) {
        org.eclipse.jetty.websocket.api.Session open = jetty;
        if (open != null) {
            open.sendText(message, Callback.NOOP);
        }
    }

    @Override
    public void send(ByteBuffer bytes) {
        org.eclipse.jetty.websocket.api.Session open = jetty;
        if (open != null) {
            open.sendBinary(bytes, Callback.NOOP);
        }
    }

    @Override
    public void close(int code, String reason) {
        org.eclipse.jetty.websocket.api.Session open = jetty;
        if (open != null) {
            // A close frame holds at most 123 bytes of reason.
            open.close(
                    code,
                    reason.length() > REASON_MAX_CHARS ? reason.substring(0, REASON_MAX_CHARS) : reason,
                    Callback.NOOP);
        }
    }
}
