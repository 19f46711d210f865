package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.features.FeatureSpecs;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.topology.TestModel;
import io.undertone.topology.UndertoneStreams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What an orchestrator relies on: when {@code serve} is ready, and what SIGTERM does to it while calls are spoken. */
class CleanEndIT {
    private static final ConditionFactory PATIENTLY = Awaitility.await().atMost(Duration.ofSeconds(150));

    /** Longer than this test waits for anything: whoever is gone from a group before has left it, not been missed. */
    private static final int SESSION_MS = 600_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private static UndertoneConfig topicsOn(EmbeddedBroker broker) throws InterruptedException {
        return topicsOn(broker.bootstrapServers());
    }

    private static UndertoneConfig topicsOn(String bootstrapServers) throws InterruptedException {
        UndertoneConfig config = new ConfigSources()
                .bootstrapServers(bootstrapServers)
                .set("topic.partitions=3")
                .load();
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            Topics.ensure(cluster, config);
        }
        return config;
    }

    @Test
    void shouldFinishWhatItBeganAndLeaveItsGroupsOnSigterm() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = topicsOn(broker);
            try (ExactlyOnceVerifier verifier = new ExactlyOnceVerifier(broker.bootstrapServers());
                    LegFeed feed = new LegFeed(broker.bootstrapServers(), "end-", 20_261_122, 4, 8)) {
                try (ServeProcess serve = serve(broker, "first")) {
                    PATIENTLY.until(serve::isReady);
                    assertThat(serve.health("ready")).isEqualTo(200);
                    feed.start();
                    PATIENTLY.until(() -> verifier.events() > 3);
                    end(serve);
                }
                assertGroupsAreLeft(config);
                int before = verifier.events();
                try (ServeProcess serve = serve(broker, "second")) {
                    PATIENTLY.until(() -> verifier.events() > before + 3);
                    end(serve);
                }
                assertGroupsAreLeft(config);
                try (ServeProcess serve = serve(broker, "third")) {
                    List<SpokenLeg> legs = feed.finish();
                    PATIENTLY.until(() -> verifier.summaries() >= legs.size());
                    assertThat(verifier.verify(legs)).isEmpty();
                    end(serve);
                }
            }
        }
    }

    @Test
    void shouldEndInTimeOnSigtermThoughTheBrokerIsGone() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            topicsOn(broker);
            try (ServeProcess serve = serve(broker, "alone")) {
                PATIENTLY.until(serve::isReady);
                broker.close();
                end(serve);
            }
        }
    }

    /** What the stages need one after the other is more than the 10 s that they have together. */
    @Test
    void shouldEndAllStagesInTimeOnSigtermThoughTheBrokerIsGone() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            topicsOn(broker);
            List<String> settings = List.of(
                    "inference.threads=1",
                    "gateway.port=0",
                    "gateway.audiosocket.port=0",
                    "webhooks.receivers=nobody: https://127.0.0.1/",
                    "webhooks.secrets=nobody: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    "webhooks.networks.allowed=127.0.0.0/8");
            try (ServeProcess serve = ServeProcess.start(
                    folder,
                    "all",
                    "serve-all",
                    folder.resolve("state"),
                    broker.bootstrapServers(),
                    "gateway,features,inference,alerts,webhooks,web",
                    settings)) {
                PATIENTLY.until(serve::isReady);
                broker.close();
                end(serve);
            }
        }
    }

    /** ONNX Runtime goes with the virtual machine, which must not end while a model is being opened: it died of that once. */
    @Test
    void shouldEndOnSigtermWhileItOpensItsModel() throws Exception {
        DefaultBundle.isNeeded();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            topicsOn(broker);
            try (ServeProcess serve = serve(broker, "starting")) {
                PATIENTLY.until(() -> serve.program().says("starting features and inference ..."));
                serve.program().stop();
                assertThat(serve.program().awaitEnd(60)).isTrue();
                assertThat(serve.program().exitCode()).isZero();
                assertThat(serve.program().err()).doesNotContain("stopping ...");
            }
        }
    }

    /** It asks a broker that has gone silent who else does its work, and would wait longer for it than an end may take. */
    @Test
    void shouldEndOnSigtermWhileItWaitsForKafkaInItsStart() throws Exception {
        DefaultBundle.isNeeded();
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            topicsOn(broker.bootstrapServers());
            try (ServeProcess serve = serve(broker.bootstrapServers(), "waiting")) {
                PATIENTLY.until(() -> serve.program().says("starting features and inference ..."));
                broker.program().pause();
                PATIENTLY.until(() -> serve.program().says("bundle: "));
                end(serve);
                assertThat(serve.program().err()).doesNotContain("health and metrics");
            }
        }
    }

    private ServeProcess serve(EmbeddedBroker broker, String name) {
        return serve(broker.bootstrapServers(), name);
    }

    private ServeProcess serve(String bootstrapServers, String name) {
        return ServeProcess.start(
                folder,
                name,
                "serve-" + name,
                folder.resolve("state"),
                bootstrapServers,
                List.of("inference.threads=1", "consumer.session.timeout.ms=" + SESSION_MS));
    }

    /** A guard ends the process with exit code 1 where its own end takes longer than 10 s: exit code 0 says that it did not. */
    private static void end(ServeProcess serve) throws InterruptedException {
        serve.program().stop();
        assertThat(serve.program().awaitEnd(60)).isTrue();
        assertThat(serve.program().err()).contains("stopping ...").doesNotContain("did not finish within");
        assertThat(serve.program().exitCode()).isZero();
    }

    private static void assertGroupsAreLeft(UndertoneConfig config) throws Exception {
        List<String> groups = List.of(config.applicationId(Stage.FEATURES), config.applicationId(Stage.INFERENCE));
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            PATIENTLY.untilAsserted(
                    () -> assertThat(admin.describeConsumerGroups(groups).all().get())
                            .hasSize(2)
                            .allSatisfy((group, description) ->
                                    assertThat(description.members()).isEmpty()));
        }
    }

    @Test
    void shouldBeReadyOnlyOnceTheModelIsWarmAndEveryStageRuns() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            topicsOn(broker);
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("streams.state.dir", folder)
                    .set("stages=features,inference")
                    .set("web.port=0")
                    .load();
            CountDownLatch warming = new CountDownLatch(1);
            CountDownLatch warm = new CountDownLatch(1);
            TestModel model = new TestModel(FeatureSpecs.telephone(), windows -> {
                warming.countDown();
                wait(warm);
            });
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (UndertoneStreams streams = new UndertoneStreams(config, model.spec(), model, registry);
                    HttpSide http = HttpSide.open(config, registry, streams, model, line -> {})) {
                CompletableFuture<Void> start = CompletableFuture.runAsync(() -> {
                    start(streams);
                    http.launched();
                });
                warming.await();
                String address = http.address();
                assertThat(health(address, "started")).isEqualTo(503);
                assertThat(health(address, "ready")).isEqualTo(503);
                assertThat(health(address, "live")).isEqualTo(200);

                warm.countDown();
                start.get();
                PATIENTLY.until(() -> health(address, "ready") == 200);
                assertThat(streams.states()).containsOnlyKeys(Stage.FEATURES, Stage.INFERENCE);
                assertThat(streams.states().values()).containsOnly("RUNNING");
                assertThat(health(address, "started")).isEqualTo(200);
                assertThat(health(address, "live")).isEqualTo(200);

                streams.close();
                assertThat(health(address, "ready")).isEqualTo(503);
                // It came up once; a start-up probe must not kill what only ends.
                assertThat(health(address, "started")).isEqualTo(200);
            }
        }
    }

    private static void start(UndertoneStreams streams) {
        try {
            streams.start();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int health(String address, String which) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address).resolve("/health/" + which))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
