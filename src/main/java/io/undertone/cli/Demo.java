package io.undertone.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.bundle.BundleFolder;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.embedded.TemporaryFolder;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.kafka.Topics;
import io.undertone.model.LoadedModel;
import io.undertone.registry.RecordFormats;
import io.undertone.source.PlayedCall;
import io.undertone.source.RecordingPublisher;
import io.undertone.topology.UndertoneStreams;
import io.undertone.topology.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole pipeline in one process: broker, topics, stages, page, a played call and its events. For one run. */
final class Demo {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int INTERRUPTED = 130;

    private final Surroundings surroundings;
    private final ConfigSources sources;
    private final EventListener printer;
    private final boolean stay;
    private final Consumer<String> say;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable EventReader reader;

    /**
     * @param sources the configuration without the broker's address
     * @param printer of events and summaries
     * @param stay whether the page stays open after the call's end
     * @param say receives progress messages
     */
    Demo(Surroundings surroundings, ConfigSources sources, EventListener printer, boolean stay, Consumer<String> say) {
        this.surroundings = surroundings;
        this.sources = sources;
        this.printer = printer;
        this.stay = stay;
        this.say = say;
    }

    /** Ends a run early. Thread-safe. */
    void stop() {
        EventReader current = reader;
        if (current != null) {
            current.stop();
        }
    }

