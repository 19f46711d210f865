package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
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
            assertThat(shown.err()).contains("nothing was changed; --yes does it");
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
