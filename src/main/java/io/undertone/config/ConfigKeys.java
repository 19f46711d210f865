package io.undertone.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.undertone.alert.AlertRules;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Undertone's own keys with meaning, type, default and bounds. */
public final class ConfigKeys {
    /** Prefixes whose keys are passed to Kafka, without the prefix. */
    public static final List<String> PASS_THROUGH = List.of("kafka.", "streams.", "producer.", "consumer.");

    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    private static final String BOOTSTRAP_SERVERS_DOC =
            "Bootstrap servers of the cluster: host:port, several separated by commas. Any other setting of Kafka's clients"
                    + " can be set with the prefix kafka., such as kafka.security.protocol or kafka.ssl.truststore.location.";

    public static final String APPLICATION_ID_PREFIX = "application.id.prefix";
    private static final String APPLICATION_ID_PREFIX_DOC =
            "Prefix of the application ids <prefix>-features, <prefix>-inference and <prefix>-alerts, which name the consumer groups, internal"
                    + " topics and transactional ids, and the groups <prefix>-webhooks-<receiver>. Another prefix makes an independent installation: its topics begin with it unless they are set, as in <prefix>.audio-chunks.";

    public static final String STAGES = "stages";
    private static final String STAGES_DOC =
            "Stages that run in this process: any of gateway, features, inference, alerts, webhooks, web.";

    public static final String SOURCE_BEGIN = "source.begin";
    private static final String SOURCE_BEGIN_DOC =
            "Where a stage that has never run begins: all (the oldest records of its topic), new (records from then on),"
                    + " or auto: new where topic.audio.chunks or topic.mfcc.windows name a topic that is not this installation's own,"
                    + " else all.";

    public static final String STATE_STORES = "state.stores";
    private static final String STATE_STORES_DOC =
            "Where the state of legs is kept: memory, or rocksdb (on disk, in streams.state.dir). Either way it is restored"
                    + " from a changelog topic after a crash.";

    public static final String TOPIC_AUDIO_CHUNKS = "topic.audio.chunks";
    private static final String TOPIC_AUDIO_CHUNKS_DOC = "The topic of audio chunks.";

    public static final String TOPIC_MFCC_WINDOWS = "topic.mfcc.windows";
    private static final String TOPIC_MFCC_WINDOWS_DOC =
            "The topic between the two applications: windows of coefficients.";

    public static final String TOPIC_EMOTION_EVENTS = "topic.emotion.events";
    private static final String TOPIC_EMOTION_EVENTS_DOC = "The topic that voted emotions are written to.";

    public static final String TOPIC_CALL_SUMMARIES = "topic.call.summaries";
    private static final String TOPIC_CALL_SUMMARIES_DOC = "The topic that gets one summary for each leg, at its end.";

    public static final String TOPIC_CALL_CONVERSATIONS = "topic.call.conversations";
    private static final String TOPIC_CALL_CONVERSATIONS_DOC =
            "The topic that gets one record for each call, when its legs have ended, with conversation.measures.";

    public static final String TOPIC_EMOTION_ALERTS = "topic.emotion.alerts";
    private static final String TOPIC_EMOTION_ALERTS_DOC =
            "The topic that the stage alerts writes to when a rule of alert.rules fires.";

    public static final String TOPIC_EMOTION_FEEDBACK = "topic.emotion.feedback";
    private static final String TOPIC_EMOTION_FEEDBACK_DOC =
            "The topic that gets feedback on labels, from the page or POST /api/feedback.";

    public static final String TOPIC_DEAD_LETTERS = "topic.dead.letters";
    private static final String TOPIC_DEAD_LETTERS_DOC =
            "The topic for records that could not be used: their original bytes, with the reason in the headers.";

    public static final String TOPIC_PARTITIONS = "topic.partitions";
    private static final String TOPIC_PARTITIONS_DOC =
            "Partitions of topics that the command topics creates: the most tasks that can share the work of a stage.";

