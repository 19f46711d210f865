package io.undertone.web;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.EmotionFeedback;
import io.undertone.config.UndertoneConfig;
import io.undertone.model.EmotionModel;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The page on a free port of this machine's loopback, with calls that a test adds, and no broker. */
final class OpenPage implements AutoCloseable {
    final LiveCalls calls = new LiveCalls(LiveCalls.Limits.DEFAULT, System::currentTimeMillis);
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final AtomicReference<Health> health = new AtomicReference<>(Health.up("features", "running"));
    final List<EmotionFeedback> feedback = new CopyOnWriteArrayList<>();
    private final WebStage stage;
    private final List<Route> routes;

    private OpenPage(Map<String, String> settings, @Nullable EmotionModel model, LongSupplier clockMs) {
        Map<String, String> given = new HashMap<>(settings);
        given.putIfAbsent("web.port", "0");
        UndertoneConfig config = new UndertoneConfig(given);
        HealthProbes probes = new HealthProbes(health::get, health::get, health::get);
        LivePage page = LivePage.of(
                config,
                calls,
                () -> {
                    throw new KafkaException("no broker in this test");
                },
                feedback::add,
                registry,
                clockMs,
                model);
        routes = WebStage.routes(registry, probes, page, new TokenGuard(config.webToken()));
        stage = WebStage.startWith(config, registry, probes, page);
    }

    static OpenPage open() {
        return new OpenPage(Map.of(), null, System::currentTimeMillis);
    }

    static OpenPage open(Map<String, String> settings) {
        return new OpenPage(settings, null, System::currentTimeMillis);
    }

    static OpenPage open(Map<String, String> settings, EmotionModel model) {
        return new OpenPage(settings, model, System::currentTimeMillis);
    }

    /** With a clock of the test's. */
    static OpenPage open(Map<String, String> settings, EmotionModel model, LongSupplier clockMs) {
        return new OpenPage(settings, model, clockMs);
    }

    URI at(String path) {
        return stage.address().resolve(path);
    }

    List<Route> routes() {
        return routes;
    }

    int port() {
        return stage.port();
    }

    @Override
    public void close() {
        stage.close();
    }
}
