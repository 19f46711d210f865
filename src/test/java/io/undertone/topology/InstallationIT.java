package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.features.FeatureSpecs;
import io.undertone.kafka.Installation;
import io.undertone.kafka.Reset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several installations, several bundles, more partitions: on one cluster, with real groups. */
@NullUnmarked
class InstallationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    /** The procedure of docs/operators.md#partitions. */
    @Test
    void shouldGrowPartitionsWithoutDoublingOrLosingAnything() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"))) {
            try (UndertoneStreams streams = running(cluster.config())) {
                cluster.send(leg("before-1", 1));
                cluster.send(leg("before-2", 2));
                awaitSummaries(cluster, 2);
            }
            grow(cluster, 5);
            try (Installation installation = Installation.of(cluster.config())) {
                assertThatThrownBy(() -> installation.join(Stage.FEATURES, "any", "1"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContainingAll(
                                "audio-chunks has 5 partitions",
                                "undertone-features-legs-changelog is of 2",
                                "undertone reset --offsets kept");
            }
            try (Reset reset = Reset.of(cluster.config())) {
                List<Reset.Part> plan = reset.plan();
                assertThat(plan).extracting(Reset.Part::group).contains("undertone-features", "undertone-inference");
                reset.run(plan, Reset.Offsets.KEPT);
                await().atMost(PATIENCE)
                        .until(() -> reset.plan().stream()
                                .allMatch(part -> part.topics().isEmpty()));
            }
            // What was published in between, some of it to the new partitions, waits there.
            for (int i = 0; i < 6; i++) {
                cluster.send(leg("after-" + i, 3 + i));
            }
            try (Installation installation = Installation.of(cluster.config())) {
                installation.join(Stage.FEATURES, "any", "1");
                try (UndertoneStreams streams = running(cluster.config())) {
                    awaitSummaries(cluster, 8);
                }
            }
            assertThat(cluster.committed("call-summaries", CallSummary.class))
                    .extracting(CallSummary::getCallId)
                    .doesNotHaveDuplicates()
                    .hasSize(8);
            assertThat(cluster.committed("emotion-events", EmotionEvent.class))
                    .extracting(EmotionEvent::getEventId)
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            assertThat(cluster.committed("dead-letters")).isEmpty();
        }
    }

    @Test
    void shouldSayInOneLineThatPartitionsWereRaisedWhileItRuns() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"), "kafka.metadata.max.age.ms=1000");
                UndertoneStreams streams = running(cluster.config())) {
            grow(cluster, 5);
            await().atMost(PATIENCE).until(() -> streams.failure().isPresent());
            assertThat(streams.failure())
                    .get()
                    .isInstanceOf(Failure.class)
                    .asString()
                    .contains("has 5 partitions", "undertone reset --offsets kept");
        }
    }

    @Test
    void shouldNotLetTwoInstallationsWriteTheSameTopics() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"));
                Installation first = Installation.of(cluster.config())) {
            first.join(Stage.FEATURES, "any", "1");
            first.join(Stage.INFERENCE, "any", "1");
            UndertoneConfig trial =
                    other(cluster, "topic.mfcc.windows=mfcc-windows", "topic.emotion.events=emotion-events");
            try (UndertoneStreams streams = running(cluster.config());
                    Installation second = Installation.of(trial)) {
                assertThatThrownBy(() -> second.join(Stage.FEATURES, "any", "1"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContainingAll("undertone-features, writes to mfcc-windows", "application.id.prefix");
                assertThatThrownBy(() -> second.join(Stage.INFERENCE, "any", "1"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("undertone-inference, writes to emotion-events");
            }
            try (Installation second = Installation.of(trial)) {
                // The first has been stopped: the second takes over.
                assertThatCode(() -> second.join(Stage.FEATURES, "any", "1")).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void shouldNotMixBundlesUnlessTheChangeIsRolling() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"));
                Installation old = Installation.of(cluster.config())) {
            old.join(Stage.INFERENCE, "the bundle telephone 1.0.0", "1");
            try (UndertoneStreams streams = running(cluster.config());
                    Installation same = Installation.of(cluster.config());
                    Installation other = Installation.of(cluster.config());
                    Installation rolling = Installation.of(changed(cluster, "model.bundle.change=rolling"))) {
                same.join(Stage.INFERENCE, "the bundle telephone 1.0.0", "1");
                assertThatThrownBy(() -> other.join(Stage.INFERENCE, "the bundle telephone 2.0.0", "2"))
                        .isInstanceOf(Failure.class)
                        .hasMessageContainingAll(
                                "runs elsewhere with the bundle telephone 1.0.0",
                                "this process has the bundle telephone 2.0.0",
                                "model.bundle.change=rolling");
                rolling.join(Stage.INFERENCE, "the bundle telephone 2.0.0", "2");
                // Those of the old bundle end in order: the change is complete, and there is no way back to it.
                same.close();
                old.close();
                other.join(Stage.INFERENCE, "the bundle telephone 2.0.0", "2");
                try (Installation late = Installation.of(cluster.config())) {
                    assertThatThrownBy(() -> late.join(Stage.INFERENCE, "the bundle telephone 1.0.0", "1"))
                            .isInstanceOf(Failure.class);
                }
            }
        }
    }

    @Test
    void shouldForgetWhatKilledProcessesSaidOnceNobodyIsThere() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"));
                Installation killed = Installation.of(cluster.config());
                Installation next = Installation.of(cluster.config())) {
            killed.join(Stage.INFERENCE, "the bundle telephone 1.0.0", "1");
            assertThatCode(() -> next.join(Stage.INFERENCE, "the bundle telephone 2.0.0", "2"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldBeginWithNewAudioWhereTheTopicIsAnothers() throws Exception {
        try (TestCluster cluster = new TestCluster(folder.resolve("state"))) {
            cluster.send(leg("old", 1));
            UndertoneConfig trial = other(cluster, "topic.audio.chunks=audio-chunks");
            try (Installation second = Installation.of(trial);
                    Installation all =
                            Installation.of(changed(trial, "source.begin=all", "application.id.prefix=all"));
                    Admin admin = Admin.create(KafkaSettings.admin(trial))) {
                second.join(Stage.FEATURES, "any", "1");
                all.join(Stage.FEATURES, "any", "1");
                Map<TopicPartition, OffsetSpec> ends = Map.of(
                        new TopicPartition("audio-chunks", 0), OffsetSpec.latest(),
                        new TopicPartition("audio-chunks", 1), OffsetSpec.latest());
                var committed = admin.listConsumerGroupOffsets("trial-features")
                        .partitionsToOffsetAndMetadata()
                        .get();
                var found = admin.listOffsets(ends).all().get();
                assertThat(committed.keySet()).isEqualTo(ends.keySet());
                committed.forEach((partition, offset) -> assertThat(offset.offset())
                        .isEqualTo(found.get(partition).offset()));
                assertThat(committed.values().stream()
                                .mapToLong(offset -> offset.offset())
                                .sum())
                        .isPositive();
                assertThat(admin.listGroups().all().get())
                        .noneMatch(group -> group.groupId().equals("all-features"));
            }
        }
    }

    private static UndertoneConfig other(TestCluster cluster, String... settings) {
        ConfigSources sources = new ConfigSources()
                .bootstrapServers(cluster.config().bootstrapServers())
                .set("application.id.prefix=trial");
        Stream.of(settings).forEach(sources::set);
        return sources.load();
    }

    private static UndertoneConfig changed(TestCluster cluster, String setting) {
        return changed(cluster.config(), setting);
    }

    private static UndertoneConfig changed(UndertoneConfig config, String... settings) {
        ConfigSources sources =
                new ConfigSources().bootstrapServers(config.bootstrapServers()).set("topic.audio.chunks=audio-chunks");
        Stream.of(settings).forEach(sources::set);
        return sources.load();
    }

    private static List<AudioChunk> leg(String callId, int seed) {
        return TestVoice.chunks(callId, Role.CUSTOMER, TestVoice.speech(5, seed), 200);
    }

    private static void grow(TestCluster cluster, int partitions) throws Exception {
        try (Admin admin = Admin.create(KafkaSettings.admin(cluster.config()))) {
            admin.createPartitions(Map.of("audio-chunks", NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    private static UndertoneStreams running(UndertoneConfig config) throws InterruptedException {
        UndertoneStreams streams =
                new UndertoneStreams(config, FeatureSpecs.telephone(), new TestModel(), new SimpleMeterRegistry());
        streams.start();
        await().atMost(PATIENCE).until(streams::isReady);
        return streams;
    }

    private static void awaitSummaries(TestCluster cluster, int count) {
        await().atMost(PATIENCE).until(() -> cluster.committed("call-summaries").size() >= count);
    }
}
