package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what the dashboard and the alerts ask of Kafka to what Kafka Streams publishes while it runs. */
class KafkaMetricNamesIT {
    @TempDir
    Path folder;

    @Test
    void shouldAskOnlyForMetricsThatKafkaPublishes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Map<String, Object> reach = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(reach)) {
                admin.createTopics(List.of(new NewTopic("audio-chunks", Optional.of(1), Optional.empty())))
                        .all()
                        .get();
            }
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(reach, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>("audio-chunks", new byte[] {1}))
                        .get();
            }
            UndertoneConfig config = new UndertoneConfig(Map.of(
                    "kafka.bootstrap.servers", broker.bootstrapServers(), "streams.state.dir", folder.toString()));

            Set<String> missing = new TreeSet<>(MonitoringTest.askedFor());
            missing.removeIf(name -> !name.startsWith("kafka_"));

            assertThat(missing).isNotEmpty();
            missing.removeAll(published(config));
            assertThat(missing).isEmpty();
        }
    }

    private static Set<String> published(UndertoneConfig config) {
        StreamsBuilder flow = new StreamsBuilder();
        flow.stream("audio-chunks", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .foreach((key, value) -> {});
        PrometheusMeterRegistry registry = MetricNames.registry();
        try (KafkaStreams streams = new KafkaStreams(flow.build(), KafkaSettings.streams(config, Stage.FEATURES))) {
            streams.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> streams.metrics().values().stream()
                            .anyMatch(metric -> metric.metricName().name().equals("records-lag-max")
                                    && Double.valueOf(0).equals(metric.metricValue())));
            try (KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.of("stage", "features"))) {
                metrics.bindTo(registry);
                return MetricNames.scraped(registry);
            }
        }
    }
}
