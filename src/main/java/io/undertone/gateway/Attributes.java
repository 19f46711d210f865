package io.undertone.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields of a control message, by plain name (see {@link JsonKeys#plain}): the platform's own fields, and those that the integrator added,
 * in an object such as {@code metadata}, in a list of keys and values, or in the query string. The integrator's fields take precedence over
 * the platform's own. Values are text; other objects are ignored.
 */
final class Attributes {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FIELDS_MAX = 256;
    private static final Set<String> GIVEN =
            Set.of("metadata", "callheaders", "channelvariables", "customparameters", "headers");

    private final Map<String, String> own = new HashMap<>();
    private final Map<String, String> given = new HashMap<>();

    private Attributes() {}

    /** Only the parameters of the query string. */
    static Attributes of(Handshake handshake) {
        return new Attributes().orGivenBy(handshake);
    }

    /** Empty where the text is no JSON object. */
    static Optional<Attributes> parse(String text) {
        Attributes attributes = new Attributes();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = JsonKeys.plain(json.currentName());
                attributes.field(name, json, json.nextToken());
            }
            return Optional.of(attributes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Pairs of a name and a value, separated by blanks, semicolons or commas: {@code callId=abc;role=AGENT}.
     *
     * @param parting the separator between a name and its value
     */
    static Attributes words(String text, char parting) {
        Attributes attributes = new Attributes();
        for (String word : text.split("[\\s;,]+")) {
            int at = word.indexOf(parting);
            if (at > 0) {
                put(attributes.own, JsonKeys.plain(word.substring(0, at)), word.substring(at + 1));
            }
        }
        return attributes;
    }

    private void field(String name, JsonParser json, JsonToken value) throws IOException {
        if (value.isScalarValue()) {
            if (value != JsonToken.VALUE_NULL) {
                put(own, name, json.getText());
            }
        } else if (GIVEN.contains(name) && value == JsonToken.START_OBJECT) {
            object(json);
        } else if (GIVEN.contains(name)) {
            list(json);
        } else {
            json.skipChildren();
        }
    }

    private void object(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = JsonKeys.plain(json.currentName());
            JsonToken value = json.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                put(given, name, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Of {@code {"key": NAME, "value": VALUE}}. */
    private void list(JsonParser json) throws IOException {
        for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY && item != null; item = json.nextToken()) {
            if (item != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            String key = "";
            String value = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String part = JsonKeys.plain(json.currentName());
                if (json.nextToken().isScalarValue()) {
                    key = part.equals("key") || part.equals("name") ? json.getText() : key;
                    value = part.equals("value") ? json.getText() : value;
                } else {
                    json.skipChildren();
                }
            }
            put(given, JsonKeys.plain(key), value);
        }
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (fields.size() < FIELDS_MAX) {
            fields.putIfAbsent(name, value);
        }
    }

    /** Adds the parameters of the query string, where no message sets them. */
    Attributes orGivenBy(Handshake handshake) {
        handshake.query().forEach((name, value) -> put(given, name, value));
        return this;
    }

    /** The value of the first of these names that has one; empty if none does. */
    String first(String... names) {
        for (String name : names) {
            String value = given.getOrDefault(name, own.getOrDefault(name, ""));
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** All fields, by plain name; the integrator's take precedence over the platform's own. */
    Map<String, String> all() {
        Map<String, String> all = new HashMap<>(own);
        all.putAll(given);
        return all;
    }

    /** A whole number, 0 or more; -1 if none of these names has one. */
    int number(String... names) {
        return (int) Math.min(Integer.MAX_VALUE, JsonKeys.number(first(names)));
    }
}