    public static final String TOPIC_REPLICATION_FACTOR = "topic.replication.factor";
    private static final String TOPIC_REPLICATION_FACTOR_DOC =
            "Replicas of topics that the command topics creates; -1 takes the cluster's default.";

    public static final String AUDIO_CHUNKS_RETENTION_MS = "topic.audio.chunks.retention.ms";
    private static final String AUDIO_CHUNKS_RETENTION_MS_DOC =
            "How long a newly created audio-chunks topic keeps audio: at least the longest outage in which nothing may be lost.";

    public static final String MFCC_WINDOWS_RETENTION_MS = "topic.mfcc.windows.retention.ms";
    private static final String MFCC_WINDOWS_RETENTION_MS_DOC =
            "How long a newly created mfcc-windows topic keeps windows.";

    public static final String EMOTION_EVENTS_RETENTION_MS = "topic.emotion.events.retention.ms";
    private static final String EMOTION_EVENTS_RETENTION_MS_DOC =
            "How long a newly created emotion-events topic keeps events.";

    public static final String CALL_SUMMARIES_RETENTION_MS = "topic.call.summaries.retention.ms";
    private static final String CALL_SUMMARIES_RETENTION_MS_DOC =
            "How long a newly created call-summaries topic keeps summaries.";

    public static final String CALL_CONVERSATIONS_RETENTION_MS = "topic.call.conversations.retention.ms";
    private static final String CALL_CONVERSATIONS_RETENTION_MS_DOC =
            "How long a newly created call-conversations topic keeps conversations.";

    public static final String EMOTION_ALERTS_RETENTION_MS = "topic.emotion.alerts.retention.ms";
    private static final String EMOTION_ALERTS_RETENTION_MS_DOC =
            "How long a newly created emotion-alerts topic keeps alerts.";

    public static final String EMOTION_FEEDBACK_RETENTION_MS = "topic.emotion.feedback.retention.ms";
    private static final String EMOTION_FEEDBACK_RETENTION_MS_DOC =
            "How long a newly created emotion-feedback topic keeps feedback on labels.";

    public static final String DEAD_LETTERS_RETENTION_MS = "topic.dead.letters.retention.ms";
    private static final String DEAD_LETTERS_RETENTION_MS_DOC =
            "How long a newly created dead-letters topic keeps records: they may hold audio.";

    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    private static final String SCHEMA_REGISTRY_URL_DOC =
            "URL of the schema registry; records are then in the Confluent wire format. Empty: Avro single-object encoding,"
                    + " which needs no registry.";

    public static final String SCHEMA_REGISTRY_USER_INFO = "schema.registry.basic.auth.user.info";
    private static final String SCHEMA_REGISTRY_USER_INFO_DOC =
            "User and password for the schema registry, as user:password; empty: none are sent.";

    public static final String SCHEMA_REGISTRY_TRUSTSTORE = "schema.registry.ssl.truststore.location";
    private static final String SCHEMA_REGISTRY_TRUSTSTORE_DOC =
            "PEM file of the certificates that the registry's must be signed by; empty: Java's default trust.";

    public static final String SCHEMA_REGISTRY_TIMEOUT_MS = "schema.registry.timeout.ms";
    private static final String SCHEMA_REGISTRY_TIMEOUT_MS_DOC =
            "How long the schema registry may take to answer a request, in three tries at most; less than a transaction's 10 s.";

    public static final String SCHEMA_REGISTRY_REGISTER = "schema.registry.register";
    private static final String SCHEMA_REGISTRY_REGISTER_DOC =
            "Whether schemas that the registry lacks are registered there, under the rule BACKWARD. false: they must be there.";

    public static final String ANALYSIS_ROLES = "analysis.roles";
    private static final String ANALYSIS_ROLES_DOC =
            "Roles whose voices are analysed: any of CUSTOMER, AGENT, UNKNOWN. Chunks of other roles are counted and dropped. The"
                    + " EU AI Act, Art. 5(1)(f), bans inferring emotions of people at work, agents included.";

