package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class GroupProtocolTest {
    private static UndertoneConfig config(String... settings) {
        ConfigSources sources = new ConfigSources();
        for (String setting : settings) {
            sources.set(setting);
        }
        return sources.load();
    }

    @Test
    void shouldTellMembersUnderTheProtocolClassic() {
        UndertoneConfig config = config("consumer.group.instance.id=a", "streams.num.standby.replicas=1");
        Properties settings = KafkaSettings.streams(config, Stage.FEATURES);
        assertThat(KafkaSettings.usesStreamsProtocol(config, Stage.FEATURES)).isFalse();
        assertThat(settings)
                .containsEntry("consumer.session.timeout.ms", 8_000)
                .containsEntry("consumer.heartbeat.interval.ms", 2_000)
                .containsEntry("consumer.group.instance.id", "a")
                .containsEntry("num.standby.replicas", "1");
    }

    /** Its members are not asked; those that bring a name of their own are refused, at the start. */
    @Test
    void shouldLeaveToTheGroupWhatIsTheGroupsUnderTheProtocolStreams() {
        UndertoneConfig config = config(
                "streams.group.protocol=streams",
                "consumer.group.instance.id=a",
                "consumer.session.timeout.ms=9000",
                "streams.num.standby.replicas=1");
        Properties settings = KafkaSettings.streams(config, Stage.INFERENCE);
        assertThat(KafkaSettings.usesStreamsProtocol(config, Stage.INFERENCE)).isTrue();
        assertThat(settings)
                .doesNotContainKeys(
                        "consumer.session.timeout.ms",
                        "consumer.heartbeat.interval.ms",
                        "consumer.group.instance.id",
                        "num.standby.replicas");
        assertThat(new StreamsConfig(settings).getString(StreamsConfig.GROUP_PROTOCOL_CONFIG))
                .isEqualTo("streams");
        assertThat(KafkaSettings.streamsGroup(config, Stage.INFERENCE))
                .containsEntry("streams.session.timeout.ms", "9000")
                .containsEntry("streams.heartbeat.interval.ms", "2000")
                .containsEntry("streams.num.standby.replicas", "1")
                .hasSize(3);
    }
}
