package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.LegId;
import io.undertone.publish.WindowRecords;
import io.undertone.window.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the examples that the pages show. */
class ExamplesTest {
    private static final String IN_EXAMPLES = "import sys; sys.path.insert(0, 'docs/examples')\n";

    private static final Path EXAMPLES = Path.of("docs/examples");
    private static final Path CHUNK_SCHEMA = Path.of("schemas/AudioChunk.avsc");

    @TempDir
    static Path classes;

    private static URLClassLoader loader;

    private final List<ProducerRecord<String, byte[]>> published = new ArrayList<>();

    @BeforeAll
    static void compile() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "--release", "17"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = compiler.run(null, said, said, arguments.toArray(String[]::new));
        assertThat(exitCode).as(said.toString(StandardCharsets.UTF_8)).isZero();
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ExamplesTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @Test
    void shouldCutALegToChunksOf200Ms() throws Exception {
        Object leg = leg("call-1", "CUSTOMER", "MULAW", 8_000);
        for (int packet = 0; packet < 25; packet++) {
            add(leg, packet * 160L, 1_000 + packet * 20L, filled(160, packet));
        }
        invoke(leg, "close");

        assertThat(chunks())
                .extracting(
                        chunk -> chunk.get("position"),
                        chunk -> chunk.get("capturedAt"),
                        chunk -> size(chunk),
                        chunk -> chunk.get("last"))
                .containsExactly(
                        tuple(0L, 1_000L, 1_600, false),
                        tuple(1_600L, 1_200L, 1_600, false),
                        tuple(3_200L, 1_400L, 800, true));
        assertThat(published)
                .allMatch(record ->
                        record.key().equals("call-1") && record.topic().equals("audio-chunks"));
    }

    @Test
    void shouldBeginAChunkAnewWherePositionsJump() throws Exception {
        Object leg = leg("call-1", "CUSTOMER", "PCM_S16LE", 8_000);
        add(leg, 0, 0, filled(320, 1));
        add(leg, 480, 60, filled(320, 2)); // 160 samples never came
        invoke(leg, "close");

        assertThat(chunks())
                .extracting(chunk -> chunk.get("position"), chunk -> size(chunk))
                .containsExactly(tuple(0L, 320), tuple(480L, 320));
    }

    @Test
    void shouldReadATwilioStream() throws Exception {
        Class<?> type = loader.loadClass("TwilioStream");
        Object stream = type.getConstructor(loader.loadClass("TwilioStream$Legs"))
                .newInstance(legs(
                        "TwilioStream$Legs",
                        arguments -> leg((String) arguments[0], (String) arguments[1], (String) arguments[2], (Integer)
                                arguments[3])));
        twilio(stream, "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        twilio(
                stream,
                "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"callSid\":\"CA1\",\"tracks\":[\"inbound\",\"outbound\"]}}");
        String payload = Base64.getEncoder().encodeToString(filled(160, 9));
        for (int packet = 0; packet < 20; packet++) {
            // Uneven by some ms, as Twilio's are; 1 s is missing after the tenth.
            long timestamp = packet * 20L + packet % 3 + (packet < 10 ? 0 : 1_000);
            for (String track : List.of("inbound", "outbound")) {
                twilio(
                        stream,
                        "{\"event\":\"media\",\"media\":{\"track\":\"%s\",\"chunk\":\"%d\",\"timestamp\":\"%d\",\"payload\":\"%s\"}}"
                                .formatted(track, packet + 1, timestamp, payload));
            }
        }
        twilio(stream, "{\"event\":\"stop\"}");

        List<GenericRecord> customer = chunks().stream()
                .filter(chunk -> chunk.get("role").toString().equals("CUSTOMER"))
                .toList();
        assertThat(customer)
                .extracting(
                        chunk -> chunk.get("callId").toString(), chunk -> chunk.get("position"), chunk -> size(chunk))
                .containsExactly(
                        tuple("CA1", 0L, 1_600), tuple("CA1", 1_201L * 8, 1_600), tuple("CA1", 1_201L * 8 + 1_600, 0));
        assertThat(chunks()).filteredOn(chunk -> (boolean) chunk.get("last")).hasSize(2);
    }

