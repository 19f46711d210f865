package io.undertone.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The names of Kafka's settings. Kafka ignores unknown names, since plug-ins may use them: a typo could silently leave
 * a connection unencrypted or a limit unchanged.
 */
final class KafkaSettingNames {
    private static final Set<String> PRODUCER = ProducerConfig.configNames();
    private static final Set<String> CONSUMER = ConsumerConfig.configNames();
    private static final Set<String> CLIENT = union(PRODUCER, CONSUMER, AdminClientConfig.configNames());
    private static final Set<String> STREAMS =
            union(CLIENT, StreamsConfig.configDef().names());
    private static final Set<String> TOPIC = topicSettings();

    private KafkaSettingNames() {}

    /** Settings that Kafka's clients define only as constants. */
    private static Set<String> topicSettings() {
        return Arrays.stream(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .map(field -> {
                    try {
                        return String.valueOf(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("public fields can be read: " + field, e);
                    }
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks a pass-through key, such as {@code kafka.ssl.truststore.location}.
     *
     * @return a warning; empty where Kafka knows the setting
     * @throws ConfigException where it is most probably a misspelt known one
     */
    static Optional<String> check(String key) {
        Named named = Named.of(key);
        if (named.known.contains(named.setting)) {
            return Optional.empty();
        }
        Optional<String> nearest = NearestKey.to(named.setting, named.known)
                .filter(known -> NearestKey.distance(named.setting, known) <= Math.max(1, named.setting.length() / 6));
        if (nearest.isPresent()) {
            throw new ConfigException(
                    "Unknown configuration key: " + key + "; did you mean " + named.prefix + nearest.get() + "?");
        }
        return Optional.of(
                "Kafka has no setting " + named.setting + ": " + key + " only reaches plug-ins of your own, if any");
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }

    /** A key split into prefix and setting. */
    private record Named(String prefix, String setting, Set<String> known) {
        private static final String[] OF_STREAMS = {
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.TOPIC_PREFIX
        };

        private static Named of(String key) {
            int dot = key.indexOf('.') + 1;
            String prefix = key.substring(0, dot);
            String rest = key.substring(dot);
            return switch (prefix) {
                case "producer." -> new Named(prefix, rest, PRODUCER);
                case "consumer." -> new Named(prefix, rest, CONSUMER);
                case "kafka." -> new Named(prefix, rest, CLIENT);
                default -> ofStreams(prefix, rest);
            };
        }

        private static Named ofStreams(String prefix, String rest) {
            if (rest.startsWith(StreamsConfig.CLIENT_TAG_PREFIX)) {
                return new Named(prefix, rest, Set.of(rest));
            }
            for (String inner : OF_STREAMS) {
                if (rest.startsWith(inner)) {
                    return new Named(
                            prefix + inner,
                            rest.substring(inner.length()),
                            inner.equals(StreamsConfig.TOPIC_PREFIX) ? TOPIC : CLIENT);
                }
            }
            return new Named(prefix, rest, STREAMS);
        }
    }
}
