package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ConfigRulesTest {
    private static void accepts(Validator rule, Object... values) {
        for (Object value : values) {
            assertThatCode(() -> rule.ensureValid("some.key", value))
                    .as("%s", value)
                    .doesNotThrowAnyException();
        }
    }

    private static void refuses(Validator rule, Object... values) {
        for (Object value : values) {
            assertThatThrownBy(() -> rule.ensureValid("some.key", value))
                    .as("%s", value)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("some.key");
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "name" + i).collect(Collectors.toList());
    }

    @Test
    void shouldKnowKafkasRuleForTopics() {
        accepts(ConfigRules.topicName(), "audio-chunks", "a.b_C-9", "x".repeat(200));
        refuses(ConfigRules.topicName(), "", ".", "..", "a b", "a/b", "ä", "x".repeat(201));
    }

    @Test
    void shouldTakeTheClustersReplicationFactorOrOneOfItsOwn() {
        accepts(ConfigRules.replicationFactor(), -1, 1, 3);
        refuses(ConfigRules.replicationFactor(), 0, -2);
    }

    @Test
    void shouldTellUrlsOfHttp() {
        accepts(
                ConfigRules.httpUrlOrEmpty(),
                "",
                "http://registry:8081",
                "https://registry.example.com/apis/ccompat/v7");
        refuses(
                ConfigRules.httpUrlOrEmpty(),
                "registry:8081",
                "ftp://registry",
                "https:///path",
                "http://a b",
                "wss://a");
    }

    @Test
    void shouldTakeWebSocketsWherePlatformsConnect() {
        accepts(
                ConfigRules.publicUrlOrEmpty(),
                "",
                "wss://calls.example.com",
                "ws://calls",
                "https://calls.example.com");
        refuses(ConfigRules.publicUrlOrEmpty(), "calls.example.com", "wsss://calls", "tcp://calls");
    }

    @Test
    void shouldKnowPlatformsByNameAndByPath() {
        Validator rule = ConfigRules.platforms(List.of("twilio", "genesys"));
        accepts(rule, List.of(), List.of("twilio", "/genesys"));
        refuses(rule, List.of("twilio", "zoom"), List.of("//twilio"), List.of("Twilio"));
    }

    @Test
    void shouldLimitNamesOfAttributes() {
        accepts(ConfigRules.attributeNames(), List.of(), names(16), List.of("a.b_c-D", "x".repeat(64)));
        refuses(ConfigRules.attributeNames(), names(17), List.of(""), List.of("a b"), List.of("x".repeat(65)));
    }

    @Test
    void shouldKnowSidesOfAllPlatformsOrOfOne() {
        Validator rule = ConfigRules.customerTracks(List.of("twilio"));
        accepts(rule, List.of("inbound"), List.of("left", "twilio:outbound"));
        refuses(rule, List.of("up"), List.of("twilio:"), List.of("zoom:inbound"), List.of("twilio:up"));
    }

    @Test
    void shouldReadNetworks() {
        accepts(ConfigRules.networks(), List.of(), List.of("10.1.0.0/16", "::1/128"));
        refuses(ConfigRules.networks(), List.of("10.1.0.0/33"), List.of("example.com"));
    }
}
