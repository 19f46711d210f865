package io.undertone.kafka;

import io.undertone.config.ConfigKeys;
import io.undertone.config.UndertoneConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** Undertone's eight topics, as the configuration wants them. */
public final class Topics {
    private Topics() {}

    /** What would be created, in the order of the flow. */
    public static List<NewTopic> wanted(UndertoneConfig config) {
        return List.of(
                topic(config, config.audioChunksTopic(), ConfigKeys.AUDIO_CHUNKS_RETENTION_MS),
                topic(config, config.mfccWindowsTopic(), ConfigKeys.MFCC_WINDOWS_RETENTION_MS),
                topic(config, config.emotionEventsTopic(), ConfigKeys.EMOTION_EVENTS_RETENTION_MS),
                topic(config, config.callSummariesTopic(), ConfigKeys.CALL_SUMMARIES_RETENTION_MS),
                topic(config, config.callConversationsTopic(), ConfigKeys.CALL_CONVERSATIONS_RETENTION_MS),
                topic(config, config.emotionAlertsTopic(), ConfigKeys.EMOTION_ALERTS_RETENTION_MS),
                topic(config, config.emotionFeedbackTopic(), ConfigKeys.EMOTION_FEEDBACK_RETENTION_MS),
                topic(config, config.deadLettersTopic(), ConfigKeys.DEAD_LETTERS_RETENTION_MS));
    }

    /** Creates those that are missing; returns the state of each topic afterwards, in the order of the flow. */
    public static List<State> ensure(Cluster cluster, UndertoneConfig config) throws InterruptedException {
        Set<String> before = existing(cluster, config).keySet();
        cluster.create(wanted(config).stream()
                .filter(topic -> !before.contains(topic.name()))
                .toList());
        // A topic just created takes a moment to show in the metadata of every broker.
        long giveUpAt = System.nanoTime() + Cluster.PATIENCE.toNanos();
        List<State> states = states(cluster, config, before);
        while (states.stream().anyMatch(State::missing) && System.nanoTime() < giveUpAt) {
            Thread.sleep(50);
            states = states(cluster, config, before);
        }
        return states;
    }

    /** The state of each topic; creates nothing. */
    public static List<State> check(Cluster cluster, UndertoneConfig config) throws InterruptedException {
        return states(cluster, config, existing(cluster, config).keySet());
    }

    /**
     * What is wrong with the settings of topics that exist: records would be refused, or lost sooner than promised. Each names the
     * topic, the setting and the remedy.
     */
    public static List<String> problems(Cluster cluster, UndertoneConfig config) throws InterruptedException {
        List<String> there = List.copyOf(existing(cluster, config).keySet());
        Map<String, Map<String, String>> settings = cluster.settings(there);
        List<String> problems = new ArrayList<>();
        for (NewTopic topic : wanted(config)) {
            Map<String, String> found = settings.get(topic.name());
            if (found != null) {
                problems.addAll(TopicSettings.problems(
                        topic.name(),
                        found,
                        Long.parseLong(topic.configs().get(TopicConfig.RETENTION_MS_CONFIG)),
                        largestRecord(topic.name(), config)));
            }
        }
        return problems;
    }

    private static long largestRecord(String topic, UndertoneConfig config) {
        if (topic.equals(config.audioChunksTopic())) {
            return config.audioChunkMaxBytes() + TopicSettings.ENVELOPE_BYTES;
        }
        return topic.equals(config.deadLettersTopic()) ? TopicSettings.DEAD_LETTER_BYTES : TopicSettings.RECORD_BYTES;
    }

    private static List<State> states(Cluster cluster, UndertoneConfig config, Set<String> before)
            throws InterruptedException {
        Map<String, TopicDescription> now = existing(cluster, config);
        List<State> states = new ArrayList<>();
        for (NewTopic topic : wanted(config)) {
            TopicDescription found = now.get(topic.name());
            if (found == null) {
                states.add(new State(topic.name(), "missing", 0, 0));
            } else {
                states.add(new State(
                        topic.name(),
                        before.contains(topic.name()) ? "exists" : "created",
                        found.partitions().size(),
                        found.partitions().get(0).replicas().size()));
            }
        }
        return states;
    }

    private static Map<String, TopicDescription> existing(Cluster cluster, UndertoneConfig config)
            throws InterruptedException {
        return cluster.describe(wanted(config).stream().map(NewTopic::name).toList()).stream()
                .collect(Collectors.toMap(TopicDescription::name, topic -> topic));
    }

    private static NewTopic topic(UndertoneConfig config, String name, String retentionKey) {
        Optional<Short> replicas = Optional.of(config.topicReplicationFactor()).filter(factor -> factor > 0);
        return new NewTopic(name, Optional.of(config.topicPartitions()), replicas)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(config.retentionMs(retentionKey))));
    }

    /**
     * One topic.
     *
     * @param name its name
     * @param state exists, created or missing
     * @param partitions how many; 0 where it is missing
     * @param replicas of each partition; 0 where it is missing
     */
    public record State(String name, String state, int partitions, int replicas) {
        public boolean missing() {
            return state.equals("missing");
        }
    }
}
