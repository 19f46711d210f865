package io.undertone.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of an AudioHook client, which may have unknown fields. Immutable.
 *
 * @param id the session's
 * @param seq 1 for the client's first, then one more each
 * @param serverSeq the last of the server's that the client had read
 * @param parameters an object
 */
record AudioHookMessage(String id, String type, long seq, long serverSeq, JsonNode parameters) {
    static final String VERSION = "2";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Pattern DURATION = Pattern.compile("PT(\\d{1,9})?(?:\\.(\\d{0,18}))?S");

    /** Empty where the text is no message of this version. */
    static Optional<AudioHookMessage> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode parameters = json.path("parameters");
            if (!json.path("version").asText().equals(VERSION) || !parameters.isObject()) {
                return Optional.empty();
            }
            return Optional.of(new AudioHookMessage(
                    json.path("id").asText(),
                    json.path("type").asText(),
                    json.path("seq").asLong(-1),
                    json.path("serverseq").asLong(-1),
                    parameters));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A text parameter; empty if absent. */
    String text(String name) {
        return parameters.path(name).asText();
    }

    /** A duration parameter in ns; 0 if absent. */
    long nanos(String name) {
        return Math.max(0, nanosOf(text(name)));
    }

    /** An ISO 8601 duration in seconds, {@code PT1.5S}, {@code PT.5S} or {@code PT1.S}, in ns; -1 if it is not one. */
    static long nanosOf(String duration) {
        Matcher parts = DURATION.matcher(duration);
        if (!parts.matches()) {
            return -1;
        }
        String seconds = parts.group(1) == null ? "" : parts.group(1);
        String fraction = parts.group(2) == null ? "" : parts.group(2);
        if (seconds.isEmpty() && fraction.isEmpty()) {
            return -1;
        }
        String nanos = (fraction + "000000000").substring(0, 9);
        return (seconds.isEmpty() ? 0 : Long.parseLong(seconds)) * NANOS_PER_SECOND + Long.parseLong(nanos);
    }
}
