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
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int NORMAL = 1_000;

    /** Maximum messages in flight. */
    private static final int PENDING_MAX = 256;

    private final WebSocket socket;
    private final Ear ear;
    private CompletableFuture<WebSocket> sent;
    private int pending;

    private WebSocketLine(WebSocket socket, Ear ear) {
        this.socket = socket;
        this.ear = ear;
        this.sent = CompletableFuture.completedFuture(socket);
    }

    /**
     * Connects.
     *
     * @param headers of the handshake
     * @param subprotocols that are offered
     * @throws CallerException where the gateway does not let it
     */
    public static WebSocketLine connect(
            HttpClient client, URI address, Map<String, String> headers, List<String> subprotocols) {
        Ear ear = new Ear();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        try {
            return new WebSocketLine(builder.buildAsync(address, ear).join(), ear);
        } catch (CompletionException e) {
            throw new CallerException("the gateway does not let a caller connect: " + e.getCause(), e);
        }
    }

    /**
     * Sends a message after those before it, and does not wait until it is gone, unless many are on their way.
     *
     * @throws CallerException where the connection is gone
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

    /** The next text message; null: none came in time. */
    public @Nullable String receive(Duration patience) throws InterruptedException {
        return ear.messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The code that the gateway closes with, once it does. */
    public CompletableFuture<Integer> closed() {
        return ear.closed;
    }

    /** Closes it in order, and waits until the gateway has as well. */
    @Override
    public void close() {
        if (isOpen()) {
            then(open -> open.sendClose(NORMAL, ""));
            flush();
        }
        ear.closed
                .completeOnTimeout(NORMAL, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Is gone without a word. */
    public void abort() {
        socket.abort();
    }

    /** Stores received messages. */
    private static final class Ear implements WebSocket.Listener {
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
