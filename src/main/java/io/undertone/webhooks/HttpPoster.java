package io.undertone.webhooks;

import io.undertone.config.WebhookReceiver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Posts by HTTP/1.1 to the receiver's address, which it resolves and checks itself: it connects to exactly the checked address, even if a later DNS
 * answer differs. The name is still sent in the header Host, and certificates are checked against it. No redirects, no
 * proxy, no cookies. Thread-safe.
 */
final class HttpPoster implements Poster {
    /** The JDK's system property that allows setting Host; read when its client is first used in a process. */
    private static final String HOST_SWITCH = "jdk.httpclient.allowRestrictedHeaders";

    private static final long MAX_RETRY_AFTER_S = 3_600;

    private final URI url;
    private final boolean tls;
    private final String host;
    private final Signature signature;
    private final AddressRule rule;
    private final Duration timeout;
    private final LongSupplier clockMs;
    private final HttpClient client;
    private final String agent;

    /** Resolves host names. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;

    /**
     * @param trust of this receiver only: a session of another receiver at the same address would be resumed without checking
     *     the certificate
     * @param executor of the client's own tasks
     * @param clockMs the time, epoch ms
     */
    HttpPoster(
            WebhookReceiver receiver,
            AddressRule rule,
            Duration timeout,
            SSLContext trust,
            Executor executor,
            Resolver resolver,
            LongSupplier clockMs) {
        this.url = receiver.url();
        this.tls = "https".equals(url.getScheme());
        this.host = bare(url.getHost());
        this.signature = new Signature(receiver.secrets());
        this.rule = rule;
        this.timeout = timeout;
        this.resolver = resolver;
        this.clockMs = clockMs;
        String version = HttpPoster.class.getPackage().getImplementationVersion();
        this.agent = "undertone" + (version == null ? "" : "/" + version);
        this.client = client(trust, executor);
        requireOwnHost();
    }

    /** Allows this process to set the header Host; to be called before any use of the JDK's client. */
    static void allowOwnHost() {
        String set = System.getProperty(HOST_SWITCH, "");
        if (!List.of(set.split(",")).contains("host")) {
            System.setProperty(HOST_SWITCH, set.isEmpty() ? "host" : set + ",host");
        }
    }

    private static void requireOwnHost() {
        try {
            HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).header("Host", "localhost");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Java must allow a header Host of one's own; start it with -D" + HOST_SWITCH + "=host", e);
        }
    }

    private HttpClient client(SSLContext trust, Executor executor) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .sslContext(trust)
                .executor(executor);
        if (tls && !isLiteral()) {
            SSLParameters parameters = new SSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            builder.sslParameters(parameters);
        }
        return builder.build();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private boolean isLiteral() {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    @Override
    public Outcome post(Message message, int failures) {
        InetAddress address;
        try {
            InetAddress[] addresses = resolver.resolve(host);
            for (InetAddress each : addresses) {
                Optional<String> refusal = rule.refusal(each, tls);
                if (refusal.isPresent()) {
                    return Outcome.failed("address", refusal.get());
                }
            }
            address = addresses[failures % addresses.length];
        } catch (UnknownHostException e) {
            return Outcome.failed("name", "its host is not known to the name service");
        }
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request(message, address), answered -> new ShortAnswer());
        try {
            return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return late();
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("stopped", "the process stops");
        } finally {
            // Cancels a post that hangs.
            answer.cancel(true);
        }
    }

    private HttpRequest request(Message message, InetAddress address) {
        long timestamp = clockMs.getAsLong() / 1_000;
        String named = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return HttpRequest.newBuilder(at(address))
                .timeout(timeout)
                .header("Host", named)
                .header("User-Agent", agent)
                .header("Content-Type", "application/json")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature.of(message.id(), timestamp, message.body()))
                .POST(BodyPublishers.ofString(message.body()))
                .build();
    }

    /** The URL with an address in place of the name. */
    private URI at(InetAddress address) {
        String literal = address.getHostAddress();
        int scope = literal.indexOf('%');
        String plain = scope < 0 ? literal : literal.substring(0, scope);
        String shown = plain.contains(":") ? "[" + plain + "]" : plain;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        try {
            return new URI(url.getScheme() + "://" + shown + port + path + query);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URL stays one with another host", e);
        }
    }

    private static Outcome outcome(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return Outcome.delivered();
        }
        if (status == 410) {
            return new Outcome(Outcome.Result.GONE, "gone", "it answered 410 Gone: the receiver no longer exists", 0);
        }
        if (status >= 300 && status < 400) {
            return Outcome.failed("redirect", "it answered " + status + ": redirects are not followed");
        }
        return new Outcome(Outcome.Result.FAILED, "status", "it answered " + status, retryAfterMs(answer));
    }

    /** The header Retry-After of 429 and 503, at most an hour. */
    private static long retryAfterMs(HttpResponse<Void> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,9}") ? Math.min(Long.parseLong(seconds), MAX_RETRY_AFTER_S) * 1_000 : 0;
    }

    private Outcome failed(Throwable failure) {
        if (failure instanceof HttpTimeoutException) {
            return late();
        }
        if (failure instanceof ConnectException) {
            return Outcome.failed("connection", "it takes no connection");
        }
        if (failure instanceof SSLException) {
            return Outcome.failed("tls", "TLS with it failed: " + failure.getMessage());
        }
        return failure instanceof IOException
                ? Outcome.failed("connection", "the connection broke off")
                : Outcome.failed("fault", failure.getClass().getSimpleName());
    }

    private Outcome late() {
        return Outcome.failed("timeout", "it did not answer within " + timeout.toMillis() + " ms");
    }
}
