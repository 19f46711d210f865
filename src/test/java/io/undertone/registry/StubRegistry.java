package io.undertone.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** The part of Confluent's HTTP interface that Undertone uses, as its documentation describes it, in memory and on loopback. */
public final class StubRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Method and path of each request. */
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** The header Authorization of each request; null where it had none. */
    final List<String> authorizations = new ArrayList<>();
    /** So many requests are answered with 503 before all is well. */
    int failuresFirst;

    /** Under which key a subject's rule is told, and a schema's number. */
    String ruleKey = "compatibilityLevel";

    String idKey = "id";

    /** The rule of subjects that have none of their own; null: it may not be seen. */
    String generalRule = "BACKWARD";

    /** Whether it takes no changes. */
    boolean readOnly;

    private volatile boolean down;
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final Map<String, String> rules = new HashMap<>();

    private StubRegistry(HttpServer server, String scheme) throws IOException {
        this.server = server;
        this.scheme = scheme;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public static StubRegistry start() throws IOException {
        return new StubRegistry(HttpServer.create(), "http");
    }

    /** Behind TLS. */
    static StubRegistry startTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new StubRegistry(server, "https");
    }

    /** Whether it closes each connection without an answer, as one that is gone does. */
    public void down(boolean now) {
        down = now;
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void rule(String subject, String level) {
        rules.put(subject, level);
    }

    synchronized String rule(String subject) {
        return rules.get(subject);
    }

    /** Puts a schema there as another program might, and gives its number. */
    public synchronized int put(String subject, String schema) {
        schemas.add(schema);
        subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(schemas.size());
        return schemas.size();
    }

    /** The newest schema of a subject. */
    public synchronized String newest(String subject) {
        List<Integer> ids = subjects.get(subject);
        return schemas.get(ids.get(ids.size() - 1) - 1);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        if (down) {
            exchange.close();
            return;
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        requests.add(method + " " + path);
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (failuresFirst > 0) {
            failuresFirst--;
            reply(exchange, 503, error(50302, "not the leader"));
            return;
        }
        if (readOnly && (method.equals("PUT") || path.endsWith("/versions"))) {
            reply(exchange, 422, error(42205, "Subject " + path.split("/")[2] + " is in read-only mode"));
            return;
        }
        JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        String[] parts = path.substring(1).split("/");
        if (path.matches("/schemas/ids/[0-9]+")) {
            int id = Integer.parseInt(parts[2]);
            boolean known = id >= 1 && id <= schemas.size();
            reply(
                    exchange,
                    known ? 200 : 404,
                    known
                            ? JSON.createObjectNode().put("schema", schemas.get(id - 1))
                            : error(40403, "Schema not found"));
        } else if (path.matches("/subjects/[^/]+") && method.equals("POST")) {
            lookUp(exchange, parts[1], json);
        } else if (path.matches("/subjects/[^/]+/versions") && method.equals("POST")) {
            register(exchange, parts[1], json.get("schema").asText());
        } else if (path.matches("/compatibility/subjects/[^/]+/versions/latest")) {
            compatible(exchange, parts[2], json.get("schema").asText());
        } else if (path.equals("/config")) {
            reply(
                    exchange,
                    generalRule == null ? 403 : 200,
                    generalRule == null
                            ? error(40301, "User is denied operation READ_COMPATIBILITY")
                            : JSON.createObjectNode().put(ruleKey, generalRule));
        } else if (path.matches("/config/[^/]+")) {
            config(exchange, method, parts[1], json);
        } else {
            reply(exchange, 404, error(404, "HTTP 404 Not Found"));
        }
    }

    private void lookUp(HttpExchange exchange, String subject, JsonNode json) throws IOException {
        if (!subjects.containsKey(subject)) {
            reply(exchange, 404, error(40401, "Subject not found"));
            return;
        }
        int id = idOf(subject, json.get("schema").asText());
        ObjectNode found = JSON.createObjectNode().put("subject", subject).put(idKey, id);
        reply(exchange, id > 0 ? 200 : 404, id > 0 ? found : error(40403, "Schema not found"));
    }

    private void register(HttpExchange exchange, String subject, String schema) throws IOException {
        int known = subjects.containsKey(subject) ? idOf(subject, schema) : 0;
        if (known == 0 && !conflicts(subject, schema).isEmpty()) {
            reply(exchange, 409, error(409, "Schema being registered is incompatible with an earlier schema"));
            return;
        }
        reply(exchange, 200, JSON.createObjectNode().put("id", known > 0 ? known : put(subject, schema)));
    }

    private void compatible(HttpExchange exchange, String subject, String schema) throws IOException {
        if (!subjects.containsKey(subject)) {
            reply(exchange, 404, error(40401, "Subject not found"));
            return;
        }
        String conflicts = conflicts(subject, schema);
        ObjectNode json = JSON.createObjectNode().put("is_compatible", conflicts.isEmpty());
        if (!conflicts.isEmpty()) {
            json.putArray("messages").add(conflicts);
        }
        reply(exchange, 200, json);
    }

    private String conflicts(String subject, String schema) {
        if (!subjects.containsKey(subject) || "NONE".equals(rules.get(subject))) {
            return "";
        }
        var result = SchemaCompatibility.checkReaderWriterCompatibility(
                new Schema.Parser().parse(schema), new Schema.Parser().parse(newest(subject)));
        return result.getType() == SchemaCompatibilityType.COMPATIBLE
                ? ""
                : result.getResult().getIncompatibilities().get(0).toString();
    }

    private void config(HttpExchange exchange, String method, String subject, JsonNode json) throws IOException {
        if (method.equals("PUT")) {
            rules.put(subject, json.get("compatibility").asText());
            reply(exchange, 200, json);
        } else if (rules.containsKey(subject)) {
            reply(exchange, 200, JSON.createObjectNode().put(ruleKey, rules.get(subject)));
        } else {
            reply(exchange, 404, error(40408, "Subject does not have subject-level compatibility configured"));
        }
    }

    private int idOf(String subject, String schema) {
        Schema wanted = new Schema.Parser().parse(schema);
        return subjects.get(subject).stream()
                .filter(id -> new Schema.Parser().parse(schemas.get(id - 1)).equals(wanted))
                .findFirst()
                .orElse(0);
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    private static void reply(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
