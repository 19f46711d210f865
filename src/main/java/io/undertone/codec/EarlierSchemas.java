package io.undertone.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Schemas that records were written with before the present ones. They ship with the program, as the resources {@code
 * schemas/NAME-1.avsc}, {@code -2} and so on, since a record in single-object encoding names its schema by a fingerprint only:
 * a reader without the schema cannot read the record. Thread-safe.
 */
public final class EarlierSchemas {
    private static final Map<String, List<Schema>> BY_NAME = new ConcurrentHashMap<>();

    private EarlierSchemas() {}

    /**
     * Earlier schemas of a record, oldest first; none where its schema never changed.
     *
     * @param name such as {@code EmotionEvent}
     */
    public static List<Schema> of(String name) {
        return BY_NAME.computeIfAbsent(name, EarlierSchemas::load);
    }

    private static List<Schema> load(String name) {
        List<Schema> schemas = new ArrayList<>();
        for (int version = 1; ; version++) {
            String resource = "/schemas/" + name + "-" + version + ".avsc";
            try (InputStream in = EarlierSchemas.class.getResourceAsStream(resource)) {
                if (in == null) {
                    return List.copyOf(schemas);
                }
                schemas.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException("resource must be readable: " + resource, e);
            }
        }
    }
}
