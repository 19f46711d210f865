package io.undertone.bundle;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import java.io.IOException;

/** Feature specs in a manifest, written and read by {@link FeatureSpecs}; those of earlier releases lack some fields. */
final class FeatureSpecJson {
    private FeatureSpecJson() {}

    static SimpleModule module() {
        return new SimpleModule("feature specs")
                .addSerializer(FeatureSpec.class, new Writer())
                .addDeserializer(FeatureSpec.class, new Reader());
    }

    private static final class Writer extends JsonSerializer<FeatureSpec> {
        @Override
        public void serialize(FeatureSpec spec, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeTree(FeatureSpecs.toJson(spec));
        }
    }

    private static final class Reader extends JsonDeserializer<FeatureSpec> {
        @Override
        public FeatureSpec deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode tree = context.readTree(json);
            try {
                return FeatureSpecs.fromJson(tree);
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(json, e.getMessage(), e);
            }
        }
    }
}
