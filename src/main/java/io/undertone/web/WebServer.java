package io.undertone.web;

import io.undertone.web.Exchange.BadRequestException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: finds the route, asks for the token, adds the headers that every answer carries. HTTP/1.1 without TLS; a proxy in
 * front adds that.
 */
final class WebServer implements AutoCloseable {
    /**
     * What a browser may do with the page: use what this server sends, and nothing else. Scripts and styles stand in files, so that no
     * text from a record can ever become one.
     */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS_MAX = 16;
    private static final int THREADS_MIN = 3;
    private static final int HEADER_MAX_BYTES = 8_192;
    private static final long IDLE_MS = 30_000;

    private final String host;
    private final List<Route> routes;
    private final TokenGuard tokens;
    private final HostGuard hosts;
    private final WebAsset login = WebAsset.read("login.html");
    private final Server server;
    private final ServerConnector connector;

    /**
     * Not listening yet.
     *
     * @param port 0: any free one
     * @param token empty: none is asked for
     * @param routes what is answered
     */
    WebServer(String host, int port, String token, List<Route> routes) {
        this.host = host;
        this.routes = List.copyOf(routes);
        this.tokens = new TokenGuard(token);
        this.hosts = new HostGuard(host, tokens.asksForToken());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
        threads.setName("undertone-web");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.setHandler(new Routing());
        // Streams are ended before; no other answer takes long enough to be waited for.
        server.setStopTimeout(0);
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_MAX_BYTES);
        // Call ids may hold slashes and percent signs. They are looked up in a map and never name a file.
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "CALL_IDS",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
                UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
        return http;
    }

    /** @throws WebStartException if the address cannot be listened on */
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new WebStartException(
                    "the page's address must be free and this machine's own: " + host + ":" + connector.getPort()
                            + "; set web.host and web.port to one that is (" + rootMessage(e) + ")",
                    e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    int port() {
        return connector.getLocalPort();
    }

    URI address() {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create("http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port() + "/");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the web server did not stop cleanly: {}", e.toString());
        }
    }

    private static void addHeaders(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        // Emotions of people: in no cache.
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    /** Finds who answers. */
    private final class Routing extends Handler.Abstract.NonBlocking {
        @Override
        public InvocationType getInvocationType() {
            return InvocationType.BLOCKING;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            addHeaders(response.getHeaders());
            Exchange plain = new Exchange(request, response, callback, Map.of());
            if (!hosts.lets(Request.getServerName(request))) {
                plain.error(403, "without web.token, the page answers to localhost and 127.0.0.1 only");
                return true;
            }
            if (!hosts.letsFrom(
                    request.getMethod(),
                    request.getHeaders().get("Origin"),
                    request.getHeaders().get("Host"))) {
                plain.error(403, "without web.token, only the page's own scripts and programs may send something");
                return true;
            }
            String path = request.getHttpURI().getPath();
            boolean pathKnown = false;
            for (Route route : routes) {
                Optional<Map<String, String>> inPath = match(route, path);
                if (inPath.isEmpty()) {
                    continue;
                }
                pathKnown = true;
                if (route.allows(request.getMethod())) {
                    answer(route, new Exchange(request, response, callback, inPath.get()));
                    return true;
                }
            }
            if (pathKnown) {
                plain.error(405, "this path does not answer " + request.getMethod());
            } else {
                plain.error(404, "no such path; /openapi.json describes those there are");
            }
            return true;
        }

        private Optional<Map<String, String>> match(Route route, String path) {
            try {
                return route.match(path);
            } catch (IllegalArgumentException e) {
                // A percent sign without two digits.
                return Optional.empty();
            }
        }

        private void answer(Route route, Exchange exchange) {
            try {
                if (route.open() || tokens.lets(exchange.request)) {
                    route.action().answer(exchange);
                } else if (route.template().equals("/")) {
                    exchange.answer(401, login.contentType(), login.bytes());
                } else {
                    exchange.response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"undertone\"");
                    exchange.error(401, "the token is missing or wrong; send web.token as Authorization: Bearer TOKEN");
                }
            } catch (BadRequestException e) {
                exchange.error(400, String.valueOf(e.getMessage()));
            } catch (IOException | RuntimeException e) {
                // The path may hold a call id, and those stay out of the log.
                LOG.warn("{} failed: {}", route.template(), e.toString(), e);
                exchange.error(500, "the request failed here; the log says why");
            }
        }
    }
}