    public static final String CONVERSATION_MEASURES = "conversation.measures";
    private static final String CONVERSATION_MEASURES_DOC =
            "Whether the stage features measures who talks in a call, how long and over whom, from the loudness of all its legs, those"
                    + " of other roles than analysis.roles included, of which nothing else is used or kept.";

    public static final String AUDIO_CHUNK_MAX_BYTES = "audio.chunk.max.bytes";
    private static final String AUDIO_CHUNK_MAX_BYTES_DOC =
            "Most bytes of audio in a chunk; a larger one is a dead letter. 262144 is 33 s of 8 kHz mu-law or 1.4 s of 48 kHz"
                    + " floats.";

    public static final String AUDIO_GAP_MAX_MS = "audio.gap.max.ms";
    private static final String AUDIO_GAP_MAX_MS_DOC =
            "Longest gap in a leg's audio that is filled with silence; after a longer one a new window begins.";

    public static final String AUDIO_DISORDER_MAX_MS = "audio.disorder.max.ms";
    private static final String AUDIO_DISORDER_MAX_MS_DOC =
            "How long to wait for a missing chunk before it counts as a gap; 0: not at all.";

    public static final String LEG_IDLE_MS = "leg.idle.ms";
    private static final String LEG_IDLE_MS_DOC =
            "Ends a leg after this long without chunks; time while Undertone is not running does not count.";

    public static final String LEG_ENDED_RETENTION_MS = "leg.ended.retention.ms";
    private static final String LEG_ENDED_RETENTION_MS_DOC =
            "How long an ended leg is remembered, so that a chunk that comes after the end is dropped and counted rather than"
                    + " taken for a new leg.";

    public static final String LEGS_MAX = "legs.max";
    private static final String LEGS_MAX_DOC =
            "Most live legs in this process; chunks of any further leg become dead letters with reason LIMIT.";

    public static final String SPEECH_MIN_RATIO = "speech.min.ratio";
    private static final String SPEECH_MIN_RATIO_DOC =
            "Smallest share of frames with speech at which a window gets a label.";

    public static final String MODEL_BUNDLE = "model.bundle";
    private static final String MODEL_BUNDLE_DOC =
            "The model: a name (telephone: its newest version), name/version, or a folder.";

    public static final String MODEL_BUNDLE_CHANGE = "model.bundle.change";
    private static final String MODEL_BUNDLE_CHANGE_DOC =
            "When other processes of a stage run with another bundle: refuse to start, or rolling: start beside them, as in a"
                    + " change of the bundle one process at a time, which is complete when the last of the others has ended.";

    public static final String INFERENCE_ENGINE = "inference.engine";
    private static final String INFERENCE_ENGINE_DOC =
            "Engine that computes the networks: auto (the fastest on this machine), dl4j or onnx.";

    public static final String INFERENCE_DEVICE = "inference.device";
    private static final String INFERENCE_DEVICE_DOC = "Device that computes the networks: auto, cpu or cuda.";

    public static final String INFERENCE_PRECISION = "inference.precision";
    private static final String INFERENCE_PRECISION_DOC =
            "Precision of the networks: float, int8 (8 bits, where the bundle has ranges for them), or auto: int8 on ONNX"
                    + " Runtime where the bundle has ranges and every core has VNNI (Arm: dot products), else float. Probabilities differ by"
                    + " what the bundle's card says: where instances of one group run on processors with VNNI and without, set float.";

    public static final String INFERENCE_THREADS = "inference.threads";
    private static final String INFERENCE_THREADS_DOC =
            "Batches computed at the same time, one thread each; 0: one for each core.";

    public static final String INFERENCE_BATCH_MAX_SIZE = "inference.batch.max.size";
    private static final String INFERENCE_BATCH_MAX_SIZE_DOC =
            "Most windows in a batch; a full batch is computed at once.";

    public static final String INFERENCE_BATCH_DELAY_MS = "inference.batch.delay.ms";
    private static final String INFERENCE_BATCH_DELAY_MS_DOC =
            "How long a window waits for others to share its batch; 0: a batch takes the windows that are waiting.";

