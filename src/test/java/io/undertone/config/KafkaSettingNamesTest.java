package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.truststore.location",
                "producer.linger.ms",
                "consumer.max.poll.records",
                "streams.num.stream.threads",
                "streams.main.consumer.max.poll.records",
                "streams.producer.linger.ms",
                "streams.topic.segment.bytes",
                "streams.client.tag.zone"
            })
    void shouldKnowKafkasOwn(String key) {
        assertThat(KafkaSettingNames.check(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.ssl.truststore.loction, kafka.ssl.truststore.location",
        "producer.linger.m, producer.linger.ms",
        "streams.main.consumer.max.poll.record, streams.main.consumer.max.poll.records",
        "streams.topic.segment.byte, streams.topic.segment.bytes"
    })
    void shouldTakeANearMissForATypo(String key, String meant) {
        assertThatThrownBy(() -> KafkaSettingNames.check(key))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("did you mean " + meant + "?");
    }

    /** A setting of consumers is none of producers. */
    @ParameterizedTest
    @CsvSource({"kafka.my.plugin.cache.dir, my.plugin.cache.dir", "producer.max.poll.records, max.poll.records"})
    void shouldWarnOfWhatOnlyAPluginCouldKnow(String key, String setting) {
        assertThat(KafkaSettingNames.check(key))
                .hasValueSatisfying(warning -> assertThat(warning).contains("no setting " + setting + ":"));
    }
}
