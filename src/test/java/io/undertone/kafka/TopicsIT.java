package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** How long topics keep what callers said, where we create them and where they were there before. */
class TopicsIT {
    @Test
    void shouldCreateTopicsWithTheirRetentionAndLeaveThoseThatExistAlone() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("topic.partitions=1")
                    .set("topic.emotion.events.retention.ms=12345678")
                    .load();
            try (Admin admin = Admin.create(KafkaSettings.admin(config));
                    Cluster cluster = Cluster.reach(config, progress -> {})) {
                admin.createTopics(List.of(new NewTopic("audio-chunks", Optional.of(1), Optional.empty())
                                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "60000"))))
                        .all()
                        .get();
                Topics.ensure(cluster, config);
                assertThat(retentions(admin))
                        .containsExactlyInAnyOrderEntriesOf(Map.of(
                                "audio-chunks", 60_000L,
                                "mfcc-windows", Duration.ofHours(24).toMillis(),
                                "emotion-events", 12_345_678L,
                                "call-summaries", Duration.ofDays(30).toMillis(),
                                "call-conversations", Duration.ofDays(30).toMillis(),
                                "emotion-alerts", Duration.ofDays(30).toMillis(),
                                "emotion-feedback", Duration.ofDays(365).toMillis(),
                                "dead-letters", Duration.ofHours(72).toMillis()));
            }
        }
    }

    @Test
    void shouldNameTopicSettingAndRemedyWhereRecordsWouldBeLost() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig config = new ConfigSources()
                    .bootstrapServers(broker.bootstrapServers())
                    .set("topic.partitions=1")
                    .load();
            try (Admin admin = Admin.create(KafkaSettings.admin(config));
                    Cluster cluster = Cluster.reach(config, progress -> {})) {
                admin.createTopics(List.of(
                                existing("audio-chunks", TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100000"),
                                existing("emotion-events", TopicConfig.CLEANUP_POLICY_CONFIG, "compact"),
                                existing("dead-letters", TopicConfig.RETENTION_MS_CONFIG, "60000"),
                                existing("mfcc-windows", TopicConfig.RETENTION_MS_CONFIG, "-1")))
                        .all()
                        .get();
                Topics.ensure(cluster, config);
                assertThat(Topics.problems(cluster, config))
                        .satisfiesExactly(
                                audio -> assertThat(audio)
                                        .contains(
                                                "audio-chunks has max.message.bytes=100000",
                                                "records of up to 266240 bytes",
                                                "--entity-name audio-chunks --add-config max.message.bytes="),
                                events -> assertThat(events)
                                        .contains(
                                                "emotion-events has cleanup.policy=compact",
                                                "--entity-name emotion-events --add-config cleanup.policy=delete"),
                                letters -> assertThat(letters)
                                        .contains(
                                                "dead-letters has retention.ms=60000",
                                                "--entity-name dead-letters --add-config retention.ms=259200000"));
            }
        }
    }

    private static NewTopic existing(String name, String setting, String value) {
        return new NewTopic(name, Optional.of(1), Optional.empty()).configs(Map.of(setting, value));
    }

    private static Map<String, Long> retentions(Admin admin) throws Exception {
        List<ConfigResource> topics = admin.listTopics().names().get().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Long> retentions = new TreeMap<>();
        for (Map.Entry<ConfigResource, Config> topic :
                admin.describeConfigs(topics).all().get().entrySet()) {
            retentions.put(
                    topic.getKey().name(),
                    Long.parseLong(topic.getValue()
                            .get(TopicConfig.RETENTION_MS_CONFIG)
                            .value()));
        }
        return retentions;
    }
}
