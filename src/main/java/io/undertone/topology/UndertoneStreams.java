package io.undertone.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.DynamicBatcher;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.InferenceMetrics;
import io.undertone.model.EmotionModel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka Streams applications of this process: starts the configured stages, reports their state and stops them cleanly.
 * Thread-safe. The model is closed by its owner, after this.
 */
public final class UndertoneStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UndertoneStreams.class);

    /** Together with the rest of the shutdown, less than the 10 s that the strictest orchestrators allow between SIGTERM and SIGKILL. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(6);

    private final UndertoneConfig config;
    private final FeatureSpec spec;
    private final @Nullable EmotionModel model;
    private final MeterRegistry registry;
    private final Map<Stage, KafkaStreams> applications = new EnumMap<>(Stage.class);
    private final Map<Stage, Topology> topologies = new EnumMap<>(Stage.class);
    private final Map<Stage, KafkaStreamsMetrics> streamsMetrics = new EnumMap<>(Stage.class);
    private final FaultPolicy faults = new FaultPolicy(System::currentTimeMillis);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable DynamicBatcher batcher;
    private volatile boolean started;
    private volatile boolean closing;

    /**
     * Prepares the stages without starting them.
     *
     * @param config names the stages
     * @param spec of the bundle, for the features stage
     * @param model the opened bundle; needed for the inference stage only
     */
    public UndertoneStreams(
            UndertoneConfig config, FeatureSpec spec, @Nullable EmotionModel model, MeterRegistry registry) {
        if (config.stages().contains(Stage.INFERENCE) && model == null) {
            throw new IllegalArgumentException("the inference stage must have a model: model=null");
        }
        this.config = config;
        this.spec = spec;
        this.model = model;
        this.registry = registry;
    }

    /**
     * Warms the front end and the model and starts the stages; returns before they run (see {@link #isReady}).
     *
     * @throws InterruptedException if interrupted during the warm-up
     * @throws RuntimeException if the model fails at its first windows or Kafka refuses a setting
     */
    public synchronized void start() throws InterruptedException {
        WarmUp.run(config, spec, model, WarmUp.THOROUGH);
        startWarm();
    }

    /**
     * Starts the stages after {@link WarmUp} has been run; returns before they run.
     *
     * @throws RuntimeException if Kafka refuses a setting
     */
    public synchronized void startWarm() {
        if (started) {
            throw new IllegalStateException("must be started only once: it has already been started");
        }
        FlowMetrics flow = new FlowMetrics(registry);
        if (config.stages().contains(Stage.INFERENCE) && model != null) {
            InferenceMetrics metrics = new InferenceMetrics(registry);
            DynamicBatcher batches =
                    new DynamicBatcher(model.ensemble(), InferencePolicy.batching(config), System::nanoTime, metrics);
            metrics.watch(batches);
            batcher = batches;
            topologies.put(Stage.INFERENCE, InferenceTopology.build(config, model, batches, registry, flow));
        }
        if (config.stages().contains(Stage.FEATURES)) {
            topologies.put(Stage.FEATURES, FeaturesTopology.build(config, spec, registry, flow));
        }
        if (config.stages().contains(Stage.ALERTS)) {
            topologies.put(Stage.ALERTS, AlertsTopology.build(config, registry));
        }
        topologies.keySet().forEach(this::prepare);
        started = true;
        topologies.keySet().forEach(this::start);
    }

    private void start(Stage stage) {
        KafkaStreams streams = Objects.requireNonNull(applications.get(stage));
        try {
            streams.start();
        } catch (StreamsException e) {
            String damage = DamagedState.in(e).orElseThrow(() -> e);
            LOG.warn(
                    "stage {}: its local state is damaged and is deleted; it is restored from Kafka: {}",
                    stage.configName(),
                    damage);
            end(streams);
            KafkaStreams fresh = prepare(stage);
            fresh.cleanUp();
            fresh.start();
        }
    }

    /** Creates an application without starting it, replacing one that has ended. */
    private KafkaStreams prepare(Stage stage) {
        Properties settings = KafkaSettings.streams(config, stage);
        KafkaStreams streams = new KafkaStreams(topologies.get(stage), settings);
        streams.setUncaughtExceptionHandler(fault -> faults.decide(stage, fault));
        streams.setStateListener((now, before) -> {
            LOG.info("stage {} is {} (was {})", stage.configName(), now, before);
            if (now == KafkaStreams.State.ERROR && !closing) {
                stopped.countDown();
            }
        });
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.of("stage", stage.configName()));
        KafkaStreamsMetrics previous = streamsMetrics.put(stage, metrics);
        if (previous != null) {
            previous.close();
        }
        metrics.bindTo(registry);
        applications.put(stage, streams);
        return streams;
    }

    /** Whether records flow: the model is warm and every stage runs and has its partitions. */
    public synchronized boolean isReady() {
        return started
                && applications.values().stream().allMatch(streams -> streams.state() == KafkaStreams.State.RUNNING);
    }

    /** Whether no stage has stopped permanently. */
    public synchronized boolean isHealthy() {
        return applications.values().stream()
                .map(KafkaStreams::state)
                .noneMatch(state -> state == KafkaStreams.State.ERROR
                        || state == KafkaStreams.State.PENDING_ERROR
                        || (!closing && state.hasCompletedShutdown()));
    }

    /** The fault that stopped a stage permanently. */
    public Optional<Throwable> failure() {
        return faults.fatal();
    }

    /** The Kafka Streams state of each stage. */
    public synchronized Map<Stage, String> states() {
        Map<Stage, String> states = new EnumMap<>(Stage.class);
        applications.forEach(
                (stage, streams) -> states.put(stage, streams.state().name()));
        return states;
    }

    /**
     * Waits until a stage has stopped permanently or all are closed.
     *
     * @return false if the timeout elapsed first
     */
    public boolean awaitStop(Duration timeout) throws InterruptedException {
        return stopped.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Stops the stages: commits current work, leaves waiting windows in the store for the next instance, and leaves the groups at once.
     * Takes at most 7 seconds; a second call does nothing.
     */
    @Override
    public void close() {
        List<KafkaStreams> running;
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            running = List.copyOf(applications.values());
        }
        CompletableFuture<?>[] ends = running.stream()
                // Each on its own thread, so that a slow one does not delay the others.
                .map(streams ->
                        CompletableFuture.runAsync(() -> end(streams), end -> new Thread(end, "undertone-end").start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).join();
        streamsMetrics.values().forEach(KafkaStreamsMetrics::close);
        if (batcher != null) {
            batcher.close();
        }
        stopped.countDown();
    }

    private static void end(KafkaStreams streams) {
        boolean ended = streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!ended) {
            LOG.warn("a stage did not end within {} s; uncommitted work will be repeated", CLOSE_TIMEOUT.toSeconds());
        }
    }
}