    @Test
    void shouldReadAnAudioSocket() throws Exception {
        UUID call = UUID.fromString("40325ec2-5efd-4bd3-805f-53576e581d13");
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(sent)) {
            out.write(0x01);
            out.writeShort(16);
            out.writeLong(call.getMostSignificantBits());
            out.writeLong(call.getLeastSignificantBits());
            for (int packet = 0; packet < 11; packet++) {
                out.write(0x10);
                out.writeShort(320);
                out.write(filled(320, packet));
            }
            out.write(new byte[] {0x00, 0x00, 0x00});
        }
        Class<?> legs = loader.loadClass("AudioSocketServer$Legs");
        // Two packets of 20 ms after a minute in which nothing was sent.
        AtomicLong packet = new AtomicLong();
        LongSupplier clock = () -> 5_000 + 20 * packet.incrementAndGet() + (packet.get() > 9 ? 60_000 : 0);
        loader.loadClass("AudioSocketServer")
                .getMethod("serve", InputStream.class, legs, LongSupplier.class)
                .invoke(
                        null,
                        new ByteArrayInputStream(sent.toByteArray()),
                        legs(
                                "AudioSocketServer$Legs",
                                arguments ->
                                        leg(arguments[0].toString(), "CUSTOMER", "PCM_S16LE", (Integer) arguments[1])),
                        clock);

