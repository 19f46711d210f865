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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads manifests strictly and writes them as the same bytes on every machine. */
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
            .addModule(FeatureSpecJson.module())
            .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /** Fields that bundles of earlier releases lack. */
    private static final List<String> LATER_FIELDS =
            List.of("persistence", "voiceBaseline", "priors", "affect", "contrastWeights", "quantisation");

    /** In a manifest, where the baseline of voices begins; bundles of earlier releases lack its {@code expectile}. */
    private static final Pattern VOICE_BASELINE = Pattern.compile("\"voiceBaseline\"\\s*:\\s*\\{");

    private BundleJson() {}

    /** A persistence as JSON, as in a manifest, including {@code voiceBaseline} if there is one. */
    public static JsonNode tree(Persistence persistence) {
        ObjectNode json = MAPPER.valueToTree(BundleManifest.Lasting.of(persistence));
        if (persistence.voiceBaseline() != null) {
            json.set("voiceBaseline", MAPPER.valueToTree(persistence.voiceBaseline()));
        }
        return json;
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

    /** Priors as JSON, as in a manifest. */
    public static JsonNode tree(Priors priors) {
        return MAPPER.valueToTree(priors.absent() ? null : priors);
    }

    /** A quantisation as JSON, as in a manifest. */
    public static JsonNode tree(Quantisation quantisation) {
        return MAPPER.valueToTree(quantisation.absent() ? null : quantisation);
    }

    /** The priors that {@link #tree(Priors)} wrote; none, where that is absent. */
    public static Priors priors(JsonNode json) {
        return json.isObject() ? MAPPER.convertValue(json, Priors.class) : Priors.NONE;
    }

    static BundleManifest readManifest(byte[] json) {
        return read(withLaterFields(json), BundleManifest.class);
    }

    /** Fields missing in the manifest become null; input other than a JSON object is returned as it is, and refused later. */
    private static byte[] withLaterFields(byte[] json) {
        StringBuilder lacking = new StringBuilder();
        boolean lacksExpectile;
        try {
            JsonNode manifest = tree(json);
            if (!manifest.isObject() || manifest.isEmpty()) {
                return json;
            }
            JsonNode voices = manifest.path("voiceBaseline");
            lacksExpectile = voices.isObject() && !voices.isEmpty() && !voices.has("expectile");
            for (String field : LATER_FIELDS) {
                if (!manifest.has(field)) {
                    lacking.append('"').append(field).append("\":null,");
                }
            }
        } catch (IOException e) {
            return json;
        }
        // Right after the opening brace, so that line numbers in errors stay those of the file.
        String text = new String(json, StandardCharsets.UTF_8);
        int open = text.indexOf('{') + 1;
        String filled = text.substring(0, open) + lacking + text.substring(open);
        if (lacksExpectile) {
            filled = VOICE_BASELINE.matcher(filled).replaceFirst("$0\"expectile\":null,");
        }
        return filled.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            // Jackson's advice on its own settings does not help the reader of a bundle.
            String rule = e.getOriginalMessage().replaceAll(";? ?`DeserializationFeature[^;]*", "");
            throw new IllegalArgumentException(rule + where, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
