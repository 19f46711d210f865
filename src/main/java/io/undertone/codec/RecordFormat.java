package io.undertone.codec;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How records are encoded on the topics: in Avro's single-object encoding, or in the Confluent wire format, whose schemas a registry
 * keeps. Thread-safe; the codecs that it makes are not.
 */
public final class RecordFormat {
    private final @Nullable SchemaRegistry registry;

    private RecordFormat(@Nullable SchemaRegistry registry) {
        this.registry = registry;
    }

    /** Avro's single-object encoding: needs no registry. */
    public static RecordFormat singleObject() {
        return new RecordFormat(null);
    }

    /** The Confluent wire format. What is in single-object encoding is read as well. */
    public static RecordFormat confluent(SchemaRegistry registry) {
        return new RecordFormat(registry);
    }

    /** A codec for records of this class on this topic. */
    public <T extends SpecificRecord> AvroCodec<T> codec(Class<T> type, String topic) {
        return new AvroCodec<>(type, registry, subject(topic));
    }

    /** The name under which a topic's schemas are kept: Confluent's TopicNameStrategy. */
    public static String subject(String topic) {
        return topic + "-value";
    }
}
