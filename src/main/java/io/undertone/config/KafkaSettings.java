package io.undertone.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka's clients and Kafka Streams: Undertone's own, overridden by those that the configuration passes through. */
public final class KafkaSettings {
    private static final int COMMIT_INTERVAL_MS = 100;
    /** Alerts need not arrive within half a second, and each commit costs the brokers several requests. */
    private static final int ALERTS_COMMIT_INTERVAL_MS = 500;

    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** Member settings of the classic protocol, and their names in the streams protocol's group configuration. */
    private static final Map<String, String> IN_STREAMS_GROUPS = Map.of(
            StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
            "streams.session.timeout.ms",
            StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
            "streams.heartbeat.interval.ms",
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
            "streams.num.standby.replicas");

    /** Largest record of a changelog: topics and producers must both allow it. */
    public static final int MAX_STATE_BYTES = 4 << 20;

    private KafkaSettings() {}

    /** For an admin client. */
    public static Map<String, Object> admin(UndertoneConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.putAll(config.passedThrough("kafka."));
        return settings;
    }

    /** For a consumer of Undertone's topics: read_committed. */
    public static Map<String, Object> consumer(UndertoneConfig config) {
        Map<String, Object> settings = admin(config);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putAll(config.passedThrough("consumer."));
        return settings;
    }

    /** For a producer to Undertone's topics: idempotent, with all acknowledgements. */
    public static Map<String, Object> producer(UndertoneConfig config) {
        Map<String, Object> settings = admin(config);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putAll(config.passedThrough("producer."));
        return settings;
    }

    /** For the Kafka Streams application of a stage. */
    public static Properties streams(UndertoneConfig config, Stage stage) {
        Properties settings = ofMembers(config, stage);
        if (usesStreamsProtocol(settings)) {
            IN_STREAMS_GROUPS.keySet().forEach(settings::remove);
            // Brokers before 4.4 refuse members that bring a name of their own.
            settings.remove(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
            settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        }
        return settings;
    }

    /** All settings of a group's members, under either protocol. */
    private static Properties ofMembers(UndertoneConfig config, Stage stage) {
        int commitIntervalMs = stage == Stage.ALERTS ? ALERTS_COMMIT_INTERVAL_MS : COMMIT_INTERVAL_MS;
        Properties settings = new Properties();
        settings.putAll(admin(config));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId(stage));
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId(stage));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                streamThreads(stage, Runtime.getRuntime().availableProcessors()));
        // An event can be read once its transaction commits: both applications' intervals are part of its latency.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalMs);
        // How long the thread waits for records; results of batches are forwarded in between.
        settings.put(StreamsConfig.POLL_MS_CONFIG, 5);
        // Each task reads one partition, so there is no other one to wait for; without this, Kafka Streams asks before
        // every
        // record and formats a message that nobody reads.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // A window that is finished before the next commit stays in this cache and is never written to the changelog.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        // A new instance gets its share at once and restores it within seconds. By default (10,000
        // records) it would get none until the next probing rebalance, ten minutes later, since changelogs are
        // larger.
        settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
        ofConsumers(stage).forEach((key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
        ofProducers(commitIntervalMs).forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
        config.passedThrough("consumer.")
                .forEach((key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
        config.passedThrough("producer.")
                .forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
        settings.putAll(config.passedThrough("streams."));
        return settings;
    }

    /** A thread of features fills a core at some 1,400 legs, and the stages share the cores: one thread for each two. */
    static int streamThreads(Stage stage, int cores) {
        return stage == Stage.FEATURES || stage == Stage.INFERENCE ? Math.max(1, cores / 2) : 1;
    }

    private static Map<String, Object> ofConsumers(Stage stage) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // How long a killed process blocks the others: its partitions are reassigned once its session times out (45 s
        // by default), and its open transaction hides later records until it times out. Both must be longer than
        // ordinary interruptions: see RATIONALE.md.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        if (stage == Stage.FEATURES) {
            // Chunks of many calls arrive all the time: batching them saves requests.
            settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 << 10);
            settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        }
        return settings;
    }

    private static Map<String, Object> ofProducers(int commitIntervalMs) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Nothing can be read before its transaction commits, and the commit sends all lingering batches: sending them
        // earlier costs more requests and saves no time.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, commitIntervalMs);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        // Checked before compression; with the default of 1 MiB, a leg with much buffered audio would stop the process.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_STATE_BYTES);
        return settings;
    }

    /** Whether a stage's group uses the protocol {@code streams} (KIP-1071). */
    public static boolean usesStreamsProtocol(UndertoneConfig config, Stage stage) {
        return usesStreamsProtocol(streams(config, stage));
    }

    private static boolean usesStreamsProtocol(Properties settings) {
        return "streams".equalsIgnoreCase(String.valueOf(settings.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)));
    }

    /** Group settings of the protocol {@code streams}, which ignores its members' settings. */
    public static Map<String, String> streamsGroup(UndertoneConfig config, Stage stage) {
        Properties settings = ofMembers(config, stage);
        Map<String, String> group = new HashMap<>();
        IN_STREAMS_GROUPS.forEach((name, ofGroup) -> {
            Object value = settings.get(name);
            if (value != null) {
                group.put(ofGroup, String.valueOf(value));
            }
        });
        return group;
    }

    /** The timeout after which the broker aborts a stage's transaction and fences its producer. */
    public static long transactionTimeoutMs(UndertoneConfig config, Stage stage) {
        Object timeout =
                streams(config, stage).get(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
        return Long.parseLong(String.valueOf(timeout));
    }
}
