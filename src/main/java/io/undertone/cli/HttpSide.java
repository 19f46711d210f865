package io.undertone.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.metrics.JvmMetrics;
import io.undertone.model.EmotionModel;
import io.undertone.topology.UndertoneStreams;
import io.undertone.web.Health;
import io.undertone.web.HealthProbes;
import io.undertone.web.WebStage;
import io.undertone.web.WebStartException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the process' health and metrics over HTTP, and the page where it runs the stage {@code web}. Listens before the stages start, so
 * that an orchestrator can watch them. Thread-safe.
 */
final class HttpSide implements AutoCloseable {
    private static final Set<Stage> BESIDES = EnumSet.of(Stage.GATEWAY, Stage.WEBHOOKS);

    private static final Logger LOG = LoggerFactory.getLogger(HttpSide.class);
    private static final int PORTS_TRIED = 20;

    private final UndertoneStreams streams;
    /** The stages in this process other than the streams. */
    private final Set<Stage> expected = EnumSet.noneOf(Stage.class);

    private final Map<Stage, Beside> besides = new ConcurrentHashMap<>();
    private final WebStage stage;
    private final JvmMetrics jvm;
    /** While the streams are starting, their state is not queried: that would block until the model is warmed up. */
    private volatile boolean launched;

    private volatile boolean everReady;

    private HttpSide(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            UndertoneStreams streams,
            @Nullable EmotionModel model,
            Consumer<String> say) {
        this.streams = streams;
        config.stages().stream().filter(BESIDES::contains).forEach(expected::add);
        this.jvm = JvmMetrics.bindTo(registry);
        HealthProbes probes = new HealthProbes(this::started, this::live, this::ready);
        this.stage = open(config, registry, probes, model, say);
    }

    /**
     * Starts listening.
     *
     * @param streams not started yet
     * @param model classifies recordings sent to the page; null: none
     * @param say receives the port used instead where there is no page and {@code web.port} was taken
     * @throws WebStartException if the address cannot be listened on
     */
    static HttpSide open(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            UndertoneStreams streams,
            @Nullable EmotionModel model,
            Consumer<String> say) {
        return new HttpSide(config, registry, streams, model, say);
    }

    private static WebStage open(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            HealthProbes probes,
            @Nullable EmotionModel model,
            Consumer<String> say) {
        try {
            return WebStage.start(config, registry, probes, model);
        } catch (WebStartException e) {
            if (config.stages().contains(Stage.WEB)) {
                throw e;
            }
            return onNextFreePort(config, registry, probes, say, e);
        }
    }

    /** With several processes on one machine, the first gets the configured port and the others the next free ones. */
    private static WebStage onNextFreePort(
            UndertoneConfig config,
            PrometheusMeterRegistry registry,
            HealthProbes probes,
            Consumer<String> say,
            WebStartException taken) {
        for (int port = config.webPort() + 1; port <= Math.min(65_535, config.webPort() + PORTS_TRIED); port++) {
            try {
                WebStage stage = WebStage.start(config, registry, probes, port);
                say.accept("port " + config.webPort() + " is taken, so that health and metrics are at port " + port
                        + "; web.port sets another");
                return stage;
            } catch (WebStartException e) {
                LOG.debug("port {} is taken too", port, e);
            }
        }
        throw taken;
    }

    /** To be called once the streams have been started. */
    void launched() {
        launched = true;
    }

    /**
     * Adds a stage other than the streams, whose health counts for the process.
     *
     * @param state its state in a few words
     */
    void beside(Stage runs, Supplier<String> state, BooleanSupplier ready) {
        besides.put(runs, new Beside(state, ready));
    }

    private record Beside(Supplier<String> state, BooleanSupplier ready) {}

    /** Its address. */
    String address() {
        return stage.address().toString();
    }

    private Health started() {
        everReady =
                everReady || (launched && streams.isReady() && besides.keySet().containsAll(expected));
        return health(everReady);
    }

    private Health live() {
        return health(!launched || streams.isHealthy());
    }

    private Health ready() {
        return health(launched && streams.isReady() && areBesidesReady());
    }

    /** A gateway without Kafka is alive, since its calls continue, but not ready. */
    private boolean areBesidesReady() {
        return besides.keySet().containsAll(expected)
                && besides.values().stream().allMatch(beside -> beside.ready().getAsBoolean());
    }

    private Health health(boolean up) {
        if (!launched) {
            return new Health(up, Map.of("streams", "starting"));
        }
        Map<String, String> states = streams.states().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().configName(),
                        entry -> entry.getValue().toLowerCase(Locale.ROOT),
                        (a, b) -> a,
                        java.util.TreeMap::new));
        besides.forEach(
                (runs, beside) -> states.put(runs.configName(), beside.state().get()));
        return new Health(up, states);
    }

    @Override
    public void close() {
        stage.close();
        jvm.close();
    }
}