        assertThat(chunks())
                .extracting(
                        chunk -> chunk.get("callId").toString(),
                        chunk -> chunk.get("position"),
                        chunk -> size(chunk),
                        chunk -> chunk.get("last"))
                .containsExactly(
                        tuple(call.toString(), 0L, 9 * 320, false), tuple(call.toString(), 481_440L, 640, true));
    }

    @Test
    void shouldTakeChannelsApart() throws Exception {
        Object split = loader.loadClass("Interleaved")
                .getMethod("split", byte[].class, int.class, int.class)
                .invoke(null, new byte[] {1, 2, 11, 12, 3, 4, 13, 14}, 2, 2);

        assertThat((byte[][]) split).isDeepEqualTo(new byte[][] {{1, 2, 3, 4}, {11, 12, 13, 14}});
    }

    @Test
    void shouldReadEventsInPython() throws Exception {
        Schema schema =
                new Schema.Parser().parse(Path.of("schemas/EmotionEvent.avsc").toFile());
        GenericRecord event = event(schema);
        ByteBuffer value = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(event);
        ByteArrayOutputStream piped = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(piped)) {
            for (int copy = 0; copy < 2; copy++) {
                out.writeInt(value.remaining());
                out.write(value.array(), value.position(), value.remaining());
            }
        }

        String said = python(piped.toByteArray(), "docs/examples/read_events.py", "schemas/EmotionEvent.avsc");

        assertThat(said.lines()).hasSize(2).allSatisfy(line -> {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.get("eventId").asText()).isEqualTo("call-1/CUSTOMER/4");
            assertThat(json.get("capturedAt").asLong()).isEqualTo(1_700_000_007_000L);
            assertThat(json.at("/probabilities/angry").asDouble()).isEqualTo(0.75);
            assertThat(json.at("/votes/1/voter").asText()).isEqualTo("xgboost");
            assertThat(json.at("/model/version").asText()).isEqualTo("1.0.0");
            assertThat(json.get("levelDb").asDouble()).isEqualTo(-21.5);
        });
    }

    @Test
    void shouldWriteChunksInPython() throws Exception {
        String program = IN_EXAMPLES
                + "from publish_wav import chunks\n"
                + "from undertone_avro import Schema\n"
                + "schema = Schema.load('schemas/AudioChunk.avsc')\n"
                + "for chunk in chunks(sys.argv[1], 'call-1', 1700000000000):\n"
                + "    print(schema.encode(chunk).hex())\n";
        Path wav = classes.resolve("customer.wav");
        Files.write(wav, wav(3_000));

        String said = python(new byte[0], "-c", program, wav.toString());

        said.lines()
                .forEach(line -> published.add(new ProducerRecord<>(
                        "audio-chunks", "call-1", HexFormat.of().parseHex(line))));
        assertThat(chunks())
                .extracting(
                        chunk -> chunk.get("position"),
                        chunk -> chunk.get("capturedAt"),
                        chunk -> size(chunk),
                        chunk -> chunk.get("last"))
                .containsExactly(
                        tuple(0L, 1_700_000_000_000L, 3_200, false), tuple(1_600L, 1_700_000_000_200L, 2_800, true));
    }

    @Test
    void shouldCutLegsInPython() throws Exception {
        // Packets of 20 ms: one late by one place, 140 ms that never came, one that came twice.
        String program = IN_EXAMPLES
                + "from legs import Leg\n"
                + "from undertone_avro import Schema\n"
                + "schema = Schema.load('schemas/AudioChunk.avsc')\n"
                + "leg = Leg(lambda record: print(schema.encode(record).hex()), 'call-1', 'CUSTOMER', 'MULAW', 8000)\n"
                + "for packet in [0, 1, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 0]:\n"
                + "    leg.add(packet * 160, 1000 + packet * 20, bytes([packet]) * 160)\n"
                + "leg.close()\n"
                + "import sys; sys.exit(leg.late != 1)\n";

        python(new byte[0], "-c", program)
                .lines()
                .forEach(line -> published.add(new ProducerRecord<>(
                        "audio-chunks", "call-1", HexFormat.of().parseHex(line))));

        assertThat(chunks())
                .extracting(
                        chunk -> chunk.get("position"),
                        chunk -> chunk.get("capturedAt"),
                        chunk -> size(chunk),
                        chunk -> chunk.get("last"))
                .containsExactly(
                        tuple(0L, 1_000L, 1_600, false),
                        tuple(1_600L, 1_200L, 480, false),
                        tuple(3_200L, 1_400L, 160, true));
        ByteBuffer first = (ByteBuffer) chunks().get(0).get("audio");
        assertThat(first.get(2 * 160)).isEqualTo((byte) 2);
        assertThat(first.get(3 * 160)).isEqualTo((byte) 3);
    }

    /** Whichever of the two topics is ahead, a leg is reported once all of it is there, and nothing before that is committed. */
    @Test
    void shouldJoinEventsAndSummariesInPython() throws Exception {
        String program = IN_EXAMPLES
                + "from read_confluent import Legs\n"
                + "def event(call, index, valence):\n"
                + "    return {'callId': call, 'role': 'CUSTOMER', 'eventId': call + str(index), 'index': index,\n"
                + "            'startMs': index * 1000, 'endMs': index * 1000 + 3000, 'label': 'sad', 'valence': valence}\n"
                + "def summary(call, windows):\n"
                + "    return {'callId': call, 'role': 'CUSTOMER', 'windows': windows, 'durationMs': 9, 'sentiment': 'NEUTRAL', 'trend': None}\n"
                + "legs = Legs()\n"
                + "E, S = 'emotion-events', 'call-summaries'\n"
                + "assert legs.take(E, 0, 5, event('a', 0, -0.5)) is None\n"
                + "assert legs.take(E, 0, 6, event('b', 0, None)) is None\n"
                + "assert legs.take(E, 0, 7, event('a', 0, -0.5)) is None\n"
                + "assert legs.take(S, 0, 2, summary('a', 2)) is None\n"
                + "assert legs.offsets() == {(E, 0): 5, (S, 0): 2}, legs.offsets()\n"
                + "said = legs.take(E, 0, 8, event('a', 1, -0.7))\n"
                + "assert said['events'] == 2 and said['lowestValence']['startMs'] == 1000, said\n"
                + "assert legs.offsets() == {(E, 0): 6, (S, 0): 3}, legs.offsets()\n"
                + "said = legs.take(S, 0, 3, summary('b', 1))\n"
                + "assert said['callId'] == 'b' and said['lowestValence'] is None, said\n"
                + "assert legs.offsets() == {(E, 0): 9, (S, 0): 4}, legs.offsets()\n"
                + "print('all as it should be')\n";

        assertThat(python(new byte[0], "-c", program)).isEqualTo("all as it should be\n");
    }

    /** The samples of docs/records.md, written and read again. */
    @Test
    void shouldWriteAndReadEachRecordInPython() throws Exception {
        String program = IN_EXAMPLES
                + "import json\n"
                + "from undertone_avro import Schema\n"
                + "schema = Schema.load(sys.argv[1])\n"
                + "record = json.load(sys.stdin)\n"
                + "for field in schema.tree['fields']:\n"
                + "    if field['type'] == 'bytes':\n"
                + "        record[field['name']] = bytes.fromhex(record[field['name']])\n"
                + "print(json.dumps(schema.decode(schema.encode(record)), default=bytes.hex))\n";

        for (Map.Entry<String, JsonNode> sample : RecordSamplesTest.samples().entrySet()) {
            String said = python(
                    sample.getValue().toString().getBytes(StandardCharsets.UTF_8),
                    "-c",
                    program,
                    "schemas/" + sample.getKey() + ".avsc");

            assertThat(new ObjectMapper().readTree(said)).as(sample.getKey()).isEqualTo(sample.getValue());
        }
    }

    /** The lines of docs/records.md, on a window as it is published. */
    @Test
    void shouldReadCoefficientsInPython() throws Exception {
        Matcher lines =
                Pattern.compile("(?s)```python\n(.*?)```").matcher(Files.readString(Path.of("docs/records.md")));
        assertThat(lines.find()).isTrue();
        float[] values = new float[5 * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((i < 80 ? i / 40 * 255 : i % 7) - 240) * (1 + i % 40 % 3) / 8f;
        }
        Window sent = new Window(0, 0, 3_000, 0, 1, -20, 5, values);
        MfccWindow record =
                new WindowRecords(FeatureSpecs.telephone()).ofWindow(new LegId("call-1", Role.CUSTOMER), sent);
        assertThat(record.getScales().hasRemaining()).isTrue();
        String program = IN_EXAMPLES
                + "import json, struct\n"
                + "from undertone_avro import Schema\n"
                + "window = Schema.load('schemas/MfccWindow.avsc').decode(sys.stdin.buffer.read())\n"
                + lines.group(1)
                + "print(json.dumps(sum(rows, [])))\n";
        JsonNode read =
                new ObjectMapper().readTree(python(new AvroCodec<>(MfccWindow.class).encode(record), "-c", program));
        assertThat(read).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((float) read.get(i).asDouble()).isEqualTo(values[i]);
        }
    }

    @Test
    void shouldInstallThePythonPackage() throws Exception {
        String python = Stream.of("python3", "/usr/bin/python3")
                .filter(program -> finishes(
                        program,
                        "-c",
                        "import pip, wheel; from importlib.metadata import version;"
                                + " assert int(version('setuptools').split('.')[0]) >= 61"))
                .findFirst()
                .orElse("");
        assumeTrue(!python.isEmpty(), "skipped: no Python with pip, setuptools and wheel here");
        Path copy = Files.createDirectories(classes.resolve("package"));
        for (String file : List.of("pyproject.toml", "undertone_avro.py")) {
            Files.copy(EXAMPLES.resolve(file), copy.resolve(file));
        }
        Path installed = classes.resolve("installed");
        String options = "-m pip install --quiet --no-index --no-build-isolation --target";

        assertThat(finishes((python + " " + options + " " + installed + " " + copy).split(" ")))
                .isTrue();

        assertThat(installed.resolve("undertone_avro.py"))
                .hasSameTextualContentAs(EXAMPLES.resolve("undertone_avro.py"));
        assertThat(installed.resolve("undertone_avro-0.1.0.dist-info")).isDirectory();
    }

    private static boolean finishes(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Opens a publisher whose records are kept. */
    private Object leg(String callId, String role, String encoding, int rateHz) throws ReflectiveOperationException {
        Consumer<ProducerRecord<String, byte[]>> keep = published::add;
        return loader.loadClass("LegPublisher")
                .getConstructor(Path.class, String.class, String.class, String.class, int.class, Consumer.class)
                .newInstance(CHUNK_SCHEMA, callId, role, encoding, rateHz, keep);
    }

    private static void add(Object leg, long position, long capturedAtMs, byte[] samples)
            throws ReflectiveOperationException {
        leg.getClass()
                .getMethod("add", long.class, long.class, byte[].class)
                .invoke(leg, position, capturedAtMs, samples);
    }

    private static void invoke(Object target, String method) throws ReflectiveOperationException {
        target.getClass().getMethod(method).invoke(target);
    }

    private static void twilio(Object stream, String message) throws ReflectiveOperationException {
        stream.getClass().getMethod("onText", String.class, long.class).invoke(stream, message, 0L);
    }

    /** Makes a leg of the arguments of an interface's one method. */
    private interface Opening {
        Object open(Object[] arguments) throws ReflectiveOperationException;
    }

    private static Object legs(String type, Opening opening) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                loader, new Class<?>[] {loader.loadClass(type)}, (Object proxy, Method method, Object[] arguments) -> {
                    try {
                        return opening.open(arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private List<GenericRecord> chunks() throws IOException {
        Schema schema = new Schema.Parser().parse(CHUNK_SCHEMA.toFile());
        BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(GenericData.get(), schema);
        List<GenericRecord> chunks = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : published) {
            chunks.add(decoder.decode(record.value()));
        }
        return chunks;
    }

    private static int size(GenericRecord chunk) {
        return ((ByteBuffer) chunk.get("audio")).remaining();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static GenericRecord event(Schema schema) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("eventId", "call-1/CUSTOMER/4");
        event.put("callId", "call-1");
        event.put("role", new GenericData.EnumSymbol(schema.getField("role").schema(), "CUSTOMER"));
        event.put("index", 4);
        event.put("startMs", 4_000L);
        event.put("endMs", 7_000L);
        event.put("capturedAt", 1_700_000_007_000L);
        event.put("label", "angry");
        event.put("confidence", 0.75);
        event.put("agreement", 5.0 / 6);
        event.put("probabilities", Map.of("angry", 0.75, "neutral", 0.25));
        Schema voteSchema = schema.getField("votes").schema().getElementType();
        List<GenericRecord> votes = new ArrayList<>();
        for (String voter : List.of("cnn-1", "xgboost")) {
            GenericRecord vote = new GenericData.Record(voteSchema);
            vote.put("voter", voter);
            vote.put("label", "angry");
            vote.put("confidence", 0.5);
            votes.add(vote);
        }
        event.put("votes", votes);
        event.put("missingVoters", List.of());
        event.put("speechRatio", 0.5f);
        event.put("levelDb", -21.5f);
        GenericRecord model = new GenericData.Record(schema.getField("model").schema());
        model.put("name", "telephone");
        model.put("version", "1.0.0");
        event.put("model", model);
        event.put("producedAt", 1_700_000_007_100L);
        event.put("attributes", Map.of());
        return event;
    }

    /** A WAV file: mono, 16 bit, 8 kHz. */
    private static byte[] wav(int samples) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(16_000)
                .putShort((short) 2)
                .putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return wav.array();
    }

    private static String python(byte[] input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: no python3 here");
            throw e;
        }
        process.getOutputStream().write(input);
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return said;
    }
}
