package io.undertone.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The request with which a peer connected. Immutable.
 *
 * @param target path and query as sent: {@code /twilio/abc?x=1}
 * @param authority host and port that the request names
 * @param rest path segments after the platform's own: {@code abc}; empty: none
 * @param headers by name in lower case, several of one name joined by a comma and a blank
 */
record Handshake(String target, String authority, String rest, Map<String, String> headers) {
    Handshake {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) ->
                lower.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + ", " + second));
        headers = lower;
    }

    /** For a connection without a request, such as a plain byte stream. */
    static Handshake empty() {
        return new Handshake("/", "", "", Map.of());
    }

    /** A header's value; empty if absent. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Parameters of the query, by plain name (see {@link JsonKeys#plain}); the first of each. */
    Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        int mark = target.indexOf('?');
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.putIfAbsent(
                            JsonKeys.plain(decoded(pair.substring(0, equals))), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The subprotocols that the peer offers, in its order. */
    List<String> subprotocols() {
        return List.of(header("sec-websocket-protocol").split(",")).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
