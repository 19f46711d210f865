package io.undertone.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.Model;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleFolder;
import io.undertone.config.ConfigKeys;
import io.undertone.config.ConfigSources;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.gateway.GatewayStage;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Installation;
import io.undertone.model.LoadedModel;
import io.undertone.registry.RecordFormats;
import io.undertone.topology.UndertoneStreams;
import io.undertone.webhooks.WebhooksStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone serve}. */
@Command(
        name = "serve",
        description = {
            "Runs stages against a cluster, until Ctrl-C or SIGTERM.",
            "Start as many processes as you like: they share the work by partition.",
            "Exit code: 0 after Ctrl-C or SIGTERM (130 or 143 before it has reached Kafka), 1 if a stage stopped for good or"
                    + " the shutdown took more than 10 s."
        })
final class ServeCommand extends UndertoneSubcommand {
    private static final long LOOK_MS = 250;

    /** Together with {@link #LAST_WORDS} and the 1.5 s that a model waits for a batch, below the limit of the end guard. */
    private static final Duration PATIENCE = Duration.ofMillis(6_500);

    /** Time for the last messages after everything else has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    @Option(
            names = "--stages",
            paramLabel = "STAGE,...",
            description = "Stages to run in this process: any of gateway, features, inference, alerts, webhooks, web."
                    + " Default: stages.")
    private @Nullable String stages;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        ConfigSources sources = options.sources(surroundings().environment());
        if (stages != null) {
            sources.set(ConfigKeys.STAGES, stages);
        }
        UndertoneConfig config = LocalConfigOptions.load(sources, surroundings());
        checkKafka(config);
        // Until here a signal ended the process at once, since there was nothing to finish. From here on it is
        // caught, since exiting while a model is being opened would tear down ONNX Runtime under it.
        StopSignal stop = StopSignal.install(() -> EndGuard.start(surroundings().err()));
        say("starting " + stageNames(config) + " ...");
        serve(config, stop);
        return Errors.DONE;
    }

    private void serve(UndertoneConfig config, StopSignal stop) throws InterruptedException {
        if (!config.stages().contains(Stage.FEATURES)
                && !config.stages().contains(Stage.INFERENCE)
                && !config.classifiesOnTheWeb()) {
            // These stages do not use the bundle's feature spec.
            serve(config, null, null, null, stop);
            return;
        }
        Path folder = BundleFolder.find(surroundings().home(), config.modelBundle());
        boolean infers = config.stages().contains(Stage.INFERENCE);
        if (infers || config.classifiesOnTheWeb()) {
            // The batcher computes several batches at once, each on one thread.
            try (LoadedModel model = LoadedModel.open(folder, config, 1)) {
                sayBundle(model.id());
                serve(config, new OpenBundle(model.id(), model.spec(), folder), infers ? model : null, model, stop);
            }
        } else {
            BundleContent bundle = Bundle.open(folder).content();
            Model id = LoadedModel.id(bundle);
            sayBundle(id);
            serve(config, new OpenBundle(id, bundle.features(), folder), null, null, stop);
        }
    }

    private void checkKafka(UndertoneConfig config) throws InterruptedException {
        // Reports itself what Kafka's clients would log ten times.
        try (Logging.Quiet quiet = Logging.quietClients(debug());
                Cluster cluster = Cluster.reach(config, this::say)) {
            cluster.require(topics(config), options.topicsCommand(config));
            cluster.configureGroups(config, this::say);
        }
        if (!config.stages().equals(Set.of(Stage.WEB))) {
            RecordFormats.ensure(config);
        }
    }

    private void sayBundle(Model id) {
        say("bundle: " + id.getName() + " " + id.getVersion());
    }

    /** What the streams of this process work with. */
    private record OpenBundle(Model id, FeatureSpec spec, Path folder) {}

    private static void join(Installation installation, UndertoneConfig config, OpenBundle bundle)
            throws InterruptedException {
        String name = bundle.id().getName() + " " + bundle.id().getVersion();
        if (config.stages().contains(Stage.FEATURES)) {
            // The only part of a bundle that this stage uses.
            String fingerprint = bundle.spec().fingerprint();
            installation.join(Stage.FEATURES, "the feature spec of " + name, fingerprint);
        }
        if (config.stages().contains(Stage.INFERENCE)) {
            installation.join(Stage.INFERENCE, "the bundle " + name, BundleFolder.fingerprint(bundle.folder()));
        }
    }

