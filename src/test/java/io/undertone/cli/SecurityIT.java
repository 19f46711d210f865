package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.bundle.BundleFolder;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import io.undertone.kafka.Installation;
import io.undertone.kafka.KafkaClients;
import io.undertone.kafka.Topics;
import io.undertone.model.LoadedModel;
import io.undertone.topology.UndertoneStreams;
import io.undertone.webhooks.WebhooksStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, SCRAM and the operators' list of ACLs against a broker that enforces them: with it all works, beyond it nothing does. */
class SecurityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern ACL = Pattern.compile(
            "(?m)^kafka-acls\\.sh .*--allow-principal User:(\\w+)((?: --operation \\w+)+) --(topic|group|transactional-id) (\\S+)( --resource-pattern-type prefixed)?$");
    private static final Pattern OPERATION = Pattern.compile("--operation (\\w+)");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsTheDefaultBundle() {
        DefaultBundle.isNeeded();
    }

    @Test
    void shouldServeWithTheDocumentedAclsAndLetNobodyElseIn() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(folder)) {
            try (Cluster cluster = Cluster.reach(broker.config("admin"), progress -> {})) {
                Topics.ensure(cluster, broker.config("admin"));
            }
            try (Admin admin = Admin.create(KafkaSettings.admin(broker.config("admin")))) {
                List<AclBinding> acls = documentedAcls();
                admin.createAcls(acls).all().get();
                // The controller has them; the broker, which enforces them, hears of them a moment later.
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> admin.describeAcls(AclBindingFilter.ANY)
                                .values()
                                .get()
                                .containsAll(acls));
            }
            shouldCarryALeg(broker);
            shouldPost(broker);
            shouldRefuseOthers(broker);
        }
    }

    private static List<AclBinding> documentedAcls() throws Exception {
        List<AclBinding> acls = new ArrayList<>();
        Matcher line = ACL.matcher(Files.readString(Path.of("docs/operators.md")));
        while (line.find()) {
            ResourcePattern resource = new ResourcePattern(
                    switch (line.group(3)) {
                        case "topic" -> ResourceType.TOPIC;
                        case "group" -> ResourceType.GROUP;
                        default -> ResourceType.TRANSACTIONAL_ID;
                    },
                    line.group(4),
                    line.group(5) == null ? PatternType.LITERAL : PatternType.PREFIXED);
            Matcher operation = OPERATION.matcher(line.group(2));
            while (operation.find()) {
                acls.add(new AclBinding(
                        resource,
                        new AccessControlEntry(
                                "User:" + line.group(1),
                                "*",
                                AclOperation.fromString(operation.group(1)),
                                AclPermissionType.ALLOW)));
            }
        }
        assertThat(acls).as("ACLs in docs/operators.md").hasSizeGreaterThan(8);
        return acls;
    }

    private void shouldCarryALeg(SecuredBroker broker) throws Exception {
        UndertoneConfig config =
                broker.config("undertone", "stages=features,inference", "streams.state.dir=" + folder.resolve("state"));
        SpokenLeg leg = SpokenLeg.cut("call-1", SpokenLeg.material(), new Random(1), 12, 14);
        AtomicInteger events = new AtomicInteger();
        AtomicInteger summaries = new AtomicInteger();
        try (LoadedModel model =
                        LoadedModel.open(BundleFolder.find(Path.of("").toAbsolutePath(), "telephone"), config, 1);
                UndertoneStreams streams =
                        new UndertoneStreams(config, model.spec(), model, new SimpleMeterRegistry());
                Installation installation = Installation.of(config);
                EventReader reader = EventReader.open(broker.config("watcher"), true)) {
            installation.join(Stage.FEATURES, "any", "1");
            installation.join(Stage.INFERENCE, "any", "1");
            streams.start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> streams.isReady() || streams.failure().isPresent());
            long startedAtMs = System.currentTimeMillis();
            try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(broker.config("publisher"))) {
                for (int position = 0; position < leg.samples().length; position += leg.chunkMs() * 8) {
                    producer.send(new ProducerRecord<>("audio-chunks", leg.callId(), leg.chunk(position, startedAtMs)))
                            .get();
                }
                // A key that is not the call's: a dead letter, which takes a right of its own.
                producer.send(new ProducerRecord<>("audio-chunks", "another", leg.chunk(0, startedAtMs)))
                        .get();
            }
            EventListener counter = new EventListener() {
                @Override
                public void event(EmotionEvent event) {
                    events.incrementAndGet();
                }

                @Override
                public void summary(CallSummary summary) {
                    summaries.incrementAndGet();
                }
            };
            Awaitility.await().atMost(PATIENCE).until(() -> {
                reader.poll(Duration.ofMillis(200), counter);
                return summaries.get() > 0 || streams.failure().isPresent();
            });
            assertThat(streams.failure()).isEmpty();
            try (Admin admin = Admin.create(KafkaSettings.admin(broker.config("admin")))) {
                assertThat(admin.listTopics().names().get())
                        .contains("undertone-features-processes", "undertone-inference-processes");
            }
        }
        assertThat(events.get()).isPositive();
    }

    /** To a receiver whose address is refused: what is then written takes every right that the stage has. */
    private static void shouldPost(SecuredBroker broker) throws Exception {
        UndertoneConfig config = broker.config(
                "webhooks",
                "stages=webhooks",
                "consumer.auto.offset.reset=earliest",
                "webhooks.receivers=nobody: https://127.0.0.1/",
                "webhooks.secrets=nobody: whsec_" + "c".repeat(32),
                "webhooks.retry.max.ms=0");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (WebhooksStage stage = WebhooksStage.start(config, registry)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> stage.isReady()
                            && registry.get("undertone.webhooks.dead").counter().count() > 0);
        }
    }

    private static void shouldRefuseOthers(SecuredBroker broker) throws Exception {
        AudioChunk chunk = SpokenLeg.cut("call-3", SpokenLeg.material(), new Random(1), 4, 5)
                .chunk(0, 0);
        try (Producer<String, AudioChunk> producer = KafkaClients.audioProducer(broker.config("watcher"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("audio-chunks", "call-3", chunk))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
        for (String user : List.of("publisher", "stranger")) {
            UndertoneConfig config = broker.config(user);
            assertThatThrownBy(() -> {
                        try (EventReader reader = EventReader.open(config, true)) {
                            reader.poll(Duration.ofSeconds(5), new NoEvents());
                        }
                    })
                    .as(user + " reads events")
                    .isInstanceOf(KafkaException.class);
        }
        UndertoneConfig plain =
                new ConfigSources().bootstrapServers(broker.bootstrapServers()).load();
        assertThatThrownBy(() -> Cluster.reach(plain, progress -> {}).close()).isInstanceOf(Failure.class);
        UndertoneConfig wrongPassword = broker.config(
                "undertone",
                "kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"undertone\" password=\"wrong\";");
        assertThatThrownBy(() -> Cluster.reach(wrongPassword, progress -> {}).close())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("uthentication failed");
    }

    private static final class NoEvents implements EventListener {
        @Override
        public void event(EmotionEvent event) {
            throw new AssertionError("reads an event without the right to");
        }

        @Override
        public void summary(CallSummary summary) {
            throw new AssertionError("reads a summary without the right to");
        }
    }
}
