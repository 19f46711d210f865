package io.undertone.kafka;

import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Groups of the protocol {@code streams} (KIP-1071): there, session times and standbys are the group's own, kept by the brokers, and a
 * client's own settings are ignored. So the configured values are written to the group.
 */
final class StreamsGroups {
    private final Admin admin;

    StreamsGroups(Admin admin) {
        this.admin = admin;
    }

    /**
     * Gives the groups of the stages that are Kafka Streams applications what the configuration says; nothing where it asks for another
     * protocol. Where the brokers refuse it, the stages run all the same, and what that means is said.
     */
    void configure(UndertoneConfig config, Consumer<String> say) throws InterruptedException {
        for (Stage stage : List.of(Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS)) {
            if (!config.stages().contains(stage) || !KafkaSettings.usesStreamsProtocol(config, stage)) {
                continue;
            }
            String group = config.applicationId(stage);
            try {
                write(group, KafkaSettings.streamsGroup(config, stage));
            } catch (Failure e) {
                say.accept("the group " + group
                        + " keeps the brokers' times, by default 45 s until a killed process is missed: "
                        + e.getMessage()
                        + "; let the brokers admit less (group.streams.min.session.timeout.ms,"
                        + " group.streams.min.heartbeat.interval.ms), or have someone with the right AlterConfigs on the"
                        + " group set streams.session.timeout.ms");
            }
        }
    }

    private void write(String group, Map<String, String> settings) throws InterruptedException {
        List<AlterConfigOp> changes = new ArrayList<>();
        settings.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Answers.get(
                admin.incrementalAlterConfigs(Map.of(resource, changes)).all(), "set the times of the group " + group);
    }
}
