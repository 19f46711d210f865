package io.undertone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was being committed as the broker went down is over once it is back: no reader of committed records waits for it. */
class BrokerRestartIT {
    private static final String TOPIC = "numbers";
    private static final int PARTITIONS = 12;
    private static final int PRODUCERS = 4;
    private static final int COMMITS_BEFORE = 80;
    private static final long PATIENCE_S = 60;

    /** Without {@link FormerSelf} every second restart left transactions open. */
    private static final int RESTARTS = 5;

    @TempDir
    Path folder;

    private EmbeddedBroker broker;

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void shouldLeaveNoTransactionOpenWhenItGoesDownAsTheyAreCommitted() throws Exception {
        broker = EmbeddedBroker.start(0, folder);
        createTopic(broker);
        for (int restart = 1; restart <= RESTARTS; restart++) {
            commitUntilItIsGone(broker);
            broker = EmbeddedBroker.start(broker.port(), folder);
            endWhatItsOwnersKnowOf(broker);
            assertThat(partitionsWithOpenTransactions(broker))
                    .as("after restart " + restart)
                    .isEmpty();
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
    }

    /** Stops the broker in the middle of commits. */
    private static void commitUntilItIsGone(EmbeddedBroker broker) throws Exception {
        CountDownLatch committed = new CountDownLatch(COMMITS_BEFORE);
        List<KafkaProducer<String, String>> producers = IntStream.range(0, PRODUCERS)
                .mapToObj(number -> producer(broker, number))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS);
        producers.forEach(producer -> threads.execute(() -> commitUntilClosed(producer, committed)));
        assertThat(committed.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        broker.close();
        producers.forEach(producer -> producer.close(Duration.ZERO));
        threads.shutdown();
        assertThat(threads.awaitTermination(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    }

    private static void commitUntilClosed(KafkaProducer<String, String> producer, CountDownLatch committed) {
        try {
            producer.initTransactions();
            while (true) {
                commitOne(producer);
                committed.countDown();
            }
        } catch (KafkaException | IllegalStateException e) {
            // The broker went down in the middle, or the producer was closed.
        }
    }

    private static void commitOne(KafkaProducer<String, String> producer) {
        producer.beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(TOPIC, partition, "key", "value"));
        }
        producer.commitTransaction();
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker, int number) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                "producer-" + number,
                "max.block.ms",
                10_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static void endWhatItsOwnersKnowOf(EmbeddedBroker broker) {
        for (int i = 0; i < PRODUCERS; i++) {
            try (KafkaProducer<String, String> producer = producer(broker, i)) {
                producer.initTransactions();
            }
        }
    }

    private static List<TopicPartition> partitionsWithOpenTransactions(EmbeddedBroker broker) throws Exception {
        List<TopicPartition> open = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                    .toList();
            admin.describeProducers(all).all().get().forEach((partition, state) -> {
                if (state.activeProducers().stream()
                        .anyMatch(producer ->
                                producer.currentTransactionStartOffset().isPresent())) {
                    open.add(partition);
                }
            });
        }
        return open;
    }
}
