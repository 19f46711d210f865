package io.undertone.gateway;

import io.undertone.EmotionEvent;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.GatewayMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's port: a WebSocket path for each platform that is on. HTTP/1.1 without TLS; a proxy in front adds that. Unauthorised clients
 * get 401, unknown paths 404, and connections beyond the limit 503.
 */
final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int THREADS_MAX = 24;
    private static final int THREADS_MIN = 4;
    private static final int HEADER_MAX_BYTES = 16_384;
    private static final long HANDSHAKE_IDLE_MS = 10_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final GatewaySettings settings;
    private final Calls calls;
    private final GatewayMetrics metrics;
    private final LongSupplier clockMs;
    private final CauseLog causes;
    private final Map<String, Entrance> entrances = new HashMap<>();
    private final Admission admission;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final Server server;
    private final ServerConnector connector;
    private final String host;
    private final @Nullable AudioSocketServer audioSocket;

    /** An enabled platform and its guard. */
    private record Entrance(Platform platform, Guard guard, Roles roles, SessionWatch watch) {}

    GatewayServer(UndertoneConfig config, Calls calls, GatewayMetrics metrics, LongSupplier clockMs) {
        this.settings = new GatewaySettings(config);
        this.calls = calls;
        this.metrics = metrics;
        this.clockMs = clockMs;
        this.causes = new CauseLog(LOG, clockMs);
        this.host = config.gateway().host();
        this.admission =
                new Admission(config.gateway().sessionsMax(), config.gateway().sessionsMaxPerAddress());
        settings.platforms()
                .forEach(platform -> entrances.put(platform.name(), entrance(platform, settings.guard(platform))));
        int audioSocketPort = config.gateway().audioSocketPort();
        this.audioSocket =
                audioSocketPort == 0 ? null : new AudioSocketServer(LOOPBACK, audioSocketPort, new AudioSocketEntry());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
        threads.setName("undertone-gateway");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_MAX_BYTES);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(config.gateway().port());
        connector.setIdleTimeout(HANDSHAKE_IDLE_MS);
        server.addConnector(connector);
        server.setHandler(new Entering(sockets(config)));
        server.setStopTimeout(0);
    }

    private Entrance entrance(Platform platform, Guard guard) {
        return new Entrance(
                platform, guard, settings.roles(platform), new SessionCounts(platform.name(), metrics, causes));
    }

    private ServerWebSocketContainer sockets(UndertoneConfig config) {
        ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
        sockets.setMaxTextMessageSize(config.gateway().messageMaxBytes());
        sockets.setMaxBinaryMessageSize(config.gateway().messageMaxBytes());
        sockets.setMaxFrameSize(config.gateway().messageMaxBytes());
        // Sessions enforce their own idle timeout; Jetty's is longer, so that it never cuts off a closing session.
        sockets.setIdleTimeout(Duration.ofMillis(config.gateway().idleMs() + 60_000));
        return sockets;
    }

    /** @throws GatewayStartException if the address cannot be listened on */
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            stopServer();
            throw new GatewayStartException(
                    "the gateway's address must be free and this machine's own: " + host + ":" + connector.getPort()
                            + "; set gateway.host and gateway.port to one that is",
                    e);
        }
        try {
            if (audioSocket != null) {
                audioSocket.start();
            }
        } catch (IOException e) {
            stopServer();
            throw new GatewayStartException("gateway.audiosocket.port must be free on " + LOOPBACK, e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    int sessions() {
        return admission.sessions();
    }

    /** Runs the periodic work of every session. */
    void tick() {
        sessions.forEach(Session::tick);
    }

    /** Passes an event to the Genesys sessions of its call. */
    void heard(EmotionEvent event) {
        for (Session session : sessions) {
            if (session.platform().name().equals("genesys")) {
                session.heard(event);
            }
        }
    }

    /** Asks all platforms to reconnect, and admits no new connections. */
    @Override
    public void close() {
        connector.setAccepting(false);
        sessions.forEach(Session::stop);
        if (audioSocket != null) {
            audioSocket.close();
        }
        stopServer();
    }

    private void stopServer() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the gateway's server did not stop cleanly: {}", e.toString());
        }
    }

    /** AudioSocket has no secret, so that only loopback comes in. */
    private final class AudioSocketEntry implements AudioSocketServer.Entry {
        private final Entrance entrance = entrance(Platforms.AUDIOSOCKET, Guard.open());

        @Override
        public Session enter(String address, Peer peer) throws RefusedException {
            try {
                admission.enter(address);
            } catch (RefusedException e) {
                entrance.watch().refused(e);
                throw e;
            }
            return open(entrance, Handshake.empty(), Guard.FirstMessage.FREE, peer);
        }

        @Override
        public void leave(String address) {
            admission.leave(address);
        }
    }

    /** Looks at who comes. */
    private final class Entering extends Handler.Abstract {
        private final ServerWebSocketContainer sockets;

        private Entering(ServerWebSocketContainer sockets) {
            this.sockets = sockets;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = String.valueOf(request.getHttpURI().getPath());
            int end = path.indexOf('/', 1);
            String name = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
            Entrance entrance = entrances.get(name);
            if (entrance == null) {
                metrics.refused("none", Refusal.NO_SUCH_PATH.label());
                answer(response, callback, 404);
                return true;
            }
            Handshake handshake = handshake(request, end < 0 ? "" : path.substring(end + 1));
            try {
                Guard.FirstMessage first = entrance.guard().admit(handshake);
                if (!"websocket".equalsIgnoreCase(handshake.header("upgrade"))) {
                    response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
                    answer(response, callback, 426);
                    return true;
                }
                String address = Request.getRemoteAddr(request);
                admission.enter(address);
                upgrade(entrance, handshake, first, address, request, response, callback);
            } catch (RefusedException e) {
                entrance.watch().refused(e);
                boolean unknown = e.refusal() == Refusal.UNAUTHORIZED;
                if (unknown) {
                    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"undertone\"");
                }
                answer(response, callback, unknown ? 401 : 503);
            }
            return true;
        }

        private void upgrade(
                Entrance entrance,
                Handshake handshake,
                Guard.FirstMessage first,
                String address,
                Request request,
                Response response,
                Callback callback) {
            Socket socket = new Socket(peer -> open(entrance, handshake, first, peer), () -> admission.leave(address));
            boolean upgraded = false;
            try {
                upgraded = sockets.upgrade(
                        (asked, answered, made) -> {
                            subprotocol(entrance.platform(), handshake, answered);
                            return socket;
                        },
                        request,
                        response,
                        callback);
            } finally {
                if (!upgraded) {
                    admission.leave(address);
                }
            }
            if (!upgraded) {
                answer(response, callback, 400);
            }
        }

        private void answer(Response response, Callback callback, int status) {
            response.setStatus(status);
            response.write(true, java.nio.ByteBuffer.allocate(0), callback);
        }
    }

    private Session open(Entrance entrance, Handshake handshake, Guard.FirstMessage first, Peer peer) {
        Platform platform = entrance.platform();
        Session session = new Session(
                platform,
                platform.decoder().apply(handshake, entrance.roles()),
                settings.rules(),
                calls,
                peer,
                first,
                entrance.watch(),
                clockMs,
                numbers.incrementAndGet());
        session.onOver(() -> {
            sessions.remove(session);
            metrics.closed(platform.name());
        });
        sessions.add(session);
        metrics.opened(platform.name());
        return session;
    }

    private static void subprotocol(Platform platform, Handshake handshake, ServerUpgradeResponse response) {
        handshake.subprotocols().stream()
                .filter(platform.subprotocols()::contains)
                .findFirst()
                .ifPresent(response::setAcceptedSubProtocol);
    }

    private static Handshake handshake(Request request, String rest) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            headers.merge(
                    field.getLowerCaseName(), value == null ? "" : value, (first, second) -> first + ", " + second);
        }
        return new Handshake(
                String.valueOf(request.getHttpURI().getPathQuery()), headers.getOrDefault("host", ""), rest, headers);
    }
}
