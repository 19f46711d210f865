package io.undertone.registry;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.MfccWindow;
import io.undertone.codec.RecordFormat;
import io.undertone.config.UndertoneConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The format of records that a configuration asks for, and the schemas that a registry needs for it. */
public final class RecordFormats {
    private RecordFormats() {}

    /** The Confluent wire format where {@code schema.registry.url} is set, else single-object encoding. Asks nobody yet. */
    public static RecordFormat of(UndertoneConfig config) {
        return config.schemaRegistryUrl().isEmpty()
                ? RecordFormat.singleObject()
                : RecordFormat.confluent(registry(config));
    }

    /**
     * Sees to it that the registry holds the schema of every topic of records under a rule by which readers go before writers.
     *
     * @return a state for each subject, in the order of the flow; none without a registry
     * @throws RegistryException where it does not answer, or holds what this version cannot read
     */
    public static List<SubjectState> ensure(UndertoneConfig config) {
        return each(config, HttpSchemaRegistry::ensure);
    }

    /** The same, with nothing changed. */
    public static List<SubjectState> check(UndertoneConfig config) {
        return each(config, HttpSchemaRegistry::check);
    }

    private interface Step {
        SubjectState take(HttpSchemaRegistry registry, String subject, Schema schema);
    }

    private static List<SubjectState> each(UndertoneConfig config, Step step) {
        List<SubjectState> states = new ArrayList<>();
        if (!config.schemaRegistryUrl().isEmpty()) {
            HttpSchemaRegistry registry = registry(config);
            schemas(config)
                    .forEach((topic, schema) -> states.add(step.take(registry, RecordFormat.subject(topic), schema)));
        }
        return states;
    }

    /** The present schema of each topic of records, in the order of the flow. Dead letters are bytes as they came. */
    private static Map<String, Schema> schemas(UndertoneConfig config) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put(config.audioChunksTopic(), AudioChunk.getClassSchema());
        schemas.put(config.mfccWindowsTopic(), MfccWindow.getClassSchema());
        schemas.put(config.emotionEventsTopic(), EmotionEvent.getClassSchema());
        schemas.put(config.callSummariesTopic(), CallSummary.getClassSchema());
        schemas.put(config.callConversationsTopic(), CallConversation.getClassSchema());
        schemas.put(config.emotionAlertsTopic(), EmotionAlert.getClassSchema());
        schemas.put(config.emotionFeedbackTopic(), EmotionFeedback.getClassSchema());
        return schemas;
    }

    private static HttpSchemaRegistry registry(UndertoneConfig config) {
        return new HttpSchemaRegistry(RegistrySettings.of(config), System::currentTimeMillis);
    }
}
