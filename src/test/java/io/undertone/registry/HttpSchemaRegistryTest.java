package io.undertone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.DeadLetterReason;
import io.undertone.Model;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.UndertoneConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
    private static final Model MODEL = new Model("telephone", "1.0.0");
    private static final String OLDER =
            "{\"type\":\"record\",\"name\":\"Model\",\"namespace\":\"io.undertone\",\"fields\":["
                    + "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"version\",\"type\":\"string\"},"
                    + "{\"name\":\"retired\",\"type\":\"int\"}]}";
    private static final String OTHER =
            "{\"type\":\"record\",\"name\":\"Model\",\"namespace\":\"io.undertone\",\"fields\":["
                    + "{\"name\":\"title\",\"type\":\"string\"}]}";

    private final AtomicLong nowMs = new AtomicLong(1_000);
    private StubRegistry stub;

    @BeforeEach
    void start() throws Exception {
        stub = StubRegistry.start();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private HttpSchemaRegistry registry(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("schema.registry.url", stub.url() + "/"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new HttpSchemaRegistry(RegistrySettings.of(new UndertoneConfig(values)), nowMs::get);
    }

    private static AvroCodec<Model> codec(HttpSchemaRegistry registry) {
        return RecordFormat.confluent(registry).codec(Model.class, "models");
    }

    @Test
    void shouldWriteAndReadTheConfluentWireFormat() throws Exception {
        AvroCodec<Model> codec = codec(registry());

        byte[] bytes = codec.encode(MODEL);

        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
        assertThat(bytes).hasSize(5 + 1 + 9 + 1 + 5);
        assertThat(codec.decode(bytes)).isEqualTo(MODEL);
        assertThat(stub.rule("models-value")).isEqualTo("BACKWARD");
    }

    @Test
    void shouldReadSingleObjectsAsWell() throws Exception {
        byte[] single = new AvroCodec<>(Model.class).encode(MODEL);

        assertThat(codec(registry()).decode(single)).isEqualTo(MODEL);
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void shouldAskOnceForEachSchema() throws Exception {
        HttpSchemaRegistry registry = registry();
        byte[] bytes = codec(registry).encode(MODEL);
        int before = stub.requests.size();
        for (int i = 0; i < 100; i++) {
            codec(registry).encode(MODEL);
            codec(registry).decode(bytes);
        }

        assertThat(stub.requests.size() - before).isEqualTo(1);
        assertThat(stub.requests).endsWith("GET /schemas/ids/1");
    }

    @Test
    void shouldReadWhatOlderVersionsWrote() throws Exception {
        int id = stub.put("models-value", OLDER);

        assertThat(codec(registry()).decode(older(id))).isEqualTo(MODEL);
    }

    private static byte[] older(int id) throws Exception {
        Schema schema = new Schema.Parser().parse(OLDER);
        GenericRecord record = new GenericData.Record(schema);
        record.put("name", "telephone");
        record.put("version", "1.0.0");
        record.put("retired", 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        return out.toByteArray();
    }

    @Test
    void shouldRefuseSchemasThatItDoesNotKnowOrThatAreOfOtherRecords() {
        HttpSchemaRegistry registry = registry();
        int other = stub.put("others-value", "{\"type\":\"string\"}");

        assertThatThrownBy(() -> codec(registry).decode(new byte[] {0, 0, 0, 0, 77, 2, 3}))
                .satisfies(e -> reason(e, DeadLetterReason.UNKNOWN_SCHEMA))
                .hasMessageContaining("id=77");
        assertThatThrownBy(() -> codec(registry).decode(new byte[] {0, 0, 0, 0, (byte) other, 2, 65}))
                .satisfies(e -> reason(e, DeadLetterReason.UNKNOWN_SCHEMA))
                .hasMessageContaining("io.undertone.Model");
        assertThatThrownBy(() -> codec(registry).decode(new byte[] {0, 1}))
                .satisfies(e -> reason(e, DeadLetterReason.NOT_AVRO))
                .hasMessageContaining("Confluent wire format");
    }

    @Test
    void shouldBelieveForAMinuteThatANumberIsUnknown() {
        HttpSchemaRegistry registry = registry();
        assertThat(registry.schema(9)).isEmpty();
        nowMs.addAndGet(59_999);
        assertThat(registry.schema(9)).isEmpty();
        assertThat(stub.requests).hasSize(1);

        nowMs.addAndGet(1);
        assertThat(registry.schema(9)).isEmpty();
        assertThat(stub.requests).hasSize(2);
    }

    @Test
    void shouldTryAgainWhereTheRegistryIsAtFault() {
        stub.failuresFirst = 2;
        int id = stub.put("models-value", OLDER);

        assertThat(registry().schema(id)).isPresent();
        assertThat(stub.requests).hasSize(3);
    }

    @Test
    void shouldSayThatARegistryDoesNotAnswerRatherThanBlameTheRecord() {
        HttpSchemaRegistry registry = registry("schema.registry.timeout.ms", "500");
        stub.close();

        assertThatThrownBy(() -> codec(registry).decode(new byte[] {0, 0, 0, 0, 1, 2, 3}))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("must answer")
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldRegisterNothingThatCannotReadWhatIsThere() {
        stub.put("models-value", OTHER);

        assertThatThrownBy(() -> codec(registry()).encode(MODEL))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("models-value")
                .hasMessageContaining("name");
        assertThat(stub.newest("models-value")).isEqualTo(OTHER);
    }

    @Test
    void shouldHoldARegistrysRuleToBackward() {
        stub.rule("models-value", "NONE");
        codec(registry()).encode(MODEL);
        assertThat(stub.rule("models-value")).isEqualTo("BACKWARD");

        stub.rule("models-value", "FULL");
        registry().ensure("models-value", MODEL.getSchema());
        assertThat(stub.rule("models-value")).isEqualTo("FULL");

        stub.rule("models-value", "FORWARD");
        assertThatThrownBy(() -> registry().ensure("models-value", MODEL.getSchema()))
                .hasMessageContaining("FORWARD")
                .hasMessageContaining("BACKWARD_TRANSITIVE");
    }

    @Test
    void shouldNotLowerARuleThatIsToldByTheKeyOfItsQuestion() {
        stub.ruleKey = "compatibility";
        stub.rule("models-value", "FULL");
        codec(registry()).encode(MODEL);
        assertThat(stub.rule("models-value")).isEqualTo("FULL");
    }

    /** A rule of the subject's own would lower what the registry asks of all. */
    @ParameterizedTest
    @ValueSource(strings = {"FULL", "FULL_TRANSITIVE", "BACKWARD_TRANSITIVE"})
    void shouldNotLowerTheRuleOfAllSubjects(String rule) {
        stub.ruleKey = "compatibility";
        stub.generalRule = rule;
        codec(registry()).encode(MODEL);
        assertThat(stub.rule("models-value")).isNull();
        registry("schema.registry.register", "false").ensure("models-value", MODEL.getSchema());
    }

    @Test
    void shouldSetARuleWhereTheRegistryHasALesserOneOrDoesNotSay() {
        stub.generalRule = "NONE";
        codec(registry()).encode(MODEL);
        assertThat(stub.rule("models-value")).isEqualTo("BACKWARD");

        stub.generalRule = null;
        registry().ensure("others-value", MODEL.getSchema());
        assertThat(stub.rule("others-value")).isEqualTo("BACKWARD");
    }

    @Test
    void shouldSayThatTheRegistryIsReadOnly() {
        stub.readOnly = true;
        assertThatThrownBy(() -> codec(registry()).encode(MODEL))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("must not be in read-only mode")
                .hasMessageContaining("Subject models-value is in read-only mode")
                .hasMessageContaining("set schema.registry.register=false");

        stub.put("models-value", HttpSchemaRegistry.published(MODEL.getSchema()));
        assertThatThrownBy(() -> registry().ensure("models-value", MODEL.getSchema()))
                .hasMessageContaining("must not be in read-only mode");
        // What the message asks for is enough.
        assertThat(registry("schema.registry.register", "false")
                        .ensure("models-value", MODEL.getSchema())
                        .state())
                .isEqualTo("exists");
    }

    @Test
    void shouldRefuseAnAnswerWithoutANumber() {
        HttpSchemaRegistry registry = registry("schema.registry.register", "false");
        stub.put("models-value", HttpSchemaRegistry.published(MODEL.getSchema()));
        stub.idKey = "number";
        assertThatThrownBy(() -> registry.idOf("models-value", MODEL.getSchema()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("there is none");
    }

    @Test
    void shouldAskNoLongerThanTheTimeOutAllowsInAll() {
        HttpSchemaRegistry registry = registry("schema.registry.timeout.ms", "150");
        stub.failuresFirst = 9;
        int id = stub.put("models-value", OLDER);
        // The pause before the second try would outlast it.
        assertThatThrownBy(() -> registry.schema(id)).hasMessageContaining("status=503");
        assertThat(stub.requests).hasSize(1);
    }

    @Test
    void shouldLeaveRegisteringToOthersWhereToldSo() {
        HttpSchemaRegistry registry = registry("schema.registry.register", "false");

        assertThatThrownBy(() -> registry.idOf("models-value", MODEL.getSchema()))
                .hasMessageContaining("schema.registry.register=false");
        int id = stub.put("models-value", HttpSchemaRegistry.published(MODEL.getSchema()));
        assertThat(registry.idOf("models-value", MODEL.getSchema())).isEqualTo(id);
    }

    @Test
    void shouldChangeNothingWhenItOnlyChecks() {
        assertThat(registry().check("models-value", MODEL.getSchema()).missing())
                .isTrue();
        assertThat(stub.requests).noneMatch(request -> request.startsWith("PUT") || request.endsWith("/versions"));
        assertThat(registry().ensure("models-value", MODEL.getSchema()).state()).isEqualTo("created");
        assertThat(registry().check("models-value", MODEL.getSchema()).state()).isEqualTo("exists");
    }

    @Test
    void shouldPresentItsUser() {
        registry("schema.registry.basic.auth.user.info", "undertone:secret").schema(1);
        registry().schema(1);

        assertThat(stub.authorizations).containsExactly("Basic dW5kZXJ0b25lOnNlY3JldA==", null);
    }

    @Test
    void shouldTrustWhatItIsTold() throws Exception {
        Path none = Files.createTempFile("none", ".pem");
        assertThatThrownBy(() -> registry("schema.registry.ssl.truststore.location", none.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no certificate");
        Files.delete(none);
    }

    static Stream<SpecificRecordBase> records() {
        return Stream.of(
                new io.undertone.AudioChunk(),
                new io.undertone.MfccWindow(),
                new io.undertone.EmotionEvent(),
                new io.undertone.CallSummary(),
                new io.undertone.CallConversation(),
                new io.undertone.EmotionAlert());
    }

    /** What is registered is what consumers in other languages find in the repository. */
    @ParameterizedTest
    @MethodSource("records")
    void shouldRegisterTheSchemasOfTheFiles(SpecificRecordBase record) throws Exception {
        Schema file = new Schema.Parser()
                .parse(Path.of("schemas", record.getSchema().getName() + ".avsc")
                        .toFile());

        String published = HttpSchemaRegistry.published(record.getSchema());

        assertThat(published).doesNotContain("avro.java.string");
        assertThat(new Schema.Parser().parse(published)).isEqualTo(file);
        assertThat(new ObjectMapper().readTree(published).get("doc").asText()).isEqualTo(file.getDoc());
    }

    private static void reason(Throwable refusal, DeadLetterReason reason) {
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        UnreadableRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