    public static final String INFERENCE_WAITING_MAX_PER_LEG = "inference.waiting.max.per.leg";
    private static final String INFERENCE_WAITING_MAX_PER_LEG_DOC =
            "Windows of one leg that may wait for inference; at the limit, reading waits too, and the lag shows it.";

    public static final String INFERENCE_TIMEOUT_MS = "inference.timeout.ms";
    private static final String INFERENCE_TIMEOUT_MS_DOC =
            "How long an engine may take for a batch; after that the process stops with an error.";

    public static final String INFERENCE_VOTER_FAILURE = "inference.voter.failure";
    private static final String INFERENCE_VOTER_FAILURE_DOC =
            "When a single voter fails at run time: stop, or continue with the others (events then hold fewer votes).";

    public static final String VOTE_PERSISTENCE = "vote.persistence";
    private static final String VOTE_PERSISTENCE_DOC =
            "Whether the verdict on a window uses the windows before it in the same leg, where the bundle says how long emotions"
                    + " last and which labels to expect of any voice (persistence and voiceBaseline in its bundle.json). false: each window is judged independently.";

    public static final String VOTE_PRIORS = "vote.priors";
    private static final String VOTE_PRIORS_DOC =
            "How common each emotion is among your callers, as label=share of every label, separated by commas, such as"
                    + " neutral=0.8,calm=0.05,happy=0.05,sad=0.03,angry=0.03,fearful=0.02,disgust=0.01,surprised=0.01: verdicts are corrected"
                    + " from the shares of training to these. Empty: what the bundle says (priors in its bundle.json).";

    public static final String ALERT_RULES = "alert.rules";
    private static final String ALERT_RULES_DOC =
            "What the stage alerts looks for, as name: rule, separated by semicolons. Rules read 'angry at >= 0.6 for 5 of 8"
                    + " windows' (the confidence may be left out, several labels are joined by 'or'), 'sentiment negative for 5 of 8"
                    + " windows', 'valence fell by 0.4 over the call' (from the first ten windows to the newest ten) or 'mood fell"
                    + " by 0.4 over the call' (the same; happy counts 1, calm 0.5, angry, fearful, disgust and sad -1). Each"
                    + " gives one alert per episode.";

    public static final String WEB_HOST = "web.host";
    private static final String WEB_HOST_DOC =
            "Address that the web page listens on; any other than loopback needs web.token.";

    public static final String WEB_PORT = "web.port";
    private static final String WEB_PORT_DOC = "Port of the web page; 0: any free one.";

    public static final String WEB_TOKEN = "web.token";
    private static final String WEB_TOKEN_DOC = "Token that visitors of the web page must present; empty: none.";

    public static final String WEB_FEEDBACK = "web.feedback";
    private static final String WEB_FEEDBACK_DOC =
            "Whether windows and calls can be marked right or wrong on the page (POST /api/feedback). Marks go to topic.emotion.feedback.";

    public static final String WEB_CLASSIFY = "web.classify";
    private static final String WEB_CLASSIFY_DOC =
            "Whether recordings can be sent to the stage web to be judged (POST /api/classify, and dropped on the page). auto:"
                    + " where the process runs the stage inference, whose model is used. on: in any process that runs the"
                    + " stage web, which then loads the model. off: never.";

    public static final String WEB_CLASSIFY_MAX_BYTES = "web.classify.max.bytes";
    private static final String WEB_CLASSIFY_MAX_BYTES_DOC = "Largest recording that is accepted.";

    public static final String WEB_CLASSIFY_TIMEOUT_MS = "web.classify.timeout.ms";
    private static final String WEB_CLASSIFY_TIMEOUT_MS_DOC =
            "Time limit for sending and judging a recording. One is judged at a time.";

    public static final String LOG_CALL_IDS = "log.call.ids";
    private static final String LOG_CALL_IDS_DOC = "Whether log lines may name calls.";

    private static final long HOUR_MS = 3_600_000;

