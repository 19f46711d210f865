package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code undertone reset} shows what it deletes, and deletes that and nothing else. */
class ResetIT {
    private static final String CHANGELOG = "undertone-features-legs-changelog";

    @TempDir
    private Path folder;

    @Test
    void shouldDeleteWhatItShowsOnceItIsToldTo() throws Exception {
        Path state = Files.createDirectories(folder.resolve("undertone-features/0_0"));
        Path others = Files.createDirectories(folder.resolve("another-features"));
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(
                            List.of(topic("audio-chunks"), topic(CHANGELOG), topic("another-features-legs-changelog")))
                    .all()
                    .get();
            TopicPartition read = new TopicPartition("audio-chunks", 0);
            admin.alterConsumerGroupOffsets("undertone-features", Map.of(read, new OffsetAndMetadata(7)))
                    .all()
                    .get();

            CommandRunner.Result shown = reset(broker);
            assertThat(shown.exitCode()).isEqualTo(1);
            assertThat(shown.outLines())
                    .containsExactly(
                            "delete  topic  " + CHANGELOG,
                            "set     offsets of undertone-features in audio-chunks to its end",
                            "delete  folder " + state.getParent());
            assertThat(shown.err()).contains("nothing was changed; add --yes to do it");
            assertThat(admin.listTopics().names().get()).contains(CHANGELOG);

            assertThat(reset(broker, "--yes").exitCode()).isZero();
            assertThat(admin.listTopics().names().get())
                    .contains("audio-chunks", "another-features-legs-changelog")
                    .doesNotContain(CHANGELOG);
            assertThat(state.getParent()).doesNotExist();
            assertThat(others).exists();
            assertThat(admin.listConsumerGroupOffsets("undertone-features")
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .containsEntry(read, new OffsetAndMetadata(0));
        }
    }

    @Test
    void shouldTreatTheGroupsOfWebhooksWithTheRest() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(
                            List.of(topic("emotion-alerts"), topic("call-summaries"), topic("others.emotion-alerts")))
                    .all()
                    .get();
            TopicPartition alerts = new TopicPartition("emotion-alerts", 0);
            TopicPartition summaries = new TopicPartition("call-summaries", 0);
            TopicPartition others = new TopicPartition("others.emotion-alerts", 0);
            // 7 with 9 open behind it, as webhooks keep it; a receiver that is no longer configured is one, too.
            OffsetAndMetadata open = new OffsetAndMetadata(7, "1:3,2");
            admin.alterConsumerGroupOffsets(
                            "undertone-webhooks-crm", Map.of(alerts, open, summaries, new OffsetAndMetadata(3)))
                    .all()
                    .get();
            // Of the installation whose prefix is undertone-webhooks-x.
            admin.alterConsumerGroupOffsets("undertone-webhooks-x-webhooks-crm", Map.of(others, open))
                    .all()
                    .get();

            assertThat(reset(broker, "--offsets", "kept", "--yes").outLines())
                    .containsExactly(
                            "keep    offsets of undertone-webhooks-crm in emotion-alerts",
                            "keep    offsets of undertone-webhooks-crm in call-summaries");
            assertThat(offsets(admin, "undertone-webhooks-crm")).containsEntry(alerts, open);

            assertThat(reset(broker, "--yes").outLines())
                    .containsExactly(
                            "set     offsets of undertone-webhooks-crm in emotion-alerts to its end",
                            "set     offsets of undertone-webhooks-crm in call-summaries to its end");
            assertThat(offsets(admin, "undertone-webhooks-crm"))
                    .containsEntry(alerts, new OffsetAndMetadata(0))
                    .containsEntry(summaries, new OffsetAndMetadata(0));
            assertThat(offsets(admin, "undertone-webhooks-x-webhooks-crm")).containsEntry(others, open);
        }
    }

    @Test
    void shouldRefuseWhileWebhooksArePosted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaConsumer<byte[], byte[]> receiver = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "undertone-webhooks-crm"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            admin.createTopics(List.of(topic("emotion-alerts"))).all().get();
            TopicPartition alerts = new TopicPartition("emotion-alerts", 0);
            receiver.subscribe(List.of("emotion-alerts"));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                receiver.poll(Duration.ofMillis(100));
                return receiver.assignment().contains(alerts);
            });
            receiver.commitSync(Map.of(alerts, new OffsetAndMetadata(0)));

            CommandRunner.Result result = reset(broker, "--yes");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("stage webhooks runs: the group undertone-webhooks-crm has 1 members");
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String group) throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    @Test
    void shouldSayThatThereIsNothingToReset() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            CommandRunner.Result result = reset(broker, "--yes");
            assertThat(result.exitCode()).isZero();
            assertThat(result.err()).contains("there is nothing to reset");
        }
    }

    private CommandRunner.Result reset(EmbeddedBroker broker, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of(
                "reset", "--bootstrap-server", broker.bootstrapServers(), "--set", "streams.state.dir=" + folder));
        args.addAll(List.of(more));
        return new CommandRunner().run(args.toArray(String[]::new));
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty());
    }
}
