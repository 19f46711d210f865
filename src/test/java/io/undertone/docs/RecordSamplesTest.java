package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Holds each sample on the page of records to the schema of its record: all fields, in order, no others, of the right types. */
class RecordSamplesTest {
    private static final Pattern SAMPLE = Pattern.compile("(?s)## (\\w+)\n[^#]*?```json\n(.*?)```");

    @Test
    void shouldShowEachRecordAsItsSchemaHasIt() throws Exception {
        Map<String, JsonNode> samples = samples();
        List<String> records = new ArrayList<>();
        try (var schemas = Files.list(Path.of("schemas"))) {
            schemas.map(path -> path.getFileName().toString().replace(".avsc", ""))
                    .forEach(records::add);
        }

        assertThat(samples.keySet()).containsExactlyInAnyOrderElementsOf(records);
        for (Map.Entry<String, JsonNode> sample : samples.entrySet()) {
            Schema schema = new Schema.Parser()
                    .parse(Path.of("schemas", sample.getKey() + ".avsc").toFile());
            check(sample.getValue(), schema, sample.getKey());
        }
    }

    /** By the name of the record, as its heading has it. */
    static Map<String, JsonNode> samples() throws IOException {
        Map<String, JsonNode> samples = new LinkedHashMap<>();
        Matcher sample = SAMPLE.matcher(Files.readString(Path.of("docs/records.md")));
        while (sample.find()) {
            samples.put(sample.group(1), new ObjectMapper().readTree(sample.group(2)));
        }
        return samples;
    }

    private static void check(JsonNode value, Schema schema, String path) {
        switch (schema.getType()) {
            case RECORD -> {
                List<String> there = new ArrayList<>();
                value.fieldNames().forEachRemaining(there::add);
                assertThat(there)
                        .as(path)
                        .isEqualTo(schema.getFields().stream()
                                .map(Schema.Field::name)
                                .toList());
                schema.getFields()
                        .forEach(field -> check(value.get(field.name()), field.schema(), path + "." + field.name()));
            }
            case ARRAY -> {
                assertThat(value.isArray()).as(path).isTrue();
                value.forEach(item -> check(item, schema.getElementType(), path + "[]"));
            }
            case MAP -> {
                assertThat(value.isObject()).as(path).isTrue();
                value.forEach(item -> check(item, schema.getValueType(), path + "{}"));
            }
            case UNION -> {
                if (!value.isNull()) {
                    assertThat(schema.getTypes()).as(path).hasSize(2);
                    check(value, schema.getTypes().get(1), path);
                }
            }
            case ENUM -> assertThat(schema.getEnumSymbols()).as(path).contains(value.asText());
            case STRING -> assertThat(value.isTextual()).as(path).isTrue();
            case BYTES -> assertThat(value.asText()).as(path).matches("([0-9a-f]{2})*");
            case INT, LONG -> assertThat(value.isIntegralNumber()).as(path).isTrue();
            case FLOAT, DOUBLE -> assertThat(value.isNumber()).as(path).isTrue();
            case BOOLEAN -> assertThat(value.isBoolean()).as(path).isTrue();
            default -> throw new AssertionError("no record has a " + schema.getType() + ": " + path);
        }
    }
}
