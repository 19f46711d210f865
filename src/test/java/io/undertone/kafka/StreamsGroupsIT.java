package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Session times under the protocol streams, where they are the group's: without this, 45 s in place of the 8 that are promised. */
class StreamsGroupsIT {
    private static UndertoneConfig config(EmbeddedBroker broker, String... settings) {
        ConfigSources sources =
                new ConfigSources().bootstrapServers(broker.bootstrapServers()).set("stages=features,inference,web");
        for (String setting : settings) {
            sources.set(setting);
        }
        return sources.load();
    }

    private static List<String> configure(UndertoneConfig config) throws InterruptedException {
        List<String> said = new ArrayList<>();
        try (Cluster cluster = Cluster.reach(config, progress -> {})) {
            cluster.configureGroups(config, said::add);
        }
        return said;
    }

    private static String sessionMs(UndertoneConfig config, String group) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            Map<ConfigResource, Config> found =
                    admin.describeConfigs(List.of(resource)).all().get();
            return found.get(resource).get("streams.session.timeout.ms").value();
        }
    }

    @Test
    void shouldGiveTheGroupsTheTimesThatTheConfigurationSays() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            UndertoneConfig classic = config(broker);
            assertThat(configure(classic)).isEmpty();
            assertThat(sessionMs(classic, "undertone-features")).isEqualTo("45000");

            UndertoneConfig streams = config(broker, "streams.group.protocol=streams");
            assertThat(configure(streams)).isEmpty();
            assertThat(sessionMs(streams, "undertone-features")).isEqualTo("8000");
            assertThat(sessionMs(streams, "undertone-inference")).isEqualTo("8000");
            assertThat(sessionMs(streams, "undertone-alerts")).isEqualTo("45000");
        }
    }

    @Test
    void shouldSayWhatBrokersRefuseAndTheRemedy() throws Exception {
        Map<String, String> asByDefault = Map.of(
                "group.streams.min.session.timeout.ms", "45000", "group.streams.min.heartbeat.interval.ms", "5000");
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, null, asByDefault)) {
            UndertoneConfig config = config(broker, "streams.group.protocol=streams");
            assertThat(configure(config))
                    .hasSize(2)
                    .allSatisfy(said -> assertThat(said)
                            .contains("keeps the brokers' times")
                            .contains("group.streams.min.session.timeout.ms"));
            assertThat(sessionMs(config, "undertone-features")).isEqualTo("45000");
        }
    }
}
