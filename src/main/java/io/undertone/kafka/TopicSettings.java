package io.undertone.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** What a topic's settings must be for Undertone's records. */
final class TopicSettings {
    /** What a record holds beside its audio: key, ids, the batch's header. */
    static final long ENVELOPE_BYTES = 4_096;

    /** The most that a dead letter keeps of a value and a key, and its headers. */
    static final long DEAD_LETTER_BYTES = 930_000;

    /** Windows of coefficients are the largest of the other records: 300 frames of 40 numbers take 48 KB. */
    static final long RECORD_BYTES = 131_072;

    private TopicSettings() {}

    /**
     * What is wrong.
     *
     * @param settings of the topic, by name
     * @param retentionMs how long its records are promised to stay
     * @param largestBytes the largest record that may be written to it
     */
    static List<String> problems(String topic, Map<String, String> settings, long retentionMs, long largestBytes) {
        List<String> problems = new ArrayList<>();
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            problems.add(problem(
                    topic,
                    TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy,
                    "keeps only the newest record of a call",
                    TopicConfig.CLEANUP_POLICY_CONFIG + "=" + TopicConfig.CLEANUP_POLICY_DELETE));
        }
        long largest = number(settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
        if (largest < largestBytes) {
            problems.add(problem(
                    topic,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=" + largest,
                    "refuses records of up to " + largestBytes + " bytes",
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=1048588"));
        }
        long retention = number(settings, TopicConfig.RETENTION_MS_CONFIG, -1);
        if (retention >= 0 && retention < retentionMs) {
            problems.add(problem(
                    topic,
                    TopicConfig.RETENTION_MS_CONFIG + "=" + retention,
                    "deletes records before the " + retentionMs + " ms that Undertone counts on (topic.….retention.ms)",
                    TopicConfig.RETENTION_MS_CONFIG + "=" + retentionMs));
        }
        return problems;
    }

    private static String problem(String topic, String setting, String consequence, String remedy) {
        return "the topic " + topic + " has " + setting + ", which " + consequence
                + "; kafka-configs.sh --alter --entity-type topics --entity-name " + topic + " --add-config " + remedy;
    }

    private static long number(Map<String, String> settings, String name, long otherwise) {
        String value = settings.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
