package io.undertone.web;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path that is answered.
 *
 * @param method GET (which answers HEAD too) or POST
 * @param template such as {@code /api/calls/{callId}}, where a name in braces stands for one segment, percent-encoded
 * @param open whether no token is asked for
 * @param action what answers
 */
record Route(String method, String template, boolean open, Action action) {
    static Route get(String template, Action action) {
        return new Route("GET", template, false, action);
    }

    static Route post(String template, Action action) {
        return new Route("POST", template, false, action);
    }

    /** The same, for everyone. */
    Route opened() {
        return new Route(method, template, true, action);
    }

    boolean allows(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    /** What stands in this path for each name in braces; empty if the path is another. */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> names = List.of(template.split("/", -1));
        List<String> parts = List.of(rawPath.split("/", -1));
        if (names.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith("{")) {
                // A plus in a path is a plus: phone numbers are call ids too.
                String part = parts.get(i).replace("+", "%2B");
                found.put(name.substring(1, name.length() - 1), URLDecoder.decode(part, StandardCharsets.UTF_8));
            } else if (!name.equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    /** Answers one request. */
    interface Action {
        void answer(Exchange exchange) throws IOException;
    }
}
