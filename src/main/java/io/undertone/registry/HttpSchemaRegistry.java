package io.undertone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.codec.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Parser;
import org.apache.avro.SchemaParseException;

/**
 * A registry behind Confluent's HTTP interface, asked once for each schema. That a number is unknown is believed for a minute,
 * so that records with made-up numbers don't become as many requests. Thread-safe.
 */
final class HttpSchemaRegistry implements SchemaRegistry {
    private static final String BACKWARD = "BACKWARD";
    private static final String NONE = "NONE";
    /** Rules under which a new reader reads what older writers wrote. */
    private static final Set<String> ENOUGH = Set.of(BACKWARD, "BACKWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

    private static final long UNKNOWN_FOR_MS = 60_000;
    private static final int UNKNOWN_MAX = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryClient client;
    private final boolean registers;
    private final LongSupplier clockMs;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownUntilMs = new ConcurrentHashMap<>();

    /**
     * @param clockMs the time, epoch ms
     */
    HttpSchemaRegistry(RegistrySettings settings, LongSupplier clockMs) {
        this.client = new RegistryClient(settings);
        this.registers = settings.registers();
        this.clockMs = clockMs;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String text = published(schema);
        String key = subject + '\n' + text;
        Integer known = ids.get(key);
        if (known == null) {
            known = lookUpOrRegister(subject, text);
            ids.put(key, known);
        }
        return known;
    }

    @Override
    public Optional<Schema> schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        long now = clockMs.getAsLong();
        Long until = unknownUntilMs.get(id);
        if (until != null && now < until) {
            return Optional.empty();
        }
        Optional<Schema> found = client.schema(id).flatMap(HttpSchemaRegistry::parsed);
        if (found.isPresent()) {
            schemas.put(id, found.get());
        } else {
            if (unknownUntilMs.size() >= UNKNOWN_MAX) {
                unknownUntilMs.clear();
            }
            unknownUntilMs.put(id, now + UNKNOWN_FOR_MS);
        }
        return found;
    }

    /** Whether the subject holds this schema, or may get it; nothing is changed. */
    SubjectState check(String subject, Schema schema) {
        String text = published(schema);
        OptionalInt id = client.lookUp(subject, text);
        if (id.isPresent()) {
            return new SubjectState(subject, "exists", id.getAsInt());
        }
        requireCompatible(subject, text);
        return new SubjectState(subject, "missing", -1);
    }

    /** Registers the schema where it is missing and sees to the subject's rule. */
    SubjectState ensure(String subject, Schema schema) {
        String text = published(schema);
        OptionalInt before = client.lookUp(subject, text);
        if (before.isPresent()) {
            requireRule(subject);
            return new SubjectState(subject, "exists", before.getAsInt());
        }
        return new SubjectState(subject, "created", register(subject, text));
    }

    private int lookUpOrRegister(String subject, String text) {
        OptionalInt id = client.lookUp(subject, text);
        return id.isPresent() ? id.getAsInt() : register(subject, text);
    }

    private int register(String subject, String text) {
        if (!registers) {
            throw new RegistryException(
                    "the subject " + subject + " at " + client.url()
                            + " must hold this version's schema, since schema.registry.register=false; register it from schemas/");
        }
        if (client.compatibility(subject).isPresent()) {
            // A registry checks nothing under a rule that asks for nothing.
            requireRule(subject);
        }
        requireCompatible(subject, text);
        int id = client.register(subject, text);
        requireRule(subject);
        return id;
    }

    private void requireCompatible(String subject, String text) {
        List<String> conflicts = client.conflicts(subject, text);
        if (!conflicts.isEmpty()) {
            throw new RegistryException("the schema of " + subject + " must be able to read what the registry at "
                    + client.url() + " holds: " + conflicts.get(0) + "; " + RegistryClient.remedy(subject));
        }
    }

    /** A rule that asks for more than BACKWARD is left as it is, also where it is the registry's and not the subject's own. */
    private void requireRule(String subject) {
        Optional<String> own = client.compatibility(subject);
        String level = own.or(client::generalCompatibility).orElse(NONE);
        // Set for the subject too, so that nobody takes it away by changing the registry's.
        boolean isToBeSet = registers && own.isEmpty() && level.equals(BACKWARD);
        if (ENOUGH.contains(level) && !isToBeSet) {
            return;
        }
        boolean forbids = own.isPresent() && !level.equals(NONE);
        if (forbids || !registers) {
            throw new RegistryException(
                    "compatibility of the subject " + subject + " at " + client.url() + " must be one of "
                            + ENOUGH.stream().sorted().toList() + ": " + level + "; set it there to " + BACKWARD);
        }
        client.setCompatibility(subject, BACKWARD);
    }

    private static Optional<Schema> parsed(String text) {
        try {
            return Optional.of(new Parser().parse(text));
        } catch (SchemaParseException e) {
            return Optional.empty();
        }
    }

    /** The schema as its file in {@code schemas/} has it: without what it tells Java alone. */
    static String published(Schema schema) {
        try {
            return JSON.writeValueAsString(withoutJava(JSON.readTree(schema.toString())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro writes schemas as JSON", e);
        }
    }

    private static JsonNode withoutJava(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
            if (object.size() == 1 && object.path("type").isTextual()) {
                return object.get("type");
            }
            object.fieldNames().forEachRemaining(name -> object.set(name, withoutJava(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutJava(array.get(i)));
            }
        }
        return node;
    }
}
