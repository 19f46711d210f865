package io.undertone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of a topic that must keep records of up to 1,000 bytes for 5,000 ms. */
class TopicSettingsTest {
    private static List<String> problems(Map<String, String> settings) {
        return TopicSettings.problems("events", settings, 5_000, 1_000);
    }

    @Test
    void shouldAcceptSettingsThatAreLargeEnough() {
        assertThat(problems(Map.of(
                        "cleanup.policy",
                        "delete",
                        "max.message.bytes",
                        "1000",
                        "retention.ms",
                        "5000",
                        "segment.ms",
                        "7")))
                .isEmpty();
        assertThat(problems(Map.of())).as("which may not be seen").isEmpty();
    }

    @Test
    void shouldTakeRetentionOfMinusOneForEver() {
        assertThat(problems(Map.of("retention.ms", "-1"))).isEmpty();
    }

    @Test
    void shouldNameEachSettingThatLosesRecordsAndItsRemedy() {
        assertThat(problems(Map.of("max.message.bytes", "999")))
                .singleElement()
                .asString()
                .startsWith("the topic events has max.message.bytes=999, which refuses records of up to 1000 bytes; ")
                .endsWith("--entity-name events --add-config max.message.bytes=1048588");
        assertThat(problems(Map.of("retention.ms", "4999")))
                .singleElement()
                .asString()
                .contains("deletes records before the 5000 ms")
                .endsWith("--add-config retention.ms=5000");
        assertThat(problems(Map.of("cleanup.policy", "compact,delete")))
                .singleElement()
                .asString()
                .contains("cleanup.policy=compact,delete, which keeps only the newest record of a call")
                .endsWith("--add-config cleanup.policy=delete");
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        assertThat(problems(Map.of("cleanup.policy", "compact", "max.message.bytes", "1", "retention.ms", "0")))
                .hasSize(3);
    }
}