    /** Runs it and returns the exit code. */
    int run(PlayedCall call, CallSource source, StopSignal stop) throws IOException, InterruptedException {
        UndertoneConfig wanted = LocalConfigOptions.load(sources, surroundings);
        long legs = analysedLegs(call, wanted);
        Path bundle = BundleFolder.find(surroundings.home(), wanted.modelBundle());
        Path state = Files.createTempDirectory("undertone-demo-");
        say.accept("starting a Kafka broker in this process, and loading the model ...");
        CompletableFuture<LoadedModel> loading =
                CompletableFuture.supplyAsync(() -> warm(LoadedModel.open(bundle, wanted, 1), wanted));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = sources.bootstrapServers(broker.bootstrapServers())
                    .set("streams.state.dir", state)
                    .load();
            try (Cluster cluster = Cluster.reach(config, say)) {
                cluster.prepareCoordinators();
                Topics.ensure(cluster, config);
                RecordFormats.ensure(config);
            }
            return analyse(call, source, legs, config, loading, stop);
        } finally {
            TemporaryFolder.delete(state);
        }
    }

    /** Warms up the model while the broker starts, so that the first windows need not wait. */
    private static LoadedModel warm(LoadedModel model, UndertoneConfig config) {
        try {
            WarmUp.run(config, model.spec(), model, WarmUp.QUICK);
            return model;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            model.close();
            throw new IllegalStateException("must not be interrupted: nobody interrupts the thread that warms", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static long analysedLegs(PlayedCall call, UndertoneConfig config) {
        long legs = call.roles().stream()
                .filter(role -> config.analysisRoles().contains(role.name()))
                .count();
        if (legs == 0) {
            throw new Failure("nothing to analyse: the call holds " + call.roles() + ", and analysis.roles is "
                    + config.analysisRoles());
        }
        return legs;
    }

    /** Runs both applications, plays the call, and keeps the page open with {@code --stay}. */
    private int analyse(
            PlayedCall call,
            CallSource source,
            long legs,
            UndertoneConfig config,
            CompletableFuture<LoadedModel> loading,
            StopSignal stop)
            throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (LoadedModel model = await(loading);
                UndertoneStreams streams = new UndertoneStreams(config, model.spec(), model, registry);
                HttpSide http = HttpSide.open(config, registry, streams, model, say);
                EventReader events = EventReader.open(config, true)) {
            reader = events;
            say.accept("starting both applications with the bundle "
                    + model.id().getName() + " " + model.id().getVersion() + " ...");
            streams.startWarm();
            http.launched();
            awaitReady(streams, stop);
            if (stop.isRequested()) {
                return INTERRUPTED;
            }
            String page = http.address();
            say.accept(
                    stay ? "the page: " + page : "the page, while the call plays: " + page + " (--stay keeps it open)");
            int code = play(call, source, legs, config, streams, events, stop);
            if (stay && code == Errors.DONE) {
                say.accept("the page stays at " + page + "; Ctrl-C ends it");
                stop.await();
            }
            return code;
        }
    }

    private static LoadedModel await(CompletableFuture<LoadedModel> loading) {
        try {
            return loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void awaitReady(UndertoneStreams streams, StopSignal stop) throws InterruptedException {
        long giveUpAt = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!streams.isReady() && !stop.await(50)) {
            if (!streams.isHealthy()) {
                throw ServeCommand.failure(streams);
            }
            if (System.nanoTime() > giveUpAt) {
                throw new Failure("the applications did not start within " + START_TIMEOUT.toSeconds() + " s: "
                        + streams.states());
            }
        }
    }

    private int play(
            PlayedCall call,
            CallSource source,
            long legs,
            UndertoneConfig config,
            UndertoneStreams streams,
            EventReader events,
            StopSignal stop)
            throws InterruptedException {
        say.accept(String.format(
                Locale.ROOT,
                "ready after %.1f s; playing %s (%s, %.1f s) ...",
                seconds(),
                call.callId(),
                RecordingPublisher.roles(call),
                call.audio().durationMs() / 1000.0));
        Counter counter = new Counter();
        Player player = new Player(source, config);
        player.start();
        try {
            long lastNanos = System.nanoTime();
            while (counter.summaries < legs) {
                int before = counter.events + counter.summaries;
                if (!events.poll(POLL, counter) || stop.isRequested()) {
                    say.accept("stopping ...");
                    return INTERRUPTED;
                }
                if (counter.events + counter.summaries > before || player.isAlive()) {
                    lastNanos = System.nanoTime();
                }
                check(player, streams, counter, legs, System.nanoTime() - lastNanos);
            }
        } finally {
            player.end();
        }
        say.accept(String.format(
                Locale.ROOT,
                "done: %d events and %d %s after %.1f s",
                counter.events,
                counter.summaries,
                counter.summaries == 1 ? "summary" : "summaries",
                seconds()));
        return Errors.DONE;
    }

    private static void check(Player player, UndertoneStreams streams, Counter counter, long legs, long silentNanos) {
        player.throwFailure();
        if (!streams.isHealthy()) {
            throw ServeCommand.failure(streams);
        }
        if (silentNanos > SILENCE_TIMEOUT.toNanos()) {
            throw new Failure("nothing came for " + SILENCE_TIMEOUT.toSeconds() + " s after the call's end: "
                    + counter.events + " events and " + counter.summaries + " of " + legs
                    + " summaries so far; stages: " + streams.states());
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Counts the printed records. */
    private final class Counter implements EventListener {
        private int events;
        private int summaries;

        @Override
        public void event(EmotionEvent event) {
            events++;
            printer.event(event);
        }

        @Override
        public void summary(CallSummary summary) {
            summaries++;
            printer.summary(summary);
        }
    }

    /** Plays the call on another thread, while its events are read. */
    private static final class Player {
        private final Thread thread;
        private final CompletableFuture<@Nullable Void> played = new CompletableFuture<>();

        private Player(CallSource source, UndertoneConfig config) {
            thread = new Thread(() -> play(source, config), "player");
            thread.setDaemon(true);
        }

        private void play(CallSource source, UndertoneConfig config) {
            try {
                source.play(config);
                played.complete(null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                played.completeExceptionally(e);
            }
        }

        private void start() {
            thread.start();
        }

        private boolean isAlive() {
            return thread.isAlive();
        }

        private void throwFailure() {
            if (played.isCompletedExceptionally()) {
                try {
                    played.get(0, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    throw new Failure("the call could not be played: " + Causes.innermost(e), e);
                } catch (InterruptedException | TimeoutException e) {
                    throw new IllegalStateException("it has completed", e);
                }
            }
        }

        private void end() {
            thread.interrupt();
        }
    }
}
