package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.undertone.config.IpNetwork;
import io.undertone.config.PemTrust;
import io.undertone.config.WebhookKind;
import io.undertone.config.WebhookReceiver;
import io.undertone.registry.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts to a receiver on loopback. */
class HttpPosterTest {
    private static final String SECRET = "whsec_" + "c".repeat(32);
    private static final AddressRule LOOPBACK = new AddressRule(List.of(IpNetwork.parse("127.0.0.0/8")));
    private static final Message MESSAGE =
            new Message("msg_1", "call-1", "{\"type\":\"call.alert\",\"data\":{\"ä\":1}}", 5);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long NOW_MS = 1_795_835_203_171L;

    private final List<Headers> heads = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = start(HttpServer.create());
    }

    private HttpServer start(HttpServer created) throws IOException {
        created.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        created.setExecutor(threads);
        created.start();
        return created;
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(String path, HttpHandler then) {
        server.createContext(path, exchange -> {
            heads.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            then.handle(exchange);
        });
    }

    private static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static HttpPoster poster(
            String url, AddressRule rule, Duration timeout, SSLContext trust, HttpPoster.Resolver resolver) {
        HttpPoster.allowOwnHost();
        WebhookReceiver receiver =
                new WebhookReceiver("crm", Set.of(WebhookKind.ALERTS), URI.create(url), List.of(SECRET));
        return new HttpPoster(receiver, rule, timeout, trust, Runnable::run, resolver, () -> NOW_MS);
    }

    private static Outcome post(String url) {
        return poster(url, LOOPBACK, LONG, PemTrust.ofJava(), InetAddress::getAllByName)
                .post(MESSAGE, 0);
    }

    @Test
    void shouldPostAsStandardWebhooksDo() {
        answer("/hook", status(204));

        assertThat(post(url("/hook?x=1"))).isEqualTo(Outcome.delivered());

        assertThat(bodies).containsExactly(MESSAGE.body());
        Headers head = heads.get(0);
        assertThat(head.getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(head.getFirst("webhook-id")).isEqualTo("msg_1");
        assertThat(head.getFirst("webhook-timestamp")).isEqualTo("1795835203");
        assertThat(head.getFirst("webhook-signature"))
                .isEqualTo(new Signature(List.of(SECRET)).of("msg_1", 1_795_835_203, MESSAGE.body()));
        assertThat(head.getFirst("User-Agent")).startsWith("undertone");
        assertThat(head.getFirst("Host"))
                .isEqualTo("127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void shouldSayWhatFollowsFromAnAnswer() {
        answer("/busy", status(429, "Retry-After", "120"));
        answer("/long", status(503, "Retry-After", "999999"));
        answer("/odd", status(503, "Retry-After", "tomorrow"));
        answer("/gone", status(410));
        answer("/moved", status(308, "Location", url("/elsewhere")));
        answer("/elsewhere", status(204));

        assertThat(post(url("/busy")))
                .isEqualTo(new Outcome(Outcome.Result.FAILED, "status", "it answered 429", 120_000));
        assertThat(post(url("/long")).retryAfterMs()).isEqualTo(3_600_000);
        assertThat(post(url("/odd")).retryAfterMs()).isZero();
        assertThat(post(url("/gone")).result()).isEqualTo(Outcome.Result.GONE);
        assertThat(post(url("/moved")).cause()).isEqualTo("redirect");
        assertThat(heads).as("a redirect is not followed").hasSize(5);
    }

    @Test
    void shouldFailWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(post("http://127.0.0.1:" + port + "/").cause()).isEqualTo("connection");
    }

    @Test
    void shouldLetGoOfAReceiverThatHangsBeforeOrWithinItsAnswer() {
        answer("/hangs", exchange -> await());
        answer("/trickles", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            await();
        });
        for (String path : List.of("/hangs", "/trickles")) {
            Outcome outcome = poster(
                            url(path), LOOPBACK, Duration.ofMillis(300), PemTrust.ofJava(), InetAddress::getAllByName)
                    .post(MESSAGE, 0);
            assertThat(outcome).isEqualTo(Outcome.failed("timeout", "it did not answer within 300 ms"));
        }
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotReadAnAnswerWithoutEnd() {
        answer("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[65_536];
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(much);
            }
        });

        assertThat(post(url("/endless"))).isEqualTo(Outcome.delivered());
    }

    @Test
    void shouldConnectToNothingThatIsRefused() {
        answer("/", status(204));
        String port = ":" + server.getAddress().getPort() + "/";
        AddressRule strict = new AddressRule(List.of());

        for (String url : List.of("http://127.0.0.1" + port, "https://127.0.0.1" + port, "http://localhost" + port)) {
            assertThat(poster(url, strict, LONG, PemTrust.ofJava(), InetAddress::getAllByName)
                            .post(MESSAGE, 0)
                            .cause())
                    .isEqualTo("address");
        }
        // One bad address among good ones is enough: which one is connected to is chance.
        HttpPoster.Resolver two = host -> new InetAddress[] {
            InetAddress.getByAddress(host, new byte[] {1, 1, 1, 1}),
            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})
        };
        assertThat(poster("https://receiver.example" + port, strict, LONG, PemTrust.ofJava(), two)
                        .post(MESSAGE, 0)
                        .cause())
                .isEqualTo("address");
        assertThat(heads).isEmpty();
    }

    /** A name that leads to a good address when it is asked first, and inside when it is asked again. */
    @Test
    void shouldConnectToTheAddressThatItChecked() {
        answer("/", status(204));
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpPoster.Resolver rebinding = host -> {
            asked.add(host);
            if (asked.size() > 1) {
                throw new UnknownHostException("asked twice");
            }
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
        };
        String url = "http://receiver.example:" + server.getAddress().getPort() + "/";

        assertThat(poster(url, LOOPBACK, LONG, PemTrust.ofJava(), rebinding).post(MESSAGE, 0))
                .isEqualTo(Outcome.delivered());
        assertThat(asked).containsExactly("receiver.example");
        assertThat(heads.get(0).getFirst("Host"))
                .isEqualTo("receiver.example:" + server.getAddress().getPort());
    }

    @Test
    void shouldSayThatAHostIsNotKnown() {
        HttpPoster.Resolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(poster("https://receiver.example/", LOOPBACK, LONG, PemTrust.ofJava(), nobody)
                        .post(MESSAGE, 0)
                        .cause())
                .isEqualTo("name");
    }

    @Test
    void shouldHoldACertificateToTheNameThoughItConnectsToAnAddress(@TempDir Path folder) throws Exception {
        SelfSigned own = SelfSigned.make(folder, "own", "receiver.example");
        HttpsServer secure = HttpsServer.create();
        secure.setHttpsConfigurator(new HttpsConfigurator(own.server()));
        start(secure);
        secure.createContext("/", HttpPosterTest::ok);
        HttpPoster.Resolver here =
                host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
        String port = ":" + secure.getAddress().getPort() + "/";
        try {
            assertThat(poster("https://receiver.example" + port, LOOPBACK, LONG, trust(own), here)
                            .post(MESSAGE, 0))
                    .isEqualTo(Outcome.delivered());
            assertThat(poster("https://another.example" + port, LOOPBACK, LONG, trust(own), here)
                            .post(MESSAGE, 0)
                            .cause())
                    .isEqualTo("tls");
            assertThat(poster("https://receiver.example" + port, LOOPBACK, LONG, PemTrust.ofJava(), here)
                            .post(MESSAGE, 0)
                            .cause())
                    .as("without trust in its certificate")
                    .isEqualTo("tls");
        } finally {
            secure.stop(0);
        }
    }

    private static SSLContext trust(SelfSigned signed) {
        return PemTrust.of(
                "webhooks.ssl.truststore.location", signed.certificate().toString());
    }

    private static void ok(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
