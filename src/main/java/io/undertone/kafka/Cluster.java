package io.undertone.kafka;

import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks the configured Kafka cluster before work on it begins, so that problems are reported at once and in one line. Not
 * thread-safe.
 */
public final class Cluster implements AutoCloseable {
    /** How long a cluster may take to answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration FIRST_WAIT = Duration.ofMillis(1500);

    private final String servers;
    private final String protocol;
    private final Admin admin;

    private Cluster(String servers, String protocol, Admin admin) {
        this.servers = servers;
        this.protocol = protocol;
        this.admin = admin;
    }

    /**
     * Waits until the cluster answers.
     *
     * @param progress called when the answer takes its time
     * @throws Failure where it does not answer within {@link #PATIENCE}
     */
    public static Cluster reach(UndertoneConfig config, Consumer<String> progress) throws InterruptedException {
        Map<String, Object> settings = KafkaSettings.admin(config);
        settings.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        Admin admin;
        try {
            admin = Admin.create(settings);
        } catch (KafkaException e) {
            throw new Failure("cannot use Kafka at " + config.bootstrapServers() + ": " + Causes.innermost(e), e);
        }
        Cluster cluster = new Cluster(
                config.bootstrapServers(),
                String.valueOf(settings.getOrDefault(
                        AdminClientConfig.SECURITY_PROTOCOL_CONFIG, AdminClientConfig.DEFAULT_SECURITY_PROTOCOL)),
                admin);
        try {
            cluster.awaitAnswer(progress);
            return cluster;
        } catch (Failure | InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private void awaitAnswer(Consumer<String> progress) throws InterruptedException {
        KafkaFuture<String> answer = admin.describeCluster().clusterId();
        try {
            try {
                answer.get(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.accept("waiting for Kafka at " + servers + " ...");
                requireTheSameLanguage(false, e);
                answer.get(PATIENCE.minus(FIRST_WAIT).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            requireTheSameLanguage(true, e);
            throw new Failure(
                    "no Kafka answers at " + servers + " (waited " + PATIENCE.toSeconds()
                            + " s); give its address with --bootstrap-server, or start one with 'undertone broker'",
                    e);
        } catch (ExecutionException e) {
            throw new Failure("cannot use Kafka at " + servers + ": " + Causes.innermost(e), e);
        }
    }

    /** A listener that answers in a different protocol from the configured one will not answer in that later. */
    private void requireTheSameLanguage(boolean waitedLong, TimeoutException silence) {
        for (InetSocketAddress address : ClientUtils.parseAndValidateAddresses(
                List.of(servers.split(",", -1)), ClientDnsLookup.USE_ALL_DNS_IPS)) {
            ListenerProbe.Speaks speaks = ListenerProbe.ask(address.getHostString(), address.getPort());
            String at = address.getHostString() + ":" + address.getPort();
            if (speaks == ListenerProbe.Speaks.TLS && !protocol.endsWith("SSL")) {
                throw new Failure(
                        "Kafka at " + at + " speaks TLS, and kafka.security.protocol=" + protocol
                                + " does not; set it to SSL, or to SASL_SSL where users log in, or name a port without TLS",
                        silence);
            }
            if (speaks == ListenerProbe.Speaks.PLAIN && protocol.endsWith("SSL")) {
                throw new Failure(
                        "Kafka at " + at + " does not speak TLS, and kafka.security.protocol=" + protocol
                                + " does; name its port with TLS, or set PLAINTEXT, or SASL_PLAINTEXT where users log in",
                        silence);
            }
            if (waitedLong && speaks == ListenerProbe.Speaks.PLAIN && protocol.equals("PLAINTEXT")) {
                throw new Failure(
                        "Kafka at " + at
                                + " closes connections of kafka.security.protocol=PLAINTEXT, as it does where users"
                                + " must log in; set SASL_PLAINTEXT with kafka.sasl.mechanism and kafka.sasl.jaas.config",
                        silence);
            }
        }
    }

    /** The topics of these names that exist. */
    List<TopicDescription> describe(Collection<String> topics) throws InterruptedException {
        List<TopicDescription> found = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                found.add(Answers.get(topic.getValue(), "look up the topic " + topic.getKey() + " at " + servers));
            } catch (Failure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    /**
     * Holds that topics exist.
     *
     * @param command creates what is missing
     * @throws Failure where one is missing
     */
    public void require(Collection<String> topics, String command) throws InterruptedException {
        List<String> found =
                describe(topics).stream().map(TopicDescription::name).toList();
        List<String> missing =
                topics.stream().filter(topic -> !found.contains(topic)).sorted().toList();
        if (!missing.isEmpty()) {
            throw new Failure("Kafka at " + servers + " has no topic " + String.join(", ", missing)
                    + "; create what is missing: " + command);
        }
    }

    /** The settings of topics, by topic and name; empty where they may not be seen. */
    Map<String, Map<String, String>> settings(Collection<String> topics) throws InterruptedException {
        Map<String, Map<String, String>> settings = new HashMap<>();
        try {
            List<ConfigResource> asked = topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList();
            Answers.get(admin.describeConfigs(asked).all(), "look up the settings of topics")
                    .forEach((topic, found) -> {
                        Map<String, String> values = new HashMap<>();
                        found.entries().forEach(entry -> values.put(entry.name(), entry.value()));
                        settings.put(topic.name(), values);
                    });
        } catch (Failure e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
        }
        return settings;
    }

    /** Creates topics, all by one request; one that someone else has just created is left as it is. */
    void create(Collection<NewTopic> topics) throws InterruptedException {
        for (Map.Entry<String, KafkaFuture<Void>> topic :
                admin.createTopics(topics).values().entrySet()) {
            try {
                Answers.get(topic.getValue(), "create the topic " + topic.getKey() + " at " + servers);
            } catch (Failure e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Has a cluster that has just been created make the topics in which it keeps groups' offsets and transactions, as the first group and
     * the first transaction would, while something else is done. Returns at once; {@link #close} waits for the answers.
     */
    public void prepareCoordinators() {
        admin.listConsumerGroupOffsets("undertone-coordinators");
        admin.describeTransactions(List.of("undertone-coordinators"));
    }

    /** By topic: bytes of its logs on the brokers' disks, all replicas together. */
    public Map<String, Long> logBytes() throws InterruptedException {
        String what = "ask how large the logs at " + servers + " are";
        List<Integer> brokers = Answers.get(admin.describeCluster().nodes(), what).stream()
                .map(Node::id)
                .toList();
        Map<String, Long> bytes = new HashMap<>();
        Answers.get(admin.describeLogDirs(brokers).allDescriptions(), what).values().stream()
                .flatMap(folders -> folders.values().stream())
                .forEach(folder -> folder.replicaInfos()
                        .forEach((partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum)));
        return bytes;
    }

    /** Where the partitions of these topics end. */
    public Map<TopicPartition, Long> endOffsets(Collection<String> topics) throws InterruptedException {
        String what = "ask where the logs at " + servers + " end";
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        Answers.get(admin.describeTopics(topics).allTopicNames(), what)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Answers.get(admin.listOffsets(asked).all(), what)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /**
     * Gives the groups of the stages the times that the configuration says, where it asks for the protocol {@code streams}.
     *
     * @param say receives what the brokers refuse
     */
    public void configureGroups(UndertoneConfig config, Consumer<String> say) throws InterruptedException {
        new StreamsGroups(admin).configure(config, say);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
