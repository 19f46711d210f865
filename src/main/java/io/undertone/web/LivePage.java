package io.undertone.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.model.EmotionModel;
import io.undertone.registry.RecordFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The stage {@code web}: reads the topics and serves the page and the HTTP interface. */
final class LivePage implements AutoCloseable {
    private static final List<String> FILES = List.of(
            "app.css",
            "app.js",
            "band.js",
            "calls.js",
            "detail.js",
            "feedback.js",
            "labels.js",
            "list.js",
            "recording.js",
            "text.js",
            "mood.js",
            "tiles.js",
            "timeline.js",
            "window.js",
            "login.js",
            "icon.svg",
            "openapi.json");

    private final StreamHub hub;
    private final CallsApi api;
    private final ClassifyApi classify;
    private final FeedbackApi feedback;
    private final FeedbackSink feedbackSink;
    private final EventFeed feed;

    private LivePage(
            StreamHub hub,
            CallsApi api,
            ClassifyApi classify,
            FeedbackApi feedback,
            FeedbackSink feedbackSink,
            EventFeed feed) {
        this.hub = hub;
        this.api = api;
        this.classify = classify;
        this.feedback = feedback;
        this.feedbackSink = feedbackSink;
        this.feed = feed;
    }

    /** The page for the configured topics. */
    static LivePage of(
            UndertoneConfig config, MeterRegistry registry, LongSupplier clockMs, @Nullable EmotionModel model) {
        LiveCalls calls = new LiveCalls(LiveCalls.Limits.DEFAULT, clockMs);
        return of(config, calls, () -> kafkaConsumer(config), new FeedbackWriter(config), registry, clockMs, model);
    }

    /** The same with the given calls, consumers and feedback sink; the sink is closed here. */
    static LivePage of(
            UndertoneConfig config,
            LiveCalls calls,
            Supplier<Consumer<byte[], byte[]>> consumers,
            FeedbackSink feedbackSink,
            MeterRegistry registry,
            LongSupplier clockMs,
            @Nullable EmotionModel model) {
        StreamHub hub =
                new StreamHub(calls, clockMs, UUID.randomUUID().toString().substring(0, 8));
        Counter skipped = Counter.builder("undertone.web.records.skipped")
                .description("Records on the page's topics that do not match their schema")
                .register(registry);
        Gauge.builder("undertone.web.streams", hub, StreamHub::size)
                .description("Open pages that get live updates")
                .register(registry);
        Gauge.builder("undertone.web.legs", calls, LiveCalls::live)
                .description("Live legs that the page shows")
                .register(registry);
        Gauge.builder("undertone.web.windows", calls, LiveCalls::windowsKept)
                .description("Windows that the page keeps")
                .register(registry);
        FunctionCounter.builder("undertone.web.legs.forgotten", calls, LiveCalls::liveForgotten)
                .description("Live legs that the page no longer shows because there are more than it can keep")
                .register(registry);
        EventFeed feed = new EventFeed(calls, config, RecordFormats.of(config), consumers, clockMs, skipped::increment);
        return new LivePage(
                hub,
                new CallsApi(calls, hub),
                new ClassifyApi(model, config, registry, clockMs),
                new FeedbackApi(calls, config.takesFeedback() ? feedbackSink : null, registry, clockMs),
                feedbackSink,
                feed);
    }

    private static Consumer<byte[], byte[]> kafkaConsumer(UndertoneConfig config) {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // If records were deleted before they were read, continue with new ones.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    List<Route> routes(TokenGuard tokens) {
        List<Route> routes = new ArrayList<>(api.routes());
        routes.addAll(classify.routes());
        routes.addAll(feedback.routes());
        WebAsset page = WebAsset.read("index.html");
        routes.add(Route.get("/", exchange -> exchange.asset(page)));
        for (String name : FILES) {
            WebAsset file = WebAsset.read(name);
            // The page that asks for the token needs them too, and they hold nothing of anyone.
            routes.add(Route.get("/" + name, exchange -> exchange.asset(file)).opened());
        }
        routes.add(Route.post("/login", exchange -> {
                    if (tokens.isToken(exchange.inForm("token"))) {
                        tokens.admit(exchange.response);
                        exchange.redirect("/");
                    } else {
                        exchange.redirect("/?wrong");
                    }
                })
                .opened());
        return routes;
    }

    /** A process with this page is ready once it has read what was there, and whenever it reads. */
    HealthProbes with(HealthProbes others) {
        return new HealthProbes(
                () -> others.started().get().and(started()),
                others.live(),
                () -> others.ready().get().and(feed.health()));
    }

    private Health started() {
        return feed.everCaughtUp() ? Health.up("web", "started") : Health.down("web", "reading what is there");
    }

    void start() {
        feed.start();
        hub.start();
    }

    @Override
    public void close() {
        hub.close();
        feed.close();
        feedbackSink.close();
    }
}
