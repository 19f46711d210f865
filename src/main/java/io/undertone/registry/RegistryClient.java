package io.undertone.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's HTTP interface to a schema registry, as far as Undertone needs it. Each request is tried three times where the
 * registry does not answer or is at fault itself, within the time-out in all: a stream thread that waits longer loses its transaction. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema Registry API Reference</a>
 */
final class RegistryClient {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MS = 200;
    /** Confluent's code for what a mode forbids. */
    private static final String NOT_PERMITTED = "42205";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).followRedirects(HttpClient.Redirect.NORMAL);
        if (settings.trust() != null) {
            builder.sslContext(settings.trust());
        }
        http = builder.build();
    }

    URI url() {
        return settings.url();
    }

    /** The schema with this number, as JSON; empty where there is none. */
    Optional<String> schema(int id) {
        Answer answer = ask("GET", "/schemas/ids/" + Integer.toUnsignedString(id), null);
        if (answer.status == 404) {
            return Optional.empty();
        }
        JsonNode json = answer.required();
        String kind = json.path("schemaType").asText("AVRO");
        // What is no Avro schema wrote none of Undertone's records.
        return kind.equals("AVRO") ? Optional.of(json.path("schema").asText()) : Optional.empty();
    }

    /** The number of this very schema under a subject; empty where it is not registered there. */
    OptionalInt lookUp(String subject, String schema) {
        Answer answer = ask("POST", "/subjects/" + encoded(subject), body(schema));
        return answer.status == 404 ? OptionalInt.empty() : OptionalInt.of(answer.id());
    }

    /** Registers a schema and gives its number. */
    int register(String subject, String schema) {
        Answer answer = ask("POST", "/subjects/" + encoded(subject) + "/versions", body(schema));
        if (answer.status == 409) {
            throw new RegistryException(
                    "the schema of " + subject + " must be compatible with those that the registry at " + url()
                            + " holds: " + answer.message() + "; " + remedy(subject));
        }
        return answer.id();
    }

    /** What keeps this schema from following the subject's newest; empty where nothing does, or it would be the first. */
    List<String> conflicts(String subject, String schema) {
        Answer answer = ask(
                "POST", "/compatibility/subjects/" + encoded(subject) + "/versions/latest?verbose=true", body(schema));
        if (answer.status == 404) {
            return List.of();
        }
        JsonNode json = answer.required();
        if (json.path("is_compatible").asBoolean(false)) {
            return List.of();
        }
        List<String> conflicts = new ArrayList<>();
        json.path("messages").forEach(message -> conflicts.add(message.asText()));
        if (json.hasNonNull("reason")) {
            // Apicurio's word for it.
            conflicts.add(json.get("reason").asText());
        }
        return conflicts.isEmpty() ? List.of("the registry says no more than that it is not") : conflicts;
    }

    /** The subject's own rule, such as BACKWARD; empty if it has none. */
    Optional<String> compatibility(String subject) {
        return rule(ask("GET", "/config/" + encoded(subject), null));
    }

    /** The rule of all subjects that have none of their own; empty where that may not be seen. */
    Optional<String> generalCompatibility() {
        Answer answer = ask("GET", "/config", null);
        return answer.isRefused() ? Optional.empty() : rule(answer);
    }

    private static Optional<String> rule(Answer answer) {
        if (answer.status == 404) {
            return Optional.empty();
        }
        JsonNode json = answer.required();
        // Some registries answer with the key that they are asked with.
        String level = json.path("compatibilityLevel")
                .asText(json.path("compatibility").asText(""));
        return level.isEmpty() ? Optional.empty() : Optional.of(level.toUpperCase(Locale.ROOT));
    }

    void setCompatibility(String subject, String level) {
        ask(
                        "PUT",
                        "/config/" + encoded(subject),
                        JSON.createObjectNode().put("compatibility", level).toString())
                .required();
    }

    static String remedy(String subject) {
        return "use another topic, or remove the subject " + subject + " if its records are no longer needed";
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String body(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    private Answer ask(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = request(method, path, body);
        long pauseMs = FIRST_PAUSE_MS;
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        for (int tries = 1; ; tries++) {
            try {
                request.timeout(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() < 500 || isLast(tries, pauseMs, deadline)) {
                    return new Answer(method, path, response.statusCode(), response.body());
                }
            } catch (SSLHandshakeException e) {
                // Asked again, it would show the same certificate.
                throw new RegistryException(
                        "the certificate of the schema registry at " + url() + " must be trusted: " + reason(e)
                                + "; set schema.registry.ssl.truststore.location to a PEM file of it or of its issuer",
                        e);
            } catch (IOException e) {
                if (isLast(tries, pauseMs, deadline)) {
                    throw new RegistryException(
                            "the schema registry at " + url() + " must answer: " + reason(e)
                                    + "; check schema.registry.url, and that it runs",
                            e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryException("interrupted while asking the schema registry at " + url(), e);
            }
            pause(pauseMs);
            pauseMs *= 4;
        }
    }

    private HttpRequest.Builder request(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Accept", TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", TYPE);
        }
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        return request;
    }

    private static boolean isLast(int tries, long pauseMs, long deadline) {
        return tries == TRIES || deadline - System.nanoTime() <= pauseMs * 1_000_000;
    }

    private void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("interrupted while asking the schema registry at " + url(), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The response. */
    private final class Answer {
        private final String method;
        private final String path;
        private final int status;
        private final String body;

        private Answer(String method, String path, int status, String body) {
            this.method = method;
            this.path = path;
            this.status = status;
            this.body = body;
        }

        private boolean isRefused() {
            return status == 401 || status == 403;
        }

        /** Whether it takes no changes, or the subject does not. */
        private boolean isReadOnly() {
            return status == 422
                    && (json("error_code").equals(NOT_PERMITTED)
                            || message().toLowerCase(Locale.ROOT).contains("read-only"));
        }

        /** The number of a schema. */
        private int id() {
            JsonNode id = required().path("id");
            if (!id.canConvertToInt() || !id.isIntegralNumber()) {
                throw new RegistryException("the schema registry at " + url() + " must answer " + method + " " + path
                        + " with the schema's id: there is none"
                        + "; check that schema.registry.url is where Confluent's interface begins");
            }
            return id.intValue();
        }

        /** Its JSON, if the registry did what it was asked. */
        private JsonNode required() {
            if (isRefused()) {
                throw new RegistryException("the schema registry at " + url() + " must admit Undertone: status="
                        + status + "; set schema.registry.basic.auth.user.info to a user with rights on the subjects");
            }
            if (isReadOnly()) {
                throw new RegistryException("the schema registry at " + url() + " must not be in read-only mode for "
                        + method + " " + path + ": status=422, " + message()
                        + "; have them registered by a user who may, and set schema.registry.register=false");
            }
            if (status / 100 != 2) {
                throw new RegistryException("the schema registry at " + url() + " must answer " + method + " " + path
                        + " with 200: status=" + status + ", " + message()
                        + "; check that schema.registry.url is where Confluent's interface begins");
            }
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new RegistryException(
                        "the schema registry at " + url() + " must answer " + method + " " + path
                                + " with JSON; check that schema.registry.url is where Confluent's interface begins",
                        e);
            }
        }

        /** What the registry says of its refusal. */
        private String message() {
            String message = json("message");
            return message.isEmpty() ? "no message" : message;
        }

        private String json(String key) {
            try {
                return JSON.readTree(body).path(key).asText();
            } catch (JsonProcessingException e) {
                return "";
            }
        }
    }
}
