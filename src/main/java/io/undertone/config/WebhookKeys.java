package io.undertone.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import org.apache.kafka.common.config.ConfigDef;

/** The keys of the stage webhooks. */
public final class WebhookKeys {
    public static final String RECEIVERS = "webhooks.receivers";
    private static final String RECEIVERS_DOC =
            "Receivers of posts, as name: kinds to URL, separated by semicolons, such as crm: alerts, summaries to"
                    + " https://crm.example.com/undertone. Without kinds: all of them. The name is used in metrics, logs and the name of"
                    + " the receiver's consumer group; under another name it is a new receiver.";

    public static final String SECRETS = "webhooks.secrets";
    private static final String SECRETS_DOC =
            "Secrets that posts are signed with, as name: whsec_..., one for each receiver at least, separated by semicolons; two of a"
                    + " receiver, separated by a comma, while it changes from one to the other.";

    public static final String NETWORKS_ALLOWED = "webhooks.networks.allowed";
    private static final String NETWORKS_ALLOWED_DOC =
            "Networks besides the public internet that may be posted to, such as 10.1.0.0/16, separated by commas; http without TLS is"
                    + " allowed for them only. Empty: private, loopback, link-local and other special addresses are refused.";

    public static final String TRUSTSTORE = "webhooks.ssl.truststore.location";
    private static final String TRUSTSTORE_DOC =
            "PEM file of the certificates that receivers' must be signed by; empty: Java's default trust.";

    public static final String TIMEOUT_MS = "webhooks.timeout.ms";
    private static final String TIMEOUT_MS_DOC =
            "How long a receiver may take for a post, from connecting to its answer.";

    public static final String BACKOFF_FIRST_MS = "webhooks.backoff.first.ms";
    private static final String BACKOFF_FIRST_MS_DOC =
            "How long to wait after the first failed try; each further wait is twice as long, less a random part of up to half.";

    public static final String BACKOFF_MAX_MS = "webhooks.backoff.max.ms";
    private static final String BACKOFF_MAX_MS_DOC = "Longest wait between two tries.";

    public static final String RETRY_MAX_MS = "webhooks.retry.max.ms";
    private static final String RETRY_MAX_MS_DOC =
            "How long after its creation a record is retried; after that it becomes a dead letter with reason WEBHOOK_FAILED.";

    public static final String IN_FLIGHT_MAX = "webhooks.in.flight.max";
    private static final String IN_FLIGHT_MAX_DOC = "Most simultaneous posts to one receiver, each of another call.";

    public static final String BUFFER_BYTES = "webhooks.buffer.bytes";
    private static final String BUFFER_BYTES_DOC =
            "Most bytes of records that wait in memory for one receiver; further ones wait in Kafka.";

    private WebhookKeys() {}

    static ConfigDef define(ConfigDef def) {
        return def.define(RECEIVERS, STRING, "", ConfigRules.webhookReceivers(), MEDIUM, RECEIVERS_DOC)
                .define(SECRETS, PASSWORD, "", ConfigRules.webhookSecrets(), MEDIUM, SECRETS_DOC)
                .define(NETWORKS_ALLOWED, LIST, "", ConfigRules.networks(), MEDIUM, NETWORKS_ALLOWED_DOC)
                .define(TRUSTSTORE, STRING, "", LOW, TRUSTSTORE_DOC)
                .define(TIMEOUT_MS, INT, 10_000, between(100, 60_000), LOW, TIMEOUT_MS_DOC)
                .define(BACKOFF_FIRST_MS, LONG, 1_000L, atLeast(1), LOW, BACKOFF_FIRST_MS_DOC)
                .define(BACKOFF_MAX_MS, LONG, 900_000L, atLeast(1), LOW, BACKOFF_MAX_MS_DOC)
                .define(RETRY_MAX_MS, LONG, 86_400_000L, atLeast(0), MEDIUM, RETRY_MAX_MS_DOC)
                .define(IN_FLIGHT_MAX, INT, 16, between(1, 256), LOW, IN_FLIGHT_MAX_DOC)
                .define(BUFFER_BYTES, LONG, 16L << 20, atLeast(1 << 20), LOW, BUFFER_BYTES_DOC);
    }
}
