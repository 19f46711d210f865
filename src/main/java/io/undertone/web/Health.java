package io.undertone.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a process, or a part of it, is well, with its reasons. Immutable.
 *
 * @param up the answer: HTTP status 200, else 503
 * @param checks by part, such as {@code features}, its state in a few words, such as {@code running}; no call ids
 */
public record Health(boolean up, Map<String, String> checks) {
    /** Copies the map, keeping its order. */
    public Health {
        checks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /** Well. */
    public static Health up(String part, String state) {
        return new Health(true, Map.of(part, state));
    }

    /** Not well. */
    public static Health down(String part, String state) {
        return new Health(false, Map.of(part, state));
    }

    /** Both together: well if both are. */
    public Health and(Health other) {
        Map<String, String> both = new LinkedHashMap<>(checks);
        both.putAll(other.checks);
        return new Health(up && other.up, both);
    }
}
