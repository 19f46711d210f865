package io.undertone.caller;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A WebSocket of a caller: sends one message after another and stores received ones. Not thread-safe. */
public final class WebSocketLine implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int NORMAL = 1_000;

    /** Maximum messages in flight. */
    private static final int PENDING_MAX = 256;

    private final WebSocket socket;
    private final Listener listener;
    private CompletableFuture<WebSocket> sent;
    private int pending;

    private WebSocketLine(WebSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
        this.sent = CompletableFuture.completedFuture(socket);
    }

    /**
     * Connects.
     *
     * @param headers of the handshake
     * @param subprotocols to offer
     * @throws CallerException if the gateway refuses the connection
     */
    public static WebSocketLine connect(
            HttpClient client, URI address, Map<String, String> headers, List<String> subprotocols) {
        Listener listener = new Listener();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(TIMEOUT);
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        try {
            return new WebSocketLine(builder.buildAsync(address, listener).join(), listener);
        } catch (CompletionException e) {
            throw new CallerException("the gateway does not let a caller connect: " + e.getCause(), e);
        }
    }

    /**
     * Sends a message after the previous ones, without waiting until it is sent unless many are in flight.
     *
     * @throws CallerException if the connection is lost
     */
    public void send(String message) {
        sendPart(message, true);
    }

    /** Sends a piece of a message. */
    public void sendPart(String part, boolean last) {
        then(open -> open.sendText(part, last));
    }

    /** As {@link #send(String)}. */
    public void send(ByteBuffer bytes) {
        then(open -> open.sendBinary(bytes, true));
    }

    private void then(Function<WebSocket, CompletableFuture<WebSocket>> next) {
        sent = sent.thenCompose(next);
        if (++pending == PENDING_MAX || sent.isDone()) {
            flush();
        }
    }

    private void flush() {
        pending = 0;
        try {
            sent.join();
        } catch (CompletionException e) {
            throw new CallerException("the gateway has ended the connection: " + e.getCause(), e);
        }
    }

    /** Whether this side has not closed it. */
    public boolean isOpen() {
        return !socket.isOutputClosed();
    }

    /** The next text message; null if none arrives in time. */
    public @Nullable String receive(Duration timeout) throws InterruptedException {
        return listener.messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The gateway's close code, once it closes. */
    public CompletableFuture<Integer> closed() {
        return listener.closed;
    }

    /** Sends a close message and waits for the gateway's. */
    @Override
    public void close() {
        if (isOpen()) {
            then(open -> open.sendClose(NORMAL, ""));
            flush();
        }
        listener.closed
                .completeOnTimeout(NORMAL, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Drops the connection without a close message. */
    public void abort() {
        socket.abort();
    }

    /** Stores received messages. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
