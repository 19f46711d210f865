package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndertoneConfigTest {
    @TempDir
    Path folder;

    @Test
    void shouldHaveDefaultsForEveryKey() {
        UndertoneConfig config = UndertoneConfig.defaults();
        assertThat(config.stages()).containsExactly(Stage.FEATURES, Stage.INFERENCE, Stage.WEB);
        assertThat(config.analysisRoles()).containsExactly("CUSTOMER");
        assertThat(config.applicationId(Stage.FEATURES)).isEqualTo("undertone-features");
        assertThat(config.shown()).hasSize(ConfigKeys.DEFINITION.names().size());
    }

    @Test
    void shouldPreferSetThenEnvironmentThenFileThenDefault() throws IOException {
        Path file = folder.resolve("undertone.properties");
        Files.writeString(file, "legs.max = 1\naudio.gap.max.ms=1\nleg.idle.ms=1001\n");
        UndertoneConfig config = new ConfigSources()
                .file(file)
                .environment(Map.of("UNDERTONE_LEGS_MAX", "2", "UNDERTONE_AUDIO_GAP_MAX_MS", "2", "PATH", "/bin"))
                .set("legs.max=3")
                .load();
        assertThat(config.legsMax()).isEqualTo(3);
        assertThat(config.audioGapMaxMs()).isEqualTo(2);
        assertThat(config.legIdleMs()).isEqualTo(1001);
        assertThat(config.audioDisorderMaxMs()).isEqualTo(500);
    }

    /** Every line of it, those that are commented out as well. */
    @Test
    void shouldTakeTheConfigurationToBeginWith() throws IOException {
        Path sample = Path.of("config/undertone.properties");
        UndertoneConfig config = new ConfigSources().file(sample).load();
        assertThat(config.stages()).isEqualTo(UndertoneConfig.defaults().stages());
        assertThat(config.legsMax()).isEqualTo(UndertoneConfig.defaults().legsMax());

        Path all = folder.resolve("all.properties");
        Files.writeString(all, Files.readString(sample).replaceAll("(?m)^# (?=[a-z.]+=)", ""));
        UndertoneConfig secured = new ConfigSources().file(all).load();
        assertThat(secured.shown())
                .extractingByKey("kafka.security.protocol")
                .asString()
                .contains("SASL_SSL");
    }

    @Test
    void shouldNameTheNearestKeyForAnUnknownOne() {
        assertThatThrownBy(() -> new ConfigSources().set("inference.engin=onnx").load())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Unknown configuration key: inference.engin; did you mean inference.engine?");
        assertThatThrownBy(() -> new ConfigSources().set("colour=blue").load())
                .hasMessage("Unknown configuration key: colour; 'undertone config' lists every key.");
    }

    @Test
    void shouldNameTheNearestSettingOfKafkaForAMisspeltOne() {
        assertRefused("kafka.ssl.trustore.location=/ca.pem", "did you mean kafka.ssl.truststore.location?");
        assertRefused("streams.num.standby.replica=1", "did you mean streams.num.standby.replicas?");
        assertRefused("streams.main.consumer.max.poll.record=1", "streams.main.consumer.max.poll.records?");
        assertRefused("streams.topic.retention.mss=1", "did you mean streams.topic.retention.ms?");
        assertRefused("producer.lingerms=1", "did you mean producer.linger.ms?");
        assertThatThrownBy(() -> new ConfigSources()
                        .environment(Map.of("UNDERTONE_KAFKA_SSL_TRUSTORE_LOCATION", "/ca.pem"))
                        .load())
                .hasMessageContaining("did you mean kafka.ssl.truststore.location?");
    }

    @Test
    void shouldTakeSettingsOfPlugInsAndSayThatKafkaHasThemNot() {
        ConfigSources sources = new ConfigSources()
                .set("kafka.auditors.own.setting=1")
                .set("streams.client.tag.zone=a")
                .set("streams.topic.retention.ms=1")
                .environment(Map.of("UNDERTONE_KAFKA_PORT", "tcp://10.0.0.1:9092"));
        sources.load();
        sources.load();
        assertThat(sources.warnings())
                .containsExactly(
                        "Kafka has no setting auditors.own.setting: kafka.auditors.own.setting only reaches plug-ins of"
                                + " your own, if any",
                        "Kafka has no setting port: kafka.port only reaches plug-ins of your own, if any");
    }

    @Test
    void shouldNameTheNearestKeyForAMisspeltVariable() {
        ConfigSources sources = new ConfigSources().environment(Map.of("UNDERTONE_LEGS_MAXX", "1"));
        sources.load();
        assertThat(sources.warnings()).singleElement().asString().endsWith("; did you mean UNDERTONE_LEGS_MAX?");
    }

    @Test
    void shouldGiveAnotherPrefixTopicsOfItsOwn() {
        UndertoneConfig plain =
                new ConfigSources().set("application.id.prefix=undertone").load();
        assertThat(plain.audioChunksTopic()).isEqualTo("audio-chunks");
        assertThat(plain.beginsWithNew(Stage.FEATURES)).isFalse();

        UndertoneConfig trial = new ConfigSources()
                .set("application.id.prefix=trial")
                .set("topic.mfcc.windows=mfcc-windows")
                .load();
        assertThat(trial.audioChunksTopic()).isEqualTo("trial.audio-chunks");
        assertThat(trial.mfccWindowsTopic()).isEqualTo("mfcc-windows");
        assertThat(trial.emotionEventsTopic()).isEqualTo("trial.emotion-events");
        assertThat(trial.callSummariesTopic()).isEqualTo("trial.call-summaries");
        assertThat(trial.emotionAlertsTopic()).isEqualTo("trial.emotion-alerts");
        assertThat(trial.deadLettersTopic()).isEqualTo("trial.dead-letters");
        assertThat(trial.shown()).containsEntry("topic.audio.chunks", "trial.audio-chunks");
        assertThat(trial.beginsWithNew(Stage.FEATURES)).isFalse();
        assertThat(trial.beginsWithNew(Stage.INFERENCE)).isTrue();
    }

    @Test
    void shouldLeaveTheLaunchersVariablesAlone() {
        ConfigSources sources =
                new ConfigSources().environment(Map.of("UNDERTONE_BUILD", "never", "UNDERTONE_JVM_OPTS", "-Xmx1g"));

        assertThat(sources.warnings()).isEmpty();
    }

    @Test
    void shouldOnlyWarnOfUnknownVariablesOfTheEnvironment() {
        ConfigSources sources = new ConfigSources().environment(Map.of("UNDERTONE_SERVICE_HOST", "10.0.0.1"));
        assertThat(sources.load().shown()).isEqualTo(UndertoneConfig.defaults().shown());
        assertThat(sources.warnings()).singleElement().asString().contains("UNDERTONE_SERVICE_HOST");
    }

    @Test
    void shouldRefuseValuesThatAreNotAllowed() {
        assertRefused("inference.engine=tensorflow", "inference.engine");
        assertRefused("inference.precision=bf16", "inference.precision");
        assertRefused("legs.max=0", "Value must be at least 1");
        assertRefused("legs.max=many", "legs.max");
        assertRefused("speech.min.ratio=1.5", "speech.min.ratio");
        assertRefused("analysis.roles=BOSS", "analysis.roles");
        assertRefused("stages=", "stages");
        assertRefused("topic.audio.chunks=a b", "topic.audio.chunks");
        assertRefused("topic.replication.factor=0", "-1 or at least 1");
        assertRefused("schema.registry.url=ftp://x", "http(s)");
        assertRefused("legs.max", "must be KEY=VALUE");
    }

    @Test
    void shouldRefuseValuesThatContradictEachOther() {
        assertRefused("leg.idle.ms=1000", "audio.disorder.max.ms=", "audio.disorder.max.ms=2000");
        assertRefused("topic.mfcc.windows=audio-chunks", "must differ from that of topic.audio.chunks");
        assertRefused("web.host=0.0.0.0", "web.token");
        assertRefused("web.host=example.org", "web.token");
        assertRefused("web.host=0.0.0.0", "web.token", "stages=features");
        assertRefused("inference.batch.delay.ms=1000", "inference.timeout.ms=", "inference.timeout.ms=1000");
        new ConfigSources().set("web.host=0.0.0.0").set("web.token=s3cret").load();
        new ConfigSources().set("web.host=::1").load();
        assertRefused("alert.rules=angry", "must begin with its name");
        assertRefused("alert.rules=angry", "must begin with its name", "stages=features");
    }

    private static void assertRefused(String assignment, String message, String... more) {
        assertThatThrownBy(() -> {
                    ConfigSources sources = new ConfigSources().set(assignment);
                    for (String other : more) {
                        sources.set(other);
                    }
                    sources.load();
                })
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.replaceAll("=$", ""));
    }

    /** As Windows' editors write files, for each of the two kinds of file. */
    @Test
    void shouldTakeFilesThatBeginWithAByteOrderMark() throws IOException {
        Path own = Files.writeString(folder.resolve("own.properties"), "\ufeffanalysis.roles=AGENT\r\nweb.port=0\r\n");
        Path kafkas = Files.writeString(folder.resolve("kafkas.properties"), "\ufeffsecurity.protocol=SSL\r\n");

        ConfigSources sources = new ConfigSources().file(own).commandConfig(kafkas);

        assertThat(sources.load().shown())
                .containsEntry("analysis.roles", "AGENT")
                .containsEntry("kafka.security.protocol", "SSL");
        assertThat(sources.warnings()).isEmpty();
    }

    @Test
    void shouldPassKafkasOwnSettingsThrough() throws IOException {
        Path file = folder.resolve("client.properties");
        Files.writeString(file, "security.protocol=SSL\nbootstrap.servers=ignored:1\nssl.keystore.password=s3cret\n");
        UndertoneConfig config = new ConfigSources()
                .bootstrapServers("broker:9092")
                .commandConfig(file)
                .environment(Map.of("UNDERTONE_STREAMS_STATE_DIR", "/state"))
                .set("streams.commit.interval.ms=30")
                .set("producer.linger.ms=7")
                .set("consumer.max.poll.records=9")
                .load();
        assertThat(config.bootstrapServers()).isEqualTo("broker:9092");
        assertThat(KafkaSettings.streams(config, Stage.INFERENCE))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("application.id", "undertone-inference")
                .containsEntry("processing.guarantee", StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry("state.dir", "/state")
                .containsEntry("commit.interval.ms", "30")
                .containsEntry("producer.linger.ms", "7")
                .containsEntry("consumer.max.poll.records", "9");
        assertThat(KafkaSettings.consumer(config))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("max.poll.records", "9")
                .doesNotContainKey("linger.ms");
        assertThat(KafkaSettings.producer(config))
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "all");
        assertThat(config.shown()).containsEntry("kafka.ssl.keystore.password", "[hidden]");
    }

    @Test
    void shouldSendAtCommitsAndFetchChunksTogether() {
        UndertoneConfig config = new ConfigSources().load();
        Map<Object, Object> features = KafkaSettings.streams(config, Stage.FEATURES);
        assertThat(features).containsEntry("producer.linger.ms", features.get("commit.interval.ms"));
        assertThat(features).containsKey("consumer.fetch.min.bytes");
        assertThat(KafkaSettings.streams(config, Stage.INFERENCE)).doesNotContainKey("consumer.fetch.min.bytes");
        UndertoneConfig own =
                new ConfigSources().set("consumer.fetch.min.bytes=1").load();
        assertThat(KafkaSettings.streams(own, Stage.FEATURES)).containsEntry("consumer.fetch.min.bytes", "1");
    }

    /** Each commit costs the brokers requests: where nobody waits for tenths of seconds there are fewer. */
    @Test
    void shouldCommitAlertsLessOftenUnlessToldOtherwise() {
        UndertoneConfig config = new ConfigSources().load();
        assertThat(KafkaSettings.streams(config, Stage.INFERENCE))
                .containsEntry("commit.interval.ms", 100)
                .containsEntry("producer.linger.ms", 100);
        assertThat(KafkaSettings.streams(config, Stage.ALERTS))
                .containsEntry("commit.interval.ms", 500)
                .containsEntry("producer.linger.ms", 500);
        UndertoneConfig own =
                new ConfigSources().set("streams.commit.interval.ms=50").load();
        assertThat(KafkaSettings.streams(own, Stage.ALERTS)).containsEntry("commit.interval.ms", "50");
    }

    @Test
    void shouldNotShowTheToken() {
        UndertoneConfig config = new ConfigSources().set("web.token=s3cret").load();
        assertThat(config.webToken()).isEqualTo("s3cret");
        assertThat(config.shown()).containsEntry("web.token", "[hidden]");
        assertThat(UndertoneConfig.defaults().shown()).containsEntry("web.token", "");
    }

    @Test
    void shouldTakeEveryPasswordForASecret() {
        assertThat(ConfigKeys.DEFINITION.configKeys().values().stream()
                        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                        .map(key -> key.name))
                .contains("gateway.genesys.api.key", "web.token")
                .allMatch(UndertoneConfig::isSecret);
        assertThat(UndertoneConfig.isSecret("gateway.port")).isFalse();
        assertThat(UndertoneConfig.isSecret("kafka.sasl.jaas.config")).isTrue();
    }

    @Test
    void shouldSayWhichFileCannotBeRead() {
        assertThatThrownBy(() -> new ConfigSources().file(folder.resolve("absent.properties")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("absent.properties");
    }

    @Test
    void shouldDescribeEveryKeyInTheReferenceTable() {
        String table = ConfigReference.markdown();
        assertThat(ConfigKeys.DEFINITION.names())
                .allSatisfy(key -> assertThat(table).contains("| `" + key + "` |"));
        assertThat(table.lines())
                .hasSize(ConfigKeys.DEFINITION.names().size() + 2)
                .allMatch(line -> line.startsWith("| "));
        assertThat(table).doesNotContain("@");
    }

    @Test
    void shouldGiveTheStagesThatComputeAThreadForEachTwoCores() {
        assertThat(KafkaSettings.streamThreads(Stage.FEATURES, 1)).isEqualTo(1);
        assertThat(KafkaSettings.streamThreads(Stage.FEATURES, 2)).isEqualTo(1);
        assertThat(KafkaSettings.streamThreads(Stage.INFERENCE, 16)).isEqualTo(8);
        assertThat(KafkaSettings.streamThreads(Stage.ALERTS, 16)).isEqualTo(1);

        UndertoneConfig own =
                new ConfigSources().set("streams.num.stream.threads=3").load();
        assertThat(KafkaSettings.streams(own, Stage.FEATURES))
                .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "3");
    }
}
