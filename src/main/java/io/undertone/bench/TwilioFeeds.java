package io.undertone.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends legs to a gateway as Twilio's streams. A few threads serve all connections. */
final class TwilioFeeds implements LegFeed.Factory, AutoCloseable {
    private static final int THREADS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "bench-twilio");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();
    private final URI gateway;
    private final String authToken;

    /**
     * @param gateway such as {@code ws://127.0.0.1:8091}
     * @param authToken signs connections; empty: unsigned
     */
    TwilioFeeds(URI gateway, String authToken) {
        this.gateway = gateway;
        this.authToken = authToken;
    }

    @Override
    public LegFeed open(String callId, int sampleRateHz, long beginMs) {
        return new TwilioFeed(client, gateway, authToken, callId, sampleRateHz);
    }

    /** To be called after the feeds have ended. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