    /** Keys of the topics, in the order of the flow. */
    static final List<String> TOPICS = List.of(
            TOPIC_AUDIO_CHUNKS,
            TOPIC_MFCC_WINDOWS,
            TOPIC_EMOTION_EVENTS,
            TOPIC_CALL_SUMMARIES,
            TOPIC_CALL_CONVERSATIONS,
            TOPIC_EMOTION_ALERTS,
            TOPIC_EMOTION_FEEDBACK,
            TOPIC_DEAD_LETTERS);

    static final ConfigDef DEFINITION =
            kafka(topics(audio(inference(surroundings(WebhookKeys.define(GatewayKeys.define(new ConfigDef())))))));

    private ConfigKeys() {}

    private static ConfigDef kafka(ConfigDef def) {
        return def.define(
                        BOOTSTRAP_SERVERS, STRING, "localhost:9092", new NonEmptyString(), HIGH, BOOTSTRAP_SERVERS_DOC)
                .define(
                        APPLICATION_ID_PREFIX,
                        STRING,
                        "undertone",
                        ConfigRules.topicName(),
                        MEDIUM,
                        APPLICATION_ID_PREFIX_DOC)
                .define(
                        STAGES,
                        LIST,
                        "features,inference,web",
                        ValidList.in(false, "gateway", "features", "inference", "alerts", "webhooks", "web"),
                        HIGH,
                        STAGES_DOC)
                .define(SOURCE_BEGIN, STRING, "auto", ValidString.in("auto", "new", "all"), LOW, SOURCE_BEGIN_DOC)
                .define(STATE_STORES, STRING, "memory", ValidString.in("memory", "rocksdb"), LOW, STATE_STORES_DOC);
    }

    private static ConfigDef topics(ConfigDef def) {
        return topicNames(def)
                .define(TOPIC_PARTITIONS, INT, 6, atLeast(1), MEDIUM, TOPIC_PARTITIONS_DOC)
                .define(
                        TOPIC_REPLICATION_FACTOR,
                        INT,
                        -1,
                        ConfigRules.replicationFactor(),
                        MEDIUM,
                        TOPIC_REPLICATION_FACTOR_DOC)
                .define(AUDIO_CHUNKS_RETENTION_MS, LONG, 24 * HOUR_MS, atLeast(1), LOW, AUDIO_CHUNKS_RETENTION_MS_DOC)
                .define(MFCC_WINDOWS_RETENTION_MS, LONG, 24 * HOUR_MS, atLeast(1), LOW, MFCC_WINDOWS_RETENTION_MS_DOC)
                .define(
                        EMOTION_EVENTS_RETENTION_MS,
                        LONG,
                        7 * 24 * HOUR_MS,
                        atLeast(1),
                        LOW,
                        EMOTION_EVENTS_RETENTION_MS_DOC)
                .define(
                        CALL_SUMMARIES_RETENTION_MS,
                        LONG,
                        30 * 24 * HOUR_MS,
                        atLeast(1),
                        LOW,
                        CALL_SUMMARIES_RETENTION_MS_DOC)
                .define(
                        CALL_CONVERSATIONS_RETENTION_MS,
                        LONG,
                        30 * 24 * HOUR_MS,
                        atLeast(1),
                        LOW,
                        CALL_CONVERSATIONS_RETENTION_MS_DOC)
                .define(
                        EMOTION_ALERTS_RETENTION_MS,
                        LONG,
                        30 * 24 * HOUR_MS,
                        atLeast(1),
                        LOW,
                        EMOTION_ALERTS_RETENTION_MS_DOC)
                .define(
                        EMOTION_FEEDBACK_RETENTION_MS,
                        LONG,
                        365 * 24 * HOUR_MS,
                        atLeast(1),
                        LOW,
                        EMOTION_FEEDBACK_RETENTION_MS_DOC)
                .define(DEAD_LETTERS_RETENTION_MS, LONG, 72 * HOUR_MS, atLeast(1), LOW, DEAD_LETTERS_RETENTION_MS_DOC)
                .define(SCHEMA_REGISTRY_URL, STRING, "", ConfigRules.httpUrlOrEmpty(), MEDIUM, SCHEMA_REGISTRY_URL_DOC)
                .define(SCHEMA_REGISTRY_USER_INFO, PASSWORD, "", MEDIUM, SCHEMA_REGISTRY_USER_INFO_DOC)
                .define(SCHEMA_REGISTRY_TRUSTSTORE, STRING, "", LOW, SCHEMA_REGISTRY_TRUSTSTORE_DOC)
                .define(
                        SCHEMA_REGISTRY_TIMEOUT_MS,
                        INT,
                        5_000,
                        between(100, 60_000),
                        LOW,
                        SCHEMA_REGISTRY_TIMEOUT_MS_DOC)
                .define(SCHEMA_REGISTRY_REGISTER, BOOLEAN, true, MEDIUM, SCHEMA_REGISTRY_REGISTER_DOC);
    }

