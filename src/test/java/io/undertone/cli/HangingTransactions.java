package io.undertone.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Transactions that a broker lost sight of: open in a partition, over for their coordinator, so that nobody will ever end them and
 * readers of committed records, or of committed offsets, wait for good. Kafka 4.3.1 makes them where a coordinator ends a transaction
 * while one of its partitions has no leader, as a lone broker did over its restart before {@code FormerSelf}. Does what an operator
 * does with {@code kafka-transactions.sh find-hanging} and {@code abort}.
 */
final class HangingTransactions {
    /** Twice as long as a transaction of the program may be open. */
    private static final long OPEN_TOO_LONG_MS = 20_000;

    private HangingTransactions() {}

    /** Ends them; returns what was found, in words. */
    static List<String> abort(String bootstrapServers) throws Exception {
        List<String> found = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (TopicPartition partition : partitionsWithOpenTransactions(admin)) {
                for (ProducerState producer : admin.describeProducers(List.of(partition))
                        .partitionResult(partition)
                        .get()
                        .activeProducers()) {
                    if (producer.currentTransactionStartOffset().isPresent() && hangs(admin, partition, producer)) {
                        admin.abortTransaction(new AbortTransactionSpec(
                                        partition,
                                        producer.producerId(),
                                        (short) producer.producerEpoch(),
                                        producer.coordinatorEpoch().orElse(0)))
                                .all()
                                .get();
                        found.add("a transaction that hung in the broker was aborted: " + partition + ", " + producer);
                    }
                }
            }
        }
        return found;
    }

    private static List<TopicPartition> partitionsWithOpenTransactions(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names()
                        .get())
                .allTopicNames()
                .get()
                .forEach((topic, description) -> {
                    for (TopicPartitionInfo partition : description.partitions()) {
                        asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
                    }
                });
        var ends = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get();
        var stable = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return asked.keySet().stream()
                .filter(partition ->
                        stable.get(partition).offset() < ends.get(partition).offset())
                .toList();
    }

    /** Whether the transaction is older than any may be, and its coordinator knows nothing of it in this partition. */
    private static boolean hangs(Admin admin, TopicPartition partition, ProducerState producer) throws Exception {
        if (System.currentTimeMillis() - producer.lastTimestamp() < OPEN_TOO_LONG_MS) {
            return false;
        }
        for (TransactionListing listing : admin.listTransactions(
                        new ListTransactionsOptions().filterProducerIds(Set.of(producer.producerId())))
                .all()
                .get()) {
            TransactionDescription transaction = admin.describeTransactions(List.of(listing.transactionalId()))
                    .description(listing.transactionalId())
                    .get();
            if (transaction.topicPartitions().contains(partition)) {
                return false;
            }
        }
        return true;
    }
}
