package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads manifests strictly and writes them as the same bytes on every machine. */
public final class BundleJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .annotationIntrospector(new RequiredFields())
            .addModule(FeatureSpecJson.module())
            .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

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
        return read(json, BundleManifest.class);
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

    /** A field may be missing if it is not written where it is null, as fields are that bundles of earlier releases lack. */
    private static final class RequiredFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            if (member instanceof AnnotatedParameter) {
                return !member.hasAnnotation(JsonInclude.class);
            }
            return super.hasRequiredMarker(member);
        }
    }
}
