package io.undertone.codec;

import java.util.Optional;
import org.apache.avro.Schema;

/** Where the schemas of records in the Confluent wire format are kept, by number. Thread-safe. */
public interface SchemaRegistry {
    /**
     * The number under which a topic's records are written, registered where it was not yet.
     *
     * @param subject such as {@code emotion-events-value}
     * @throws RuntimeException where the registry does not answer or refuses the schema
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with a number; empty where the registry knows none.
     *
     * @throws RuntimeException where the registry does not answer: the record is not to blame
     */
    Optional<Schema> schema(int id);
}
