package io.undertone.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.Model;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.config.ConfigKeys;
import io.undertone.config.ConfigSources;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.topology.UndertoneStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
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
            "Start as many processes as you like: work spreads over them by partition."
        })
final class ServeCommand extends UndertoneSubcommand {
    private static final long LOOK_MS = 250;

    @Option(
            names = "--stages",
            paramLabel = "STAGE,...",
            description = "What runs in this process: any of features, inference, web. Default: stages.")
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
        StopSignal stop = StopSignal.install(() -> {});
        try (Cluster cluster = Cluster.reach(config, this::say)) {
            cluster.require(topics(config));
        }
        Path folder = BundleFolder.find(surroundings().home(), config.modelBundle());
        if (config.stages().contains(Stage.INFERENCE)) {
            // The batcher computes several batches at once, each on one thread.
            try (LoadedModel model = LoadedModel.open(folder, config, 1)) {
                serve(config, model.id(), model.spec(), model, stop);
            }
        } else {
            BundleContent bundle = Bundle.open(folder).content();
            serve(config, LoadedModel.id(bundle), bundle.features(), null, stop);
        }
        return Errors.DONE;
    }

    private void serve(UndertoneConfig config, Model id, FeatureSpec spec, @Nullable LoadedModel model, StopSignal stop)
            throws InterruptedException {
        say("starting " + stageNames(config) + " with the bundle " + id.getName() + " " + id.getVersion() + " ...");
        try (UndertoneStreams streams = new UndertoneStreams(config, spec, model, new SimpleMeterRegistry())) {
            streams.start();
            run(streams, stop);
            say("stopping ...");
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

    /** Why the stages stopped, in one line. */
    static Failure failure(UndertoneStreams streams) {
        return streams.failure()
                .map(cause -> new Failure("a stage stopped for good: " + Errors.cause(cause), cause))
                .orElseGet(() -> new Failure("a stage stopped for good: " + streams.states()));
    }

    private static String stageNames(UndertoneConfig config) {
        return config.stages().stream().map(Stage::configName).collect(Collectors.joining(" and "));
    }

    /** The topics that the stages read and write. */
    private static Set<String> topics(UndertoneConfig config) {
        Set<String> topics = new LinkedHashSet<>();
        if (config.stages().contains(Stage.FEATURES)) {
            topics.add(config.audioChunksTopic());
        }
        topics.add(config.mfccWindowsTopic());
        if (config.stages().contains(Stage.INFERENCE)) {
            topics.add(config.emotionEventsTopic());
            topics.add(config.callSummariesTopic());
        }
        topics.add(config.deadLettersTopic());
        return topics;
    }
}
