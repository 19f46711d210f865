package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.codec.AvroCodec;
import io.undertone.config.ConfigSources;
import io.undertone.config.KafkaSettings;
import io.undertone.config.UndertoneConfig;
import io.undertone.embedded.EmbeddedBroker;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.publish.DeadLetters;
import io.undertone.publish.RecordJson;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for consumers in other languages, word for word as the pages have them, against a real broker. */
class ConsumersIT {
    private static final byte[] KEY = "call-1".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static UndertoneConfig config;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        config = new ConfigSources().bootstrapServers(broker.bootstrapServers()).load();
        for (String command : DocumentedCommandsTest.onPages()) {
            if (command.startsWith("./undertone topics --bootstrap-server")) {
                CommandRunner.Result result = new CommandRunner()
                        .run(here(command).substring("./undertone ".length()).split(" "));
                assertThat(result.exitCode()).as(result.err()).isZero();
            }
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] event = new AvroCodec<>(EmotionEvent.class).encode(Records.event());
            producer.send(new ProducerRecord<>(config.emotionEventsTopic(), KEY, event));
            RecordHeaders headers = new RecordHeaders();
            headers.add(DeadLetters.REASON, "NOT_AVRO".getBytes(StandardCharsets.UTF_8));
            producer.send(new ProducerRecord<>(config.deadLettersTopic(), null, null, KEY, new byte[3], headers));
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** The command of the pages, at this test's broker. */
    private static String here(String command) {
        return command.replace("localhost:9092", broker.bootstrapServers());
    }

