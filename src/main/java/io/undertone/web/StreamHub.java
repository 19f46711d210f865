package io.undertone.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends changes to every open page, at most four times per second: one message per tick, for any number of events. Ids are {@code
 * epoch-version}; a page that reconnects with one gets what it missed, or everything if the process is another.
 */
final class StreamHub implements AutoCloseable {
    /** Maximum open pages. */
    static final int SUBSCRIBERS_MAX = 200;

    /** Windows of each leg sent to a page when it opens: three minutes, which is what its band shows. */
    static final int WINDOWS_PER_LEG = 180;

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);
    private static final long TICK_MS = 250;
    private static final long HEARTBEAT_MS = 10_000;
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveCalls calls;
    private final LongSupplier clockMs;
    private final String epoch;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "undertone-web-stream");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Future<?> ticks;

    /**
     * A hub without pages.
     *
     * @param clockMs the time, epoch ms
     * @param epoch distinguishes this process from earlier ones
     */
    StreamHub(LiveCalls calls, LongSupplier clockMs, String epoch) {
        this.calls = calls;
        this.clockMs = clockMs;
        this.epoch = epoch;
    }

    void start() {
        ticks = ticker.scheduleWithFixedDelay(this::safeTick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    int size() {
        return subscribers.size();
    }

    /** Opens a stream. */
    void open(Exchange exchange) {
        if (subscribers.size() >= SUBSCRIBERS_MAX) {
            exchange.error(503, "at most " + SUBSCRIBERS_MAX + " streams can be open; close one, or ask again later");
            return;
        }
        exchange.response.setStatus(200);
        exchange.response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        // Tells proxies not to buffer the stream, which would delay the page.
        exchange.response.getHeaders().put("X-Accel-Buffering", "no");
        Subscriber subscriber = new Subscriber(
                exchange.response, exchange.callback, known(exchange.header("Last-Event-ID")), subscribers::remove);
        subscriber.sentAtMs = clockMs.getAsLong();
        exchange.request.addFailureListener(subscriber::fail);
        subscribers.add(subscriber);
        try {
            // The first message need not wait for the tick.
            ticker.execute(this::safeTick);
        } catch (RejectedExecutionException e) {
            // The process is ending: a page that opens now sees it by the end of its stream.
            subscriber.end();
        }
    }

    /** The version in an id that was given here; -1 for any other. */
    private long known(@Nullable String id) {
        String prefix = epoch + "-";
        if (id == null || !id.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(id.substring(prefix.length()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void safeTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            // A task that throws is never run again.
            LOG.warn("a message to the pages failed: {}", e.toString(), e);
        }
    }

    private void tick() {
        long now = clockMs.getAsLong();
        // Pages mostly know the same version, so that one message does for all.
        Map<Long, Message> messages = new HashMap<>();
        for (Subscriber subscriber : subscribers) {
            if (subscriber.isBusy()) {
                continue;
            }
            Message message = messages.computeIfAbsent(subscriber.known, this::message);
            if (message.bytes.length > 0) {
                subscriber.known = message.version;
                subscriber.sentAtMs = now;
                subscriber.send(message.bytes);
            } else if (now - subscriber.sentAtMs >= HEARTBEAT_MS) {
                subscriber.sentAtMs = now;
                subscriber.send(HEARTBEAT);
            }
        }
    }

    private Message message(long known) {
        Changes changes = calls.changesSince(known, WINDOWS_PER_LEG);
        if (changes.isEmpty()) {
            return new Message(known, new byte[0]);
        }
        String text = "event: " + (changes.whole() ? "state" : "change") + "\nid: " + epoch + "-" + changes.version()
                + "\ndata: " + LiveJson.changes(changes) + "\n\n";
        return new Message(changes.version(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        Future<?> ticking = ticks;
        if (ticking != null) {
            ticking.cancel(false);
        }
        ticker.shutdownNow();
        subscribers.forEach(Subscriber::end);
    }

    private static final class Message {
        final long version;
        final byte[] bytes;

        Message(long version, byte[] bytes) {
            this.version = version;
            this.bytes = bytes;
        }
    }
}
