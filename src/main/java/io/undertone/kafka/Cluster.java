package io.undertone.kafka;

import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The Kafka cluster of a configuration, asked before work on it begins, so that what is missing is said at once and in one line. Not
 * thread-safe.
 */
public final class Cluster implements AutoCloseable {
    /** How long a cluster may take to answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration FIRST_WAIT = Duration.ofMillis(1500);

    private final String servers;
    private final Admin admin;

    private Cluster(String servers, Admin admin) {
        this.servers = servers;
        this.admin = admin;
    }

    /**
     * Waits until the cluster answers.
     *
     * @param progress told when the answer takes its time
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
        Cluster cluster = new Cluster(config.bootstrapServers(), admin);
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
                answer.get(PATIENCE.minus(FIRST_WAIT).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            throw new Failure(
                    "no Kafka answers at " + servers + " (waited " + PATIENCE.toSeconds()
                            + " s); give its address with --bootstrap-server, or start one with 'undertone broker'",
                    e);
        } catch (ExecutionException e) {
            throw new Failure("cannot use Kafka at " + servers + ": " + Causes.innermost(e), e);
        }
    }

    /** The topics of these names that exist. */
    List<TopicDescription> describe(Collection<String> topics) throws InterruptedException {
        List<TopicDescription> found = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                found.add(topic.getValue().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new Failure(
                            "cannot look up the topic " + topic.getKey() + " at " + servers + ": "
                                    + Causes.innermost(e),
                            e);
                }
            } catch (TimeoutException e) {
                throw silence(e);
            }
        }
        return found;
    }

    /**
     * Holds that topics exist.
     *
     * @throws Failure where one is missing
     */
    public void require(Collection<String> topics) throws InterruptedException {
        List<String> found =
                describe(topics).stream().map(TopicDescription::name).toList();
        List<String> missing =
                topics.stream().filter(topic -> !found.contains(topic)).sorted().toList();
        if (!missing.isEmpty()) {
            throw new Failure("Kafka at " + servers + " has no topic " + String.join(", ", missing)
                    + "; create what is missing with 'undertone topics --bootstrap-server " + servers + "'");
        }
    }

    /** Creates a topic; false where someone else just did. */
    boolean create(NewTopic topic) throws InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new Failure(
                    "cannot create the topic " + topic.name() + " at " + servers + ": " + Causes.innermost(e), e);
        } catch (TimeoutException e) {
            throw silence(e);
        }
    }

    /** By topic: bytes of its logs on the brokers' disks, all replicas together. */
    public Map<String, Long> logBytes() throws InterruptedException {
        try {
            List<Integer> brokers = admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).stream()
                    .map(Node::id)
                    .toList();
            Map<String, Long> bytes = new HashMap<>();
            admin
                    .describeLogDirs(brokers)
                    .allDescriptions()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(folders -> folders.values().stream())
                    .forEach(folder -> folder.replicaInfos()
                            .forEach(
                                    (partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum)));
            return bytes;
        } catch (ExecutionException e) {
            throw new Failure("cannot ask how large the logs at " + servers + " are: " + Causes.innermost(e), e);
        } catch (TimeoutException e) {
            throw silence(e);
        }
    }

    /** Where the partitions of these topics end. */
    public Map<TopicPartition, Long> endOffsets(Collection<String> topics) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(partition ->
                                    asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked)
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new Failure("cannot ask where the logs at " + servers + " end: " + Causes.innermost(e), e);
        } catch (TimeoutException e) {
            throw silence(e);
        }
    }

    private Failure silence(TimeoutException e) {
        return new Failure("Kafka at " + servers + " stopped responding (waited " + PATIENCE.toSeconds() + " s)", e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