    private static String documented(String beginning) throws Exception {
        return DocumentedCommandsTest.allOnPages().stream()
                .filter(command -> command.startsWith(beginning))
                .findFirst()
                .map(ConsumersIT::here)
                .orElseThrow();
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "set -o pipefail; " + command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(process.exitValue())
                .as(command + "\n" + Files.readString(folder.resolve("err")))
                .isZero();
        return said;
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException | InterruptedException e) {
            return false;
        }
    }

    private static void assumeKcat() {
        assumeThat(works("kcat", "-V"))
                .as("kcat on this machine: apt-get install kcat")
                .isTrue();
    }

    @Test
    void shouldShowKeysAndSizesWithKcat() throws Exception {
        assumeKcat();

        String said = run(documented("kcat -b localhost:9092 -C -t emotion-events -o beginning"));

        assertThat(said.lines()).singleElement().asString().matches("call-1 [0-9]+ [0-9]+ bytes");
    }

    @Test
    void shouldShowDeadLettersWithKcat() throws Exception {
        assumeKcat();

        for (String offset : List.of("-o beginning", "-o -10")) {
            assertThat(run(documented("kcat -b localhost:9092 -C -t dead-letters " + offset))
                            .lines())
                    .singleElement()
                    .isEqualTo("call-1 undertone.reason=NOT_AVRO");
        }
    }

    @Test
    void shouldReadEventsInPythonBehindKcat() throws Exception {
        assumeKcat();
        assumeThat(works("python3", "--version")).as("Python on this machine").isTrue();
        String command = documented("kcat -b localhost:9092 -C -t emotion-events -X isolation.level=read_committed -u");

        // As it stands it reads on; -e ends it where there is no more.
        String said = run(command.replace(" -u ", " -u -e -o beginning "));

        JsonNode event = new ObjectMapper().readTree(said);
        assertThat(event.get("callId").asText()).isEqualTo("call-1");
        assertThat(event.get("label").asText()).isEqualTo("happy");
        assertThat(event.get("votes")).hasSize(6);
    }

    /** Talk and overlap of a call, and who it is, as the page of conversations reads them. */
    @Test
    void shouldReadConversationsInPythonBehindKcat() throws Exception {
        assumeKcat();
        assumeThat(works("python3", "--version")).as("Python on this machine").isTrue();
        CallConversation conversation = CallConversation.newBuilder(Records.conversation())
                .setAttributes(Map.of("queue", "billing", "agent", "żółw"))
                .build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    config.callConversationsTopic(),
                    KEY,
                    new AvroCodec<>(CallConversation.class).encode(conversation)));
        }

        String said =
                run(documented("kcat -b localhost:9092 -C -t call-conversations -X isolation.level=read_committed -u")
                        .replace(" -u ", " -u -e -o beginning "));

        assertThat(new ObjectMapper().readTree(said))
                .isEqualTo(new ObjectMapper().readTree(RecordJson.line(conversation)));
    }

    /** What a foreign client reads of the chunks that publish sends. */
    @Test
    void shouldReadInPythonBehindKcatWhoItIs() throws Exception {
        assumeKcat();
        assumeThat(works("python3", "--version")).as("Python on this machine").isTrue();
        Path wav = folder.resolve("known.wav");
        AudioWriter.writeWav(wav, new Recording(8_000, new float[][] {new float[8_000]}), SampleFormat.PCM_S16LE);
        CommandRunner.Result published = new CommandRunner()
                .run(
                        "publish",
                        wav.toString(),
                        "--call-id",
                        "call-known",
                        "--speed",
                        "max",
                        "--attribute",
                        "queue=billing",
                        "--attribute",
                        "tags=a=b, c",
                        "--bootstrap-server",
                        broker.bootstrapServers());
        assertThat(published.exitCode()).as(published.err()).isZero();

        String said = run(here("kcat -b localhost:9092 -C -t audio-chunks -u -e -o beginning -f '%R%s'"
                + " | python3 docs/examples/read_events.py schemas/AudioChunk.avsc"));

        List<String> known = new ArrayList<>();
        for (String line : said.lines().toList()) {
            JsonNode chunk = new ObjectMapper().readTree(line);
            if (chunk.get("callId").asText().equals("call-known")) {
                known.add(chunk.get("attributes").toString());
            }
        }
        assertThat(known)
                .as("five chunks, of which the first says it")
                .containsExactly("{\"queue\":\"billing\",\"tags\":\"a=b, c\"}", "{}", "{}", "{}", "{}");
    }

    @Test
    void shouldReadTheConfluentWireFormatInPython() throws Exception {
        assumeThat(works("python3", "--version")).as("Python on this machine").isTrue();
        byte[] single = new AvroCodec<>(EmotionEvent.class).encode(Records.event());
        byte[] confluent = new byte[single.length - 5];
        confluent[4] = 7;
        System.arraycopy(single, 10, confluent, 5, single.length - 10);
        Path value = Files.write(folder.resolve("value"), confluent);

        String said =
                run("python3 -c \"import sys; sys.path.insert(0, 'docs/examples'); from undertone_avro import Schema;"
                        + " print(Schema.load('schemas/EmotionEvent.avsc').decode(open('" + value
                        + "', 'rb').read())['callId'])\"");

        assertThat(said).isEqualTo("call-1\n");
    }

    @Test
    void shouldPublishInPython() throws Exception {
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(program -> works(program, "-c", "import kafka"))
                .findFirst();
        assumeThat(python)
                .as("a Python with the kafka package: apt-get install python3-kafka")
                .isPresent();
        Path wav = folder.resolve("customer.wav");
        AudioWriter.writeWav(wav, new Recording(8_000, new float[][] {new float[8_000]}), SampleFormat.PCM_S16LE);

        run(documented("python3 docs/examples/publish_wav.py")
                .replaceFirst("^python3", python.orElseThrow())
                .replace("customer.wav", wav.toString()));

        AudioChunkReader reader = new AudioChunkReader(config.audioChunkMaxBytes());
        int chunks = 0;
        boolean last = false;
        for (ConsumerRecord<byte[], byte[]> read : chunksOf("call-1")) {
            last |= reader.check(read.key(), reader.parse(read.value())).chunk().last();
            chunks++;
        }
        assertThat(chunks).isEqualTo(5);
        assertThat(last).isTrue();
    }

    @Test
    void shouldPublishWithConfluentKafka() throws Exception {
        String python = withConfluentKafka();
        Path wav = folder.resolve("call.wav");
        AudioWriter.writeWav(
                wav, new Recording(8_000, new float[][] {new float[8_000], new float[8_000]}), SampleFormat.PCM_S16LE);

        run(documented("python3 docs/examples/publish_confluent.py")
                .replaceFirst("^python3", python)
                .replace("call.wav", wav.toString())
                .replace("call-1", "call-confluent"));

        AudioChunkReader reader = new AudioChunkReader(config.audioChunkMaxBytes());
        Map<Role, List<Long>> positions = new HashMap<>();
        Set<Integer> partitions = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> read : chunksOf("call-confluent")) {
            AudioChunk chunk = reader.parse(read.value());
            positions
                    .computeIfAbsent(chunk.getRole(), role -> new ArrayList<>())
                    .add(chunk.getPosition());
            partitions.add(read.partition());
        }
        // A second in chunks of 200 ms, and an empty last one.
        List<Long> expected = List.of(0L, 1_600L, 3_200L, 4_800L, 6_400L, 8_000L);
        assertThat(positions).isEqualTo(Map.of(Role.AGENT, expected, Role.CUSTOMER, expected));
        // Where Java's own partitioner puts the call.
        assertThat(partitions)
                .containsExactly(Utils.toPositive(Utils.murmur2("call-confluent".getBytes(StandardCharsets.UTF_8)))
                        % config.topicPartitions());
    }

    @Test
    void shouldReadEventsAndSummariesWithConfluentKafka() throws Exception {
        String python = withConfluentKafka();
        CallSummary summary =
                CallSummary.newBuilder(Records.summary()).setWindows(1).build();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    config.callSummariesTopic(), KEY, new AvroCodec<>(CallSummary.class).encode(summary)));
        }

        Process reader = new ProcessBuilder(documented("python3 docs/examples/read_confluent.py")
                        .replaceFirst("^python3", python)
                        .split(" "))
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader said = reader.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            assertThat(line).as(Files.readString(folder.resolve("err"))).isNotNull();
            JsonNode leg = new ObjectMapper().readTree(line);
            assertThat(leg.get("callId").asText()).isEqualTo("call-1");
            assertThat(leg.get("events").asInt()).isEqualTo(1);
        } finally {
            reader.destroy();
        }
        assertThat(reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
    }

    private static String withConfluentKafka() {
        Optional<String> python = Stream.of("python3", "/usr/bin/python3")
                .filter(program -> works(program, "-c", "import confluent_kafka"))
                .findFirst();
        assumeThat(python)
                .as("a Python with confluent-kafka: apt-get install python3-confluent-kafka")
                .isPresent();
        return python.orElseThrow();
    }

    private static List<ConsumerRecord<byte[], byte[]>> chunksOf(String callId) {
        return all(config.audioChunksTopic()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(callId))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
