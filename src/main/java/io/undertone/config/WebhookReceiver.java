package io.undertone.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A receiver of webhooks.
 *
 * @param name used in metrics, logs and the name of its consumer group
 * @param kinds of records that it gets
 * @param url that records are posted to
 * @param secrets {@code whsec_} and base64, the newest first; each signs every post
 */
public record WebhookReceiver(String name, Set<WebhookKind> kinds, URI url, List<String> secrets) {
    /** The prefix of secrets in Standard Webhooks. */
    public static final String SECRET_PREFIX = "whsec_";

    static final String RULE =
            "empty or 'name: alerts, summaries, conversations to https://...', several separated by semicolons";
    static final String SECRETS_RULE = "'name: whsec_...', several of a name separated by commas, names by semicolons";

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
    private static final int MIN_SECRET_BYTES = 24;
    private static final int MAX_SECRET_BYTES = 64;

    public WebhookReceiver {
        kinds = Set.copyOf(kinds);
        secrets = List.copyOf(secrets);
    }

    /** The key of a secret. */
    public static byte[] secretBytes(String secret) {
        return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    }

    /**
     * Parses {@code webhooks.receivers}; the result has no secrets.
     *
     * @throws IllegalArgumentException where one cannot be read
     */
    static List<WebhookReceiver> parse(String text) {
        List<WebhookReceiver> receivers = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String part : parts(text, ";")) {
            int colon = part.indexOf(':');
            String name = part.substring(0, Math.max(0, colon)).strip();
            require(
                    NAME.matcher(name).matches(),
                    "a receiver's name must be 1 to 32 of a-z, 0-9 and '-': '" + name + "'");
            require(names.add(name), "a receiver's name must appear only once: " + name);
            String rest = part.substring(colon + 1).strip();
            int to = rest.lastIndexOf(" to ");
            receivers.add(new WebhookReceiver(
                    name,
                    to < 0 ? EnumSet.allOf(WebhookKind.class) : kinds(name, rest.substring(0, to)),
                    url(
                            name,
                            to < 0 ? rest : rest.substring(to + " to ".length()).strip()),
                    List.of()));
        }
        return receivers;
    }

    private static Set<WebhookKind> kinds(String name, String text) {
        Map<String, WebhookKind> known =
                Arrays.stream(WebhookKind.values()).collect(Collectors.toMap(WebhookKind::configName, kind -> kind));
        Set<WebhookKind> kinds = EnumSet.noneOf(WebhookKind.class);
        for (String word : parts(text, ",")) {
            WebhookKind kind = known.get(word);
            require(
                    kind != null,
                    "what the receiver " + name + " gets must be any of "
                            + Arrays.stream(WebhookKind.values())
                                    .map(WebhookKind::configName)
                                    .collect(Collectors.joining(", "))
                            + ": '" + word + "'");
            if (kind != null) {
                kinds.add(kind);
            }
        }
        require(!kinds.isEmpty(), "the receiver " + name + " must get something: name it before ' to '");
        return kinds;
    }

    private static URI url(String name, String text) {
        // The URL itself is left out of messages: its path or query may be a secret.
        try {
            URI url = new URI(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            require(
                    http && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null,
                    "the receiver " + name + " must have a URL of http(s) with a host, without user and fragment");
            return url;
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the receiver " + name + " must have a URL of http(s): " + e.getReason());
        }
    }

    /**
     * Parses {@code webhooks.secrets}: secrets by receiver.
     *
     * @throws IllegalArgumentException where one cannot be read; the message contains no secret
     */
    static Map<String, List<String>> parseSecrets(String text) {
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        for (String part : parts(text, ";")) {
            int colon = part.indexOf(':');
            require(colon > 0, "a secret must follow its receiver's name and a colon");
            String name = part.substring(0, colon).strip();
            List<String> ofName = parts(part.substring(colon + 1), ",");
            require(!ofName.isEmpty(), "the receiver " + name + " must have a secret behind its colon");
            ofName.forEach(secret -> requireSecret(name, secret));
            require(secrets.put(name, ofName) == null, "a receiver's secrets must be given in one place: " + name);
        }
        return secrets;
    }

    private static void requireSecret(String name, String secret) {
        boolean holds = false;
        if (secret.startsWith(SECRET_PREFIX)) {
            try {
                int bytes = secretBytes(secret).length;
                holds = bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES;
            } catch (IllegalArgumentException e) {
                // Not base64: reported below, without the secret.
            }
        }
        require(
                holds,
                "a secret of the receiver " + name + " must be whsec_ and " + MIN_SECRET_BYTES + " to "
                        + MAX_SECRET_BYTES + " bytes in base64, such as 'echo whsec_$(openssl rand -base64 32)' makes");
    }

    WebhookReceiver with(List<String> ofName) {
        return new WebhookReceiver(name, kinds, url, ofName);
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Without its secrets, and without the URL, which may be one. */
    @Override
    public String toString() {
        return "WebhookReceiver[name=" + name + ", kinds=" + kinds + "]";
    }
}
