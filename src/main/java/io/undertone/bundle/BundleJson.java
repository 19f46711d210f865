package io.undertone.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Manifests as JSON: strict on the way in, the same bytes on every machine on the way out. */
public final class BundleJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private static final String PERSISTENCE = "persistence";

    private BundleJson() {}

    /** How long emotions last as JSON, as it stands in a manifest. */
    public static JsonNode tree(Persistence persistence) {
        return MAPPER.valueToTree(persistence);
    }

    static byte[] bytes(Object value) {
        try {
            return (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of ours can be written: " + e.getOriginalMessage(), e);
        }
    }

    static JsonNode tree(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    static BundleManifest readManifest(byte[] json) {
        return read(withPersistence(json), BundleManifest.class);
    }

    /** Manifests may lack that field, which is then null; what is no such JSON is left for its reader to refuse. */
    private static byte[] withPersistence(byte[] json) {
        try {
            JsonNode manifest = tree(json);
            if (manifest.isObject() && !manifest.isEmpty() && !manifest.has(PERSISTENCE)) {
                // Within the first line, so that errors name the lines of the file.
                String text = new String(json, StandardCharsets.UTF_8);
                return text.replaceFirst("\\{", "{\"" + PERSISTENCE + "\":null,")
                        .getBytes(StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return json;
        }
        return json;
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            // Jackson's advice on its own settings helps nobody who reads a bundle.
            String rule = e.getOriginalMessage().replaceAll(";? ?`DeserializationFeature[^;]*", "");
            throw new IllegalArgumentException(rule + where, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