    private static ConfigDef topicNames(ConfigDef def) {
        ConfigDef.Validator name = ConfigRules.topicName();
        return def.define(TOPIC_AUDIO_CHUNKS, STRING, "audio-chunks", name, MEDIUM, TOPIC_AUDIO_CHUNKS_DOC)
                .define(TOPIC_MFCC_WINDOWS, STRING, "mfcc-windows", name, MEDIUM, TOPIC_MFCC_WINDOWS_DOC)
                .define(TOPIC_EMOTION_EVENTS, STRING, "emotion-events", name, MEDIUM, TOPIC_EMOTION_EVENTS_DOC)
                .define(TOPIC_CALL_SUMMARIES, STRING, "call-summaries", name, MEDIUM, TOPIC_CALL_SUMMARIES_DOC)
                .define(
                        TOPIC_CALL_CONVERSATIONS,
                        STRING,
                        "call-conversations",
                        name,
                        MEDIUM,
                        TOPIC_CALL_CONVERSATIONS_DOC)
                .define(TOPIC_EMOTION_ALERTS, STRING, "emotion-alerts", name, MEDIUM, TOPIC_EMOTION_ALERTS_DOC)
                .define(TOPIC_EMOTION_FEEDBACK, STRING, "emotion-feedback", name, MEDIUM, TOPIC_EMOTION_FEEDBACK_DOC)
                .define(TOPIC_DEAD_LETTERS, STRING, "dead-letters", name, MEDIUM, TOPIC_DEAD_LETTERS_DOC);
    }

    private static ConfigDef audio(ConfigDef def) {
        return def.define(
                        ANALYSIS_ROLES,
                        LIST,
                        "CUSTOMER",
                        ValidList.in(false, "CUSTOMER", "AGENT", "UNKNOWN"),
                        HIGH,
                        ANALYSIS_ROLES_DOC)
                .define(CONVERSATION_MEASURES, BOOLEAN, false, MEDIUM, CONVERSATION_MEASURES_DOC)
                .define(AUDIO_CHUNK_MAX_BYTES, INT, 262_144, between(320, 900_000), MEDIUM, AUDIO_CHUNK_MAX_BYTES_DOC)
                .define(AUDIO_GAP_MAX_MS, INT, 1_000, between(0, 10_000), MEDIUM, AUDIO_GAP_MAX_MS_DOC)
                .define(AUDIO_DISORDER_MAX_MS, INT, 500, between(0, 10_000), MEDIUM, AUDIO_DISORDER_MAX_MS_DOC)
                .define(LEG_IDLE_MS, LONG, 120_000L, atLeast(1_000), MEDIUM, LEG_IDLE_MS_DOC)
                .define(LEG_ENDED_RETENTION_MS, LONG, HOUR_MS, atLeast(0), LOW, LEG_ENDED_RETENTION_MS_DOC)
                .define(LEGS_MAX, INT, 10_000, atLeast(1), MEDIUM, LEGS_MAX_DOC)
                .define(SPEECH_MIN_RATIO, DOUBLE, 0.2, between(0, 1), MEDIUM, SPEECH_MIN_RATIO_DOC);
    }

