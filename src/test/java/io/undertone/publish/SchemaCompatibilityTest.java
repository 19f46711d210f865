package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.EmotionEvent;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.EarlierSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that were written with an earlier schema are read, and earlier readers can be given the present schema to read new ones. */
class SchemaCompatibilityTest {
    private static final Path PRESENT = Path.of("schemas");

    static List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(PRESENT)) {
            return paths.map(path -> path.getFileName().toString().replace(".avsc", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Schema present(String name) throws IOException {
        return new Schema.Parser().parse(Files.readString(PRESENT.resolve(name + ".avsc")));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadWhatEarlierSchemasWroteAndBeReadByThem(String name) throws IOException {
        Schema present = present(name);
        for (Schema earlier : EarlierSchemas.of(name)) {
            assertThat(earlier.getFullName()).isEqualTo(present.getFullName());
            assertThat(earlier).isNotEqualTo(present);
            assertThat(compatibility(present, earlier)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            assertThat(compatibility(earlier, present)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldExplainEveryField(String name) throws IOException {
        Schema schema = present(name);
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }

    /** Before events said which voters were missing. */
    @Test
    void shouldReadAnEventOfTheFirstSchema() throws Exception {
        Schema first = EarlierSchemas.of("EmotionEvent").get(0);
        Schema model = first.getField("model").schema();
        GenericRecord record = new GenericRecordBuilder(first)
                .set("eventId", "call-1/CUSTOMER/0")
                .set("callId", "call-1")
                .set("role", new GenericData.EnumSymbol(first.getField("role").schema(), "CUSTOMER"))
                .set("index", 0)
                .set("startMs", 0L)
                .set("endMs", 3_000L)
                .set("capturedAt", 1_790_000_003_000L)
                .set("label", "sad")
                .set("confidence", 0.5)
                .set("agreement", 1.0)
                .set("probabilities", Map.of("sad", 0.5))
                .set("votes", List.of())
                .set("speechRatio", 0.75f)
                .set("levelDb", -20f)
                .set(
                        "model",
                        new GenericRecordBuilder(model)
                                .set("name", "telephone")
                                .set("version", "1.0.0")
                                .build())
                .set("producedAt", 1_790_000_003_100L)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), first).encode(record, bytes);

        EmotionEvent event = new AvroCodec<>(EmotionEvent.class).decode(bytes.toByteArray());
        assertThat(event.getEventId()).isEqualTo("call-1/CUSTOMER/0");
        assertThat(event.getCapturedAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_003_000L));
        assertThat(event.getProbabilities()).isEqualTo(Map.of("sad", 0.5));
        assertThat(event.getMissingVoters()).isEmpty();
    }
}
