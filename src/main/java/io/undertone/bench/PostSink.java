package io.undertone.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver of webhooks on loopback that accepts every post and only counts them. Thread-safe. */
public final class PostSink implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final ExecutorService pool;
    private final AtomicLong posts = new AtomicLong();

    private PostSink(HttpServer server, ExecutorService pool) {
        this.server = server;
        this.pool = pool;
    }

    /** Starts listening on any free port. */
    public static PostSink start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "undertone-bench-sink");
            thread.setDaemon(true);
            return thread;
        });
        PostSink sink = new PostSink(server, pool);
        server.setExecutor(pool);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                sink.posts.incrementAndGet();
                exchange.sendResponseHeaders(NO_CONTENT, -1);
            }
        });
        server.start();
        return sink;
    }

    /** Its URL. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Number of posts so far. */
    public long posts() {
        return posts.get();
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