    private static ConfigDef inference(ConfigDef def) {
        return def.define(MODEL_BUNDLE, STRING, "telephone", new NonEmptyString(), HIGH, MODEL_BUNDLE_DOC)
                .define(
                        MODEL_BUNDLE_CHANGE,
                        STRING,
                        "refuse",
                        ValidString.in("refuse", "rolling"),
                        LOW,
                        MODEL_BUNDLE_CHANGE_DOC)
                .define(
                        INFERENCE_ENGINE,
                        STRING,
                        "auto",
                        ValidString.in("auto", "dl4j", "onnx"),
                        MEDIUM,
                        INFERENCE_ENGINE_DOC)
                .define(
                        INFERENCE_DEVICE,
                        STRING,
                        "auto",
                        ValidString.in("auto", "cpu", "cuda"),
                        MEDIUM,
                        INFERENCE_DEVICE_DOC)
                .define(
                        INFERENCE_PRECISION,
                        STRING,
                        "auto",
                        ValidString.in("auto", "float", "int8"),
                        MEDIUM,
                        INFERENCE_PRECISION_DOC)
                .define(INFERENCE_THREADS, INT, 0, between(0, 256), MEDIUM, INFERENCE_THREADS_DOC)
                .define(INFERENCE_BATCH_MAX_SIZE, INT, 64, between(1, 4_096), MEDIUM, INFERENCE_BATCH_MAX_SIZE_DOC)
                .define(INFERENCE_BATCH_DELAY_MS, INT, 10, between(0, 10_000), MEDIUM, INFERENCE_BATCH_DELAY_MS_DOC)
                .define(INFERENCE_WAITING_MAX_PER_LEG, INT, 256, atLeast(1), LOW, INFERENCE_WAITING_MAX_PER_LEG_DOC)
                .define(INFERENCE_TIMEOUT_MS, LONG, 30_000L, atLeast(100), LOW, INFERENCE_TIMEOUT_MS_DOC)
                .define(
                        INFERENCE_VOTER_FAILURE,
                        STRING,
                        "stop",
                        ValidString.in("stop", "continue"),
                        LOW,
                        INFERENCE_VOTER_FAILURE_DOC)
                .define(VOTE_PERSISTENCE, BOOLEAN, true, MEDIUM, VOTE_PERSISTENCE_DOC)
                .define(VOTE_PRIORS, STRING, "", ConfigRules.labelShares(), MEDIUM, VOTE_PRIORS_DOC);
    }

    private static ConfigDef surroundings(ConfigDef def) {
        return def.define(ALERT_RULES, STRING, AlertRules.DEFAULT, ConfigRules.alertRules(), MEDIUM, ALERT_RULES_DOC)
                .define(WEB_HOST, STRING, "127.0.0.1", new NonEmptyString(), MEDIUM, WEB_HOST_DOC)
                .define(WEB_PORT, INT, 8_080, between(0, 65_535), MEDIUM, WEB_PORT_DOC)
                .define(WEB_TOKEN, PASSWORD, "", MEDIUM, WEB_TOKEN_DOC)
                .define(WEB_FEEDBACK, BOOLEAN, true, LOW, WEB_FEEDBACK_DOC)
                .define(WEB_CLASSIFY, STRING, "auto", ValidString.in("auto", "on", "off"), LOW, WEB_CLASSIFY_DOC)
                .define(WEB_CLASSIFY_MAX_BYTES, LONG, 64L << 20, atLeast(1), LOW, WEB_CLASSIFY_MAX_BYTES_DOC)
                .define(WEB_CLASSIFY_TIMEOUT_MS, LONG, 60_000L, atLeast(1), LOW, WEB_CLASSIFY_TIMEOUT_MS_DOC)
                .define(LOG_CALL_IDS, BOOLEAN, false, LOW, LOG_CALL_IDS_DOC);
    }
}
