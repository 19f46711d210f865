package io.undertone.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.model.EmotionModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process shows by HTTP: its health and metrics always, the live page with its interface where it runs the stage
 * {@code web}. Listens from {@link #start} to {@link #close}. Thread-safe.
 */
public final class WebStage implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final WebServer server;
    private final @Nullable LivePage page;

    private WebStage(WebServer server, @Nullable LivePage page) {
        this.server = server;
        this.page = page;
    }

    /**
     * Begins to listen at {@code web.host} and {@code web.port}.
     *
     * @param registry what {@code /metrics} shows
     * @param probes what the process' other stages say of their health
     * @param model judges recordings that are sent, where the configuration allows it; null: there is none. Stays its opener's
     * @throws WebStartException if that address cannot be listened on
     */
    public static WebStage start(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            HealthProbes probes,
            @Nullable EmotionModel model) {
        LivePage page = config.stages().contains(Stage.WEB)
                ? LivePage.of(config, registry, System::currentTimeMillis, model)
                : null;
        return startWith(config, registry, probes, page);
    }

    /** The same without a page at another port than {@code web.port}. */
    public static WebStage start(
            UndertoneConfig config, PrometheusMeterRegistry registry, HealthProbes probes, int port) {
        return start(config, registry, probes, null, port);
    }

    /** The same with a page that is given; null: none. */
    static WebStage startWith(
            UndertoneConfig config, PrometheusMeterRegistry registry, HealthProbes probes, @Nullable LivePage page) {
        return start(config, registry, probes, page, config.webPort());
    }

    private static WebStage start(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            HealthProbes probes,
            @Nullable LivePage page,
            int port) {
        WebServer server = new WebServer(
                config.webHost(),
                port,
                config.webToken(),
                routes(registry, probes, page, new TokenGuard(config.webToken())));
        server.start();
        if (page != null) {
            page.start();
        }
        return new WebStage(server, page);
    }

    /** Everything that is answered. */
    static List<Route> routes(
            PrometheusMeterRegistry registry, HealthProbes probes, @Nullable LivePage page, TokenGuard tokens) {
        HealthProbes all = page == null ? probes : page.with(probes);
        List<Route> routes = new ArrayList<>();
        routes.add(health("/health/started", all.started()));
        routes.add(health("/health/live", all.live()));
        routes.add(health("/health/ready", all.ready()));
        routes.add(Route.get("/metrics", exchange -> metrics(registry, exchange)));
        if (page != null) {
            routes.addAll(page.routes(tokens));
        }
        return routes;
    }

    /** Open to everyone: probes carry no token, and the answer names no call. */
    private static Route health(String path, Supplier<Health> probe) {
        return Route.get(path, exchange -> {
                    Health health = probe.get();
                    exchange.json(health.up() ? 200 : 503, LiveJson.health(health));
                })
                .opened();
    }

    private static void metrics(PrometheusMeterRegistry registry, Exchange exchange) throws IOException {
        String accept = exchange.header("Accept");
        String type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PROMETHEUS_TYPE;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        registry.scrape(text, type);
        exchange.answer(200, type, text.toByteArray());
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Where a browser on this machine finds the page: {@code http://127.0.0.1:8080/}. */
    public URI address() {
        return server.address();
    }

    /** Ends all answers and stops listening. */
    @Override
    public void close() {
        if (page != null) {
            page.close();
        }
        server.close();
    }
}
