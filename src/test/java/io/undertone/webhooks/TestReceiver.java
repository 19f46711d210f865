package io.undertone.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Takes posts on loopback, at {@code /hang} without ever answering. */
final class TestReceiver implements AutoCloseable {
    /** What was taken at {@code /good}, in the order of arrival, repeats included. */
    final List<Post> taken = new CopyOnWriteArrayList<>();

    /** Posts that hang. */
    final List<String> hanging = new CopyOnWriteArrayList<>();

    /** The status for a post's data; 204 takes it. */
    volatile Function<JsonNode, Integer> status = data -> 204;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    record Post(String id, String type, String callId, String key, boolean signed) {}

    TestReceiver(String secret) throws IOException {
        Signature signature = new Signature(List.of(secret));
        server.setExecutor(threads);
        server.createContext("/good", exchange -> good(exchange, signature));
        server.createContext("/hang", exchange -> {
            hanging.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private void good(HttpExchange exchange, Signature signature) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        long timestamp = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
        boolean signed = signature
                .of(id, timestamp, body)
                .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        JsonNode message = new ObjectMapper().readTree(body);
        JsonNode data = message.path("data");
        int answer = status.apply(data);
        if (answer == 204) {
            taken.add(new Post(
                    id,
                    message.path("type").asText(),
                    data.path("callId").asText(),
                    data.path("alertId").asText("summary"),
                    signed));
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What was taken of each call, repeats left out. */
    Map<String, List<String>> byCall() {
        Map<String, List<String>> calls = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Post post : taken) {
            if (seen.add(post.id())) {
                calls.computeIfAbsent(post.callId(), id -> new ArrayList<>()).add(post.key());
            }
        }
        return calls;
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
