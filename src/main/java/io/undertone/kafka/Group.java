package io.undertone.kafka;

import io.undertone.failure.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The consumer group of an application: who is in it, and how far it has read. Not thread-safe. */
public final class Group {
    private final Admin admin;
    private final String id;

    Group(Admin admin, String id) {
        this.admin = admin;
        this.id = id;
    }

    /** Its name, the application id. */
    public String id() {
        return id;
    }

    /** Names of all groups that may be seen and end like this. */
    static List<String> ending(Admin admin, String suffix) throws InterruptedException {
        return named(admin, name -> name.endsWith(suffix));
    }

    /** Names of all groups that may be seen and begin like this. */
    static List<String> beginning(Admin admin, String prefix) throws InterruptedException {
        return named(admin, name -> name.startsWith(prefix));
    }

    private static List<String> named(Admin admin, Predicate<String> fits) throws InterruptedException {
        return Answers.get(admin.listGroups().valid(), "list groups").stream()
                .map(GroupListing::groupId)
                .filter(fits)
                .sorted()
                .toList();
    }

    /** Threads that are in it now; a process that was killed counts until its session is over. */
    public int members() throws InterruptedException {
        try {
            // Asked as what it is: groups of the protocol streams are described by another request.
            boolean streams = Answers.get(admin.listGroups().valid(), "list groups").stream()
                    .anyMatch(group -> group.groupId().equals(id)
                            && group.type()
                                    .filter(org.apache.kafka.common.GroupType.STREAMS::equals)
                                    .isPresent());
            String what = "describe the group " + id;
            return streams
                    ? Answers.get(admin.describeStreamsGroups(List.of(id)).all(), what).values().stream()
                            .mapToInt(group -> group.members().size())
                            .sum()
                    : Answers.get(admin.describeConsumerGroups(List.of(id)).all(), what).values().stream()
                            .mapToInt(group -> group.members().size())
                            .sum();
        } catch (Failure e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /** Its committed positions in the partitions of a topic, without partitions that it has never read. */
    public Map<TopicPartition, Long> offsets(String topic) throws InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            Answers.get(
                            admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata(),
                            "look up the offsets of " + id)
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(topic)) {
                            offsets.put(partition, offset.offset());
                        }
                    });
        } catch (Failure e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return offsets;
    }

    /** Lets it go on at the present ends of a topic, or at its beginnings; nobody may be in it. */
    public void moveTo(String topic, boolean end) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicPartition partition : partitions(topic)) {
            asked.put(partition, end ? OffsetSpec.latest() : OffsetSpec.earliest());
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Answers.get(admin.listOffsets(asked).all(), "look up where " + topic + (end ? " ends" : " begins"))
                .forEach((partition, found) -> offsets.put(partition, new OffsetAndMetadata(found.offset())));
        Answers.get(admin.alterConsumerGroupOffsets(id, offsets).all(), "set the offsets of " + id);
    }

    private List<TopicPartition> partitions(String topic) throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        Answers.get(admin.describeTopics(List.of(topic)).allTopicNames(), "look up the topic " + topic)
                .values()
                .forEach(found -> found.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return partitions;
    }

    /** Topics that Kafka Streams keeps for it, by name. */
    public List<String> internalTopics() throws InterruptedException {
        return Answers.get(admin.listTopics().names(), "list topics").stream()
                .filter(name -> name.startsWith(id + "-")
                        && (name.endsWith("-changelog")
                                || name.endsWith("-repartition")
                                || name.equals(Claims.topic(id))))
                .sorted()
                .toList();
    }

    /** Deletes topics; those that are gone already are no fault. */
    void delete(List<String> topics) throws InterruptedException {
        for (Map.Entry<String, KafkaFuture<Void>> topic :
                admin.deleteTopics(new TreeSet<>(topics)).topicNameValues().entrySet()) {
            try {
                Answers.get(topic.getValue(), "delete the topic " + topic.getKey());
            } catch (Failure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }
}
