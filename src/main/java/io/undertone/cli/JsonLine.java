package io.undertone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints small JSON objects, one per line. */
final class JsonLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLine() {}

    /** Prints an object with the fields {@code name, value, name, value, ...}, in this order. */
    static void print(PrintWriter out, Object... fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        try {
            out.print(JSON.writeValueAsString(object) + "\n");
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("fields must be plain values: " + object, e);
        }
    }
}
