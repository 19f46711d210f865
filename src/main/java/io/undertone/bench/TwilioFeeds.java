package io.undertone.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets legs come in through a gateway as Twilio's streams. A few threads serve all of their connections. */
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
     * @param authToken what connections are signed with; empty: they are not
     */
    TwilioFeeds(URI gateway, String authToken) {
        this.gateway = gateway;
        this.authToken = authToken;
    }

    @Override
    public LegFeed open(String callId, int sampleRateHz, long beginMs) {
        return new TwilioFeed(client, gateway, authToken, callId, sampleRateHz);
    }

    /** Once the feeds have ended. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
