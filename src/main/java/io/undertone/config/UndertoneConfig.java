package io.undertone.config;

import io.undertone.alert.AlertRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Undertone's settings, validated individually and in combination. Immutable.
 *
 * <p>Keys that begin with {@code kafka.}, {@code streams.}, {@code producer.} or {@code consumer.} are passed to Kafka without the
 * prefix and checked there: {@code kafka.} to every client, {@code streams.} to Kafka Streams, the others to producers
 * and consumers, those of Kafka Streams included.
 *
 * @see ConfigSources sources of the values
 * @see KafkaSettings settings for Kafka
 */
public final class UndertoneConfig {
    private static final String HIDDEN = "[hidden]";

    private final Map<String, Object> values;
    private final Map<String, String> passThrough;
    private final List<String> warnings;
    /** By key: default names of topics. */
    private final Map<String, String> ownTopics;

    /**
     * @param given values by key; keys that are missing have their defaults
     * @throws ConfigException if a key is unknown or a value is not allowed
     */
    public UndertoneConfig(Map<String, String> given) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> others = new TreeMap<>();
        given.forEach((key, value) -> {
            if (ConfigKeys.DEFINITION.names().contains(key)) {
                own.put(key, value);
            } else if (ConfigKeys.PASS_THROUGH.stream().anyMatch(p -> key.startsWith(p) && key.length() > p.length())) {
                others.put(key, value);
            } else {
                throw unknown(key);
            }
        });
        this.ownTopics = ownTopics(own.get(ConfigKeys.APPLICATION_ID_PREFIX));
        ownTopics.forEach(own::putIfAbsent);
        this.values = ConfigKeys.DEFINITION.parse(own);
        this.passThrough = others;
        this.warnings = others.keySet().stream()
                .flatMap(key -> KafkaSettingNames.check(key).stream())
                .toList();
        validate();
    }

    /** Default topic names begin with the prefix, so that installations share none; those of the default prefix are plain. */
    private static Map<String, String> ownTopics(@Nullable String prefix) {
        Map<String, Object> defaults = ConfigKeys.DEFINITION.defaultValues();
        boolean plain = prefix == null || prefix.equals(defaults.get(ConfigKeys.APPLICATION_ID_PREFIX));
        Map<String, String> own = new HashMap<>();
        ConfigKeys.TOPICS.forEach(key -> own.put(key, (plain ? "" : prefix + ".") + defaults.get(key)));
        return own;
    }

    /** Warnings about valid but suspicious settings, as log lines. */
    List<String> warnings() {
        return warnings;
    }

    /** The default configuration. */
    public static UndertoneConfig defaults() {
        return new UndertoneConfig(Map.of());
    }

    private static ConfigException unknown(String key) {
        String remedy = NearestKey.to(key, ConfigKeys.DEFINITION.names())
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("'undertone config' lists every key.");
        return new ConfigException("Unknown configuration key: " + key + "; " + remedy);
    }

    /** The rules between keys. */
    private void validate() {
        if (audioDisorderMaxMs() >= legIdleMs()) {
            throw new ConfigException(
                    ConfigKeys.AUDIO_DISORDER_MAX_MS,
                    audioDisorderMaxMs(),
                    "Value must be below " + ConfigKeys.LEG_IDLE_MS + "=" + legIdleMs()
                            + ": a leg would end while its chunks wait");
        }
        if (inferenceBatchDelayMs() >= inferenceTimeoutMs()) {
            throw new ConfigException(
                    ConfigKeys.INFERENCE_BATCH_DELAY_MS,
                    inferenceBatchDelayMs(),
                    "Value must be below " + ConfigKeys.INFERENCE_TIMEOUT_MS + "=" + inferenceTimeoutMs());
        }
        Map<String, String> keyOfTopic = new HashMap<>();
        for (String key : ConfigKeys.TOPICS) {
            String other = keyOfTopic.put(string(key), key);
            if (other != null) {
                throw new ConfigException(key, string(key), "Value must differ from that of " + other);
            }
        }
        // Independent of stages: every process serves health and metrics there.
        if (webToken().isEmpty() && !isLoopback(webHost())) {
            throw new ConfigException(
                    ConfigKeys.WEB_HOST,
                    webHost(),
                    "Without " + ConfigKeys.WEB_TOKEN + ", value must be a loopback address such as 127.0.0.1");
        }
        gateway().validate();
        webhooks().validate();
    }

    static boolean isLoopback(String host) {
        // Only literal addresses and localhost: another name might resolve to an address outside this
        // machine.
        if (host.equals("localhost")) {
            return true;
        }
        if (!host.matches("[0-9.]+|[0-9a-fA-F:]+")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return string(ConfigKeys.BOOTSTRAP_SERVERS);
    }

    /** The application id of a stage: {@code undertone-features}. */
    public String applicationId(Stage stage) {
        return string(ConfigKeys.APPLICATION_ID_PREFIX) + "-" + stage.configName();
    }

    /** The folder of Kafka Streams' local state for each stage. */
    public List<Path> stateFolders() {
        Path all = Path.of(String.valueOf(KafkaSettings.streams(this, Stage.FEATURES)
                .getOrDefault(
                        StreamsConfig.STATE_DIR_CONFIG,
                        StreamsConfig.configDef().defaultValues().get(StreamsConfig.STATE_DIR_CONFIG))));
        return Stream.of(Stage.FEATURES, Stage.INFERENCE, Stage.ALERTS)
                .map(stage -> all.resolve(applicationId(stage)))
                .toList();
    }

    public Set<Stage> stages() {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        list(ConfigKeys.STAGES).forEach(name -> stages.add(Stage.of(name)));
        return stages;
    }

    /** The topic that a stage of Kafka Streams reads. */
    public String sourceTopic(Stage stage) {
        return string(sourceKey(stage));
    }

    private static String sourceKey(Stage stage) {
        return switch (stage) {
            case FEATURES -> ConfigKeys.TOPIC_AUDIO_CHUNKS;
            case INFERENCE -> ConfigKeys.TOPIC_MFCC_WINDOWS;
            case ALERTS -> ConfigKeys.TOPIC_EMOTION_EVENTS;
            default -> throw new IllegalArgumentException("must be a stage of Kafka Streams: stage=" + stage);
        };
    }

    /** Whether a stage that has never run begins at the end of its topic. */
    public boolean beginsWithNew(Stage stage) {
        String key = sourceKey(stage);
        String begin = string(ConfigKeys.SOURCE_BEGIN);
        return begin.equals("new") || (begin.equals("auto") && !string(key).equals(ownTopics.get(key)));
    }

    /** Whether a process may start while others run with another bundle. */
    public boolean changesBundleRolling() {
        return string(ConfigKeys.MODEL_BUNDLE_CHANGE).equals("rolling");
    }

    /** Whether state is kept on disk rather than in memory. */
    public boolean storesOnDisk() {
        return string(ConfigKeys.STATE_STORES).equals("rocksdb");
    }

    public String audioChunksTopic() {
        return string(ConfigKeys.TOPIC_AUDIO_CHUNKS);
    }

    public String mfccWindowsTopic() {
        return string(ConfigKeys.TOPIC_MFCC_WINDOWS);
    }

    public String emotionEventsTopic() {
        return string(ConfigKeys.TOPIC_EMOTION_EVENTS);
    }

    public String callSummariesTopic() {
        return string(ConfigKeys.TOPIC_CALL_SUMMARIES);
    }

    public String callConversationsTopic() {
        return string(ConfigKeys.TOPIC_CALL_CONVERSATIONS);
    }

    public String emotionAlertsTopic() {
        return string(ConfigKeys.TOPIC_EMOTION_ALERTS);
    }

    public String emotionFeedbackTopic() {
        return string(ConfigKeys.TOPIC_EMOTION_FEEDBACK);
    }

    public String deadLettersTopic() {
        return string(ConfigKeys.TOPIC_DEAD_LETTERS);
    }

    /** Partitions of new topics. */
    public int topicPartitions() {
        return integer(ConfigKeys.TOPIC_PARTITIONS);
    }

    /** Replicas of new topics; -1: the cluster's default. */
    public short topicReplicationFactor() {
        return (short) integer(ConfigKeys.TOPIC_REPLICATION_FACTOR);
    }

    /** The shortest of several retentions, by keys {@code topic.….retention.ms}. */
    public long shortestRetentionMs(String... keys) {
        return Arrays.stream(keys).mapToLong(this::retentionMs).min().orElseThrow();
    }

    /** A retention, by one of the keys {@code topic.….retention.ms}. */
    public long retentionMs(String key) {
        return longer(key);
    }

    /** Empty: no registry. */
    public String schemaRegistryUrl() {
        return string(ConfigKeys.SCHEMA_REGISTRY_URL);
    }

    /** user:password; empty: none. */
    public String schemaRegistryUserInfo() {
        return ((Password) value(ConfigKeys.SCHEMA_REGISTRY_USER_INFO)).value();
    }

    /** A PEM file; empty: Java's default trust. */
    public String schemaRegistryTruststore() {
        return string(ConfigKeys.SCHEMA_REGISTRY_TRUSTSTORE);
    }

    public int schemaRegistryTimeoutMs() {
        return integer(ConfigKeys.SCHEMA_REGISTRY_TIMEOUT_MS);
    }

    /** Whether missing schemas are registered. */
    public boolean schemaRegistryRegisters() {
        return (Boolean) value(ConfigKeys.SCHEMA_REGISTRY_REGISTER);
    }

    /** Names of the roles that are analysed, as in the schemas. */
    public List<String> analysisRoles() {
        return list(ConfigKeys.ANALYSIS_ROLES);
    }

    /** Whether conversation measures are computed. */
    public boolean measuresConversations() {
        return (Boolean) value(ConfigKeys.CONVERSATION_MEASURES);
    }

    public int audioChunkMaxBytes() {
        return integer(ConfigKeys.AUDIO_CHUNK_MAX_BYTES);
    }

    public int audioGapMaxMs() {
        return integer(ConfigKeys.AUDIO_GAP_MAX_MS);
    }

    public int audioDisorderMaxMs() {
        return integer(ConfigKeys.AUDIO_DISORDER_MAX_MS);
    }

    public long legIdleMs() {
        return longer(ConfigKeys.LEG_IDLE_MS);
    }

    public long legEndedRetentionMs() {
        return longer(ConfigKeys.LEG_ENDED_RETENTION_MS);
    }

    public int legsMax() {
        return integer(ConfigKeys.LEGS_MAX);
    }

    public double speechMinRatio() {
        return (Double) value(ConfigKeys.SPEECH_MIN_RATIO);
    }

    /** A name, {@code name/version} or a folder. */
    public String modelBundle() {
        return string(ConfigKeys.MODEL_BUNDLE);
    }

    /** auto, dl4j or onnx. */
    public String inferenceEngine() {
        return string(ConfigKeys.INFERENCE_ENGINE);
    }

    /** auto, cpu or cuda. */
    public String inferenceDevice() {
        return string(ConfigKeys.INFERENCE_DEVICE);
    }

    /** auto, float or int8. */
    public String inferencePrecision() {
        return string(ConfigKeys.INFERENCE_PRECISION);
    }

    /** Batches computed at the same time, at least 1: as set, otherwise one for each core. */
    public int inferenceThreads() {
        int threads = integer(ConfigKeys.INFERENCE_THREADS);
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    public int inferenceBatchMaxSize() {
        return integer(ConfigKeys.INFERENCE_BATCH_MAX_SIZE);
    }

    public int inferenceBatchDelayMs() {
        return integer(ConfigKeys.INFERENCE_BATCH_DELAY_MS);
    }

    public int inferenceWaitingMaxPerLeg() {
        return integer(ConfigKeys.INFERENCE_WAITING_MAX_PER_LEG);
    }

    public long inferenceTimeoutMs() {
        return longer(ConfigKeys.INFERENCE_TIMEOUT_MS);
    }

    /** Whether inference continues without a failed voter. */
    public boolean continuesWithoutVoter() {
        return string(ConfigKeys.INFERENCE_VOTER_FAILURE).equals("continue");
    }

    /** Whether the verdict on a window uses the windows before it. */
    public boolean usesEarlierWindows() {
        return (Boolean) value(ConfigKeys.VOTE_PERSISTENCE);
    }

    /** Share of each label among the callers, overriding the bundle's; empty: the bundle's. */
    public Map<String, Double> votePriors() {
        return LabelShares.parse(string(ConfigKeys.VOTE_PRIORS));
    }

    /** The rules of the stage alerts. */
    public AlertRules alertRules() {
        return AlertRules.parse(string(ConfigKeys.ALERT_RULES));
    }

    public String webHost() {
        return string(ConfigKeys.WEB_HOST);
    }

    public int webPort() {
        return integer(ConfigKeys.WEB_PORT);
    }

    /** Empty: none is asked for. */
    public String webToken() {
        return ((Password) value(ConfigKeys.WEB_TOKEN)).value();
    }

    /** The settings of the stage webhooks. */
    public WebhookConfig webhooks() {
        return new WebhookConfig(this);
    }

    /** Whether feedback on labels is accepted. */
    public boolean takesFeedback() {
        return (Boolean) value(ConfigKeys.WEB_FEEDBACK);
    }

    /** Whether recordings sent to the stage web are classified in this process. */
    public boolean classifiesOnTheWeb() {
        return stages().contains(Stage.WEB)
                && switch (string(ConfigKeys.WEB_CLASSIFY)) {
                    case "on" -> true;
                    case "off" -> false;
                    default -> stages().contains(Stage.INFERENCE);
                };
    }

    public long webClassifyMaxBytes() {
        return longer(ConfigKeys.WEB_CLASSIFY_MAX_BYTES);
    }

    public long webClassifyTimeoutMs() {
        return longer(ConfigKeys.WEB_CLASSIFY_TIMEOUT_MS);
    }

    /** The settings of the stage gateway. */
    public GatewayConfig gateway() {
        return new GatewayConfig(this);
    }

    /** Whether log lines may name calls. */
    public boolean logsCallIds() {
        return (Boolean) value(ConfigKeys.LOG_CALL_IDS);
    }

    /** The settings under a pass-through prefix such as {@code streams.}, without it. */
    Map<String, String> passedThrough(String prefix) {
        Map<String, String> found = new HashMap<>();
        passThrough.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Every key with its value as text, Undertone's own first, then pass-through keys; secrets are hidden. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String key :
                ConfigKeys.DEFINITION.configKeys().keySet().stream().sorted().toList()) {
            shown.put(key, show(value(key)));
        }
        passThrough.forEach((key, value) -> shown.put(key, isSecret(key) ? HIDDEN : value));
        return shown;
    }

    private static String show(Object value) {
        if (value instanceof Password password) {
            return password.value().isEmpty() ? "" : HIDDEN;
        }
        return value instanceof Collection<?> items
                ? String.join(",", items.stream().map(Object::toString).toList())
                : value.toString();
    }

    /** Whether the value of a key is secret. */
    public static boolean isSecret(String key) {
        ConfigDef.ConfigKey own = ConfigKeys.DEFINITION.configKeys().get(key);
        if (own != null && own.type == ConfigDef.Type.PASSWORD) {
            return true;
        }
        String lower = key.toLowerCase(Locale.ROOT);
        return List.of("password", "secret", "jaas", "token", "credential", "keystore.key").stream()
                .anyMatch(lower::contains);
    }

    Object value(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("must be a configuration key: " + key);
        }
        return value;
    }

    String string(String key) {
        return (String) value(key);
    }

    int integer(String key) {
        return (Integer) value(key);
    }

    long longer(String key) {
        return (Long) value(key);
    }

    List<String> list(String key) {
        return ((List<?>) value(key)).stream().map(Object::toString).toList();
    }
}
