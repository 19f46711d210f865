package io.undertone.web;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One open stream of server-sent events. At most one message is in flight, and none is queued: a slow page gets fewer, larger ones.
 * Thread-safe.
 */
final class Subscriber {
    private final Response response;
    private final Callback callback;
    private final Consumer<Subscriber> whenGone;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();
    /** The page's version after the message in flight arrives. Used only by the hub's thread. */
    long known;

    /** When the last message was sent, epoch ms. Only the hub's thread uses it. */
    long sentAtMs;

    Subscriber(Response response, Callback callback, long known, Consumer<Subscriber> whenGone) {
        this.response = response;
        this.callback = callback;
        this.known = known;
        this.whenGone = whenGone;
    }

    /** Whether the last message is still in flight. */
    boolean isBusy() {
        return busy.get();
    }

    /** Sends a message, unless the last one is still in flight. */
    void send(byte[] message) {
        if (gone.get() || !busy.compareAndSet(false, true)) {
            return;
        }
        response.write(false, ByteBuffer.wrap(message), Callback.from(() -> busy.set(false), this::fail));
    }

    void fail(Throwable why) {
        if (gone.compareAndSet(false, true)) {
            whenGone.accept(this);
            callback.failed(why);
        }
    }

    /** Ends the stream; the page opens another. */
    void end() {
        if (gone.compareAndSet(false, true)) {
            whenGone.accept(this);
            response.write(true, ByteBuffer.allocate(0), callback);
        }
    }
}
