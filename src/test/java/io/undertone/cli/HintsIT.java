package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.embedded.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where Kafka is not as a command needs it, and that following it helps. */
class HintsIT {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private Path folder;

    @Test
    void shouldNameTheCommandThatCreatesTheVeryTopicsThatAreMissing() throws Exception {
        Path config = Files.writeString(folder.resolve("our site.properties"), "topic.partitions=2\n");
        String[] publish = {
            "publish",
            "demo/call.wav",
            "--speed",
            "max",
            "--calls",
            "3",
            "--call-id",
            "many",
            "--config",
            config.toString(),
            "--set",
            "topic.audio.chunks=our-audio",
            "--bootstrap-server",
            ""
        };
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            publish[publish.length - 1] = broker.bootstrapServers();
            CommandRunner.Result refused = new CommandRunner().run(publish);
            assertThat(refused.exitCode()).isEqualTo(1);
            String command = refused.err().strip().replaceAll(".*create what is missing: ", "");
            assertThat(command).startsWith("undertone topics --bootstrap-server ");

            assertThat(new CommandRunner().run(words(command)).exitCode()).isZero();

            assertThat(new CommandRunner().run(publish).exitCode()).isZero();
            assertThat(keys(broker, "our-audio", 2)).containsExactly("many-1", "many-2", "many-3");
        }
    }

    @Test
    void shouldHideSecretsInTheCommandThatCreatesTopics() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            CommandRunner.Result refused = new CommandRunner()
                    .run(
                            "watch",
                            "--bootstrap-server",
                            broker.bootstrapServers(),
                            "--set",
                            "kafka.ssl.key.password=s3cret");
            assertThat(refused.err())
                    .contains("kafka.ssl.key.password=[hidden]")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void shouldSayInTwoLinesThatNoKafkaAnswers() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String nobody = "127.0.0.1:" + free.getLocalPort();
            free.close();
            try (ProgramProcess serve =
                    ProgramProcess.start(folder, "serve", List.of("serve", "--bootstrap-server", nobody))) {
                assertThat(serve.awaitEnd(60)).isTrue();
                assertThat(serve.err().lines())
                        .containsExactly(
                                "waiting for Kafka at " + nobody + " ...",
                                "undertone: no Kafka answers at " + nobody
                                        + " (waited 10 s); give its address with --bootstrap-server, or start one with"
                                        + " 'undertone broker'");
            }
        }
    }

    @Test
    void shouldSayThatTheListenerSpeaksTls() throws Exception {
        try (SecuredBroker broker = new SecuredBroker(folder)) {
            CommandRunner.Result result =
                    new CommandRunner().run("topics", "--bootstrap-server", broker.bootstrapServers());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Kafka at " + broker.bootstrapServers()
                            + " speaks TLS, and kafka.security.protocol=PLAINTEXT does not");
        }
    }

    @Test
    void shouldSayThatTheListenerSpeaksNoTls() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            CommandRunner.Result result = new CommandRunner()
                    .run(
                            "topics",
                            "--bootstrap-server",
                            broker.bootstrapServers(),
                            "--set",
                            "kafka.security.protocol=SSL");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Kafka at " + broker.bootstrapServers()
                            + " does not speak TLS, and kafka.security.protocol=SSL does");
        }
    }

    private static String[] words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    private static TreeSet<String> keys(EmbeddedBroker broker, String topic, int partitions) {
        TreeSet<String> keys = new TreeSet<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> keys.add(read.key()));
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return keys;
    }
}