    /**
     * Runs the stages.
     *
     * @param bundle null: neither features nor inference runs here
     * @param model of the stage inference; null: it does not run here
     * @param judge of recordings sent to the stage web; null: none
     */
    private void serve(
            UndertoneConfig config,
            @Nullable OpenBundle bundle,
            @Nullable LoadedModel model,
            @Nullable LoadedModel judge,
            StopSignal stop)
            throws InterruptedException {
        if (stop.isRequested()) {
            return;
        }
        try (SideBySide last = new SideBySide(LAST_WORDS);
                SideBySide parts = new SideBySide(PATIENCE)) {
            Optional<UndertoneStreams> started =
                    stop.unlessRequested(() -> start(config, bundle, model, judge, last, parts));
            if (started.isPresent()) {
                run(started.get(), stop);
            }
            say("stopping ...");
        }
    }

    /** Starts the stages, which {@code last} and {@code parts} close, even after a partial start. */
    private UndertoneStreams start(
            UndertoneConfig config,
            @Nullable OpenBundle bundle,
            @Nullable LoadedModel model,
            @Nullable LoadedModel judge,
            SideBySide last,
            SideBySide parts)
            throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FeatureSpec spec = bundle == null ? FeatureSpecs.telephone() : bundle.spec();
        if (bundle != null && runsAny(config, Stage.FEATURES, Stage.INFERENCE)) {
            join(last.add("installation", Installation.of(config)), config, bundle);
        }
        UndertoneStreams streams = parts.add("streams", new UndertoneStreams(config, spec, model, registry));
        HttpSide http = parts.add("http", HttpSide.open(config, registry, streams, judge, this::say));
        streams.start();
        http.launched();
        startGateway(config, registry, http, parts);
        startWebhooks(config, registry, http, parts);
        say((config.stages().contains(Stage.WEB) ? "the page: " : "health and metrics: ") + http.address());
        return streams;
    }

    private void startGateway(
            UndertoneConfig config, PrometheusMeterRegistry registry, HttpSide http, SideBySide parts) {
        if (runsAny(config, Stage.GATEWAY)) {
            GatewayStage started = parts.add("gateway", GatewayStage.start(config, registry));
            http.beside(Stage.GATEWAY, started::state, started::isReady);
            say("the gateway: " + started.address());
        }
    }

    private void startWebhooks(
            UndertoneConfig config, PrometheusMeterRegistry registry, HttpSide http, SideBySide parts) {
        if (runsAny(config, Stage.WEBHOOKS)) {
            WebhooksStage started = parts.add("webhooks", WebhooksStage.start(config, registry));
            http.beside(Stage.WEBHOOKS, started::state, started::isReady);
        }
    }

    private void run(UndertoneStreams streams, StopSignal stop) throws InterruptedException {
        boolean said = false;
        while (!stop.await(LOOK_MS)) {
            if (streams.awaitStop(Duration.ZERO) || !streams.isHealthy()) {
                throw failure(streams);
            }
            if (!said && streams.isReady()) {
                say("ready; Ctrl-C ends it");
                said = true;
            }
        }
    }

    /** The reason why the stages stopped, in one line. */
    static Failure failure(UndertoneStreams streams) {
        return streams.failure()
                .map(cause -> cause instanceof Failure said
                        ? said
                        : new Failure("a stage stopped for good: " + Causes.all(cause), cause))
                .orElseGet(() -> new Failure("a stage stopped for good: " + streams.states()));
    }

    private static String stageNames(UndertoneConfig config) {
        return config.stages().stream().map(Stage::configName).collect(Collectors.joining(" and "));
    }

    /** The topics that the stages read and write. */
    private static Set<String> topics(UndertoneConfig config) {
        Set<String> topics = new LinkedHashSet<>();
        if (runsAny(config, Stage.GATEWAY, Stage.FEATURES)) {
            topics.add(config.audioChunksTopic());
        }
        if (runsAny(config, Stage.FEATURES, Stage.INFERENCE)) {
            topics.add(config.mfccWindowsTopic());
        }
        boolean sendsEvents = runsAny(config, Stage.GATEWAY) && config.gateway().genesysEvents();
        if (sendsEvents || runsAny(config, Stage.INFERENCE, Stage.ALERTS, Stage.WEB)) {
            topics.add(config.emotionEventsTopic());
        }
        if (sendsEvents || runsAny(config, Stage.INFERENCE, Stage.WEB)) {
            topics.add(config.callSummariesTopic());
        }
        if (runsAny(config, Stage.FEATURES) && config.measuresConversations()) {
            topics.add(config.callConversationsTopic());
        }
        if (runsAny(config, Stage.ALERTS)) {
            topics.add(config.emotionAlertsTopic());
        }
        if (runsAny(config, Stage.WEBHOOKS)) {
            topics.addAll(WebhooksStage.topics(config));
        }
        if (runsAny(config, Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS, Stage.WEBHOOKS)) {
            topics.add(config.deadLettersTopic());
        }
        return topics;
    }

    private static boolean runsAny(UndertoneConfig config, Stage... stages) {
        return List.of(stages).stream().anyMatch(config.stages()::contains);
    }
}
