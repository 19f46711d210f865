package io.undertone.web;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the HTTP interface.
 *
 * @param method GET (which includes HEAD) or POST
 * @param template such as {@code /api/calls/{callId}}, where a name in braces matches one segment, percent-encoded
 * @param open whether it needs no token
 * @param action handles requests
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

    /** The values of the names in braces in this path; empty if the path doesn't match. */
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
