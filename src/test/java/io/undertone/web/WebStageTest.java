package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebStageTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final long START = System.currentTimeMillis() - 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private OpenPage page = OpenPage.open();

    @AfterEach
    void close() {
        page.close();
    }

    private void reopen(Map<String, String> settings) {
        page.close();
        page = OpenPage.open(settings);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(page.at(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(answer.body());
    }

    @Test
    void shouldGiveCallsEventsAndSummariesUnderTheSchemasNames() throws Exception {
        for (int i = 0; i < 3; i++) {
            page.calls.add(Speech.event("call-1", START, i, "angry"));
        }
        page.calls.add(Speech.event("call-2", START, 0, "calm"));
        page.calls.add(Speech.summary("call-2", START, 4_000));

        assertThat(json("/api/calls/call-1").get("legs").get(0).has("attributes"))
                .isFalse();
        page.calls.add(Speech.known(
                Speech.event("call-1", START, 3, "angry"), Map.of("queue", "billing", "agent", "<b>a-17</b>")));
        assertThat(json("/api/calls?search=BILL").get("calls").get(0).get("attributes"))
                .hasToString("{\"agent\":\"<b>a-17</b>\",\"queue\":\"billing\"}");

        JsonNode live = json("/api/calls?live=true").get("calls");
        assertThat(live).hasSize(1);
        assertThat(live.get(0).get("callId").asText()).isEqualTo("call-1");
        assertThat(live.get(0).get("label").asText()).isEqualTo("angry");
        assertThat(json("/api/calls?label=angry&seconds=5").get("calls")).hasSize(1);
        assertThat(json("/api/calls?label=angry&seconds=6").get("calls")).isEmpty();
        assertThat(json("/api/calls/call-1").get("legs").get(0).get("windows")).hasSize(4);

        JsonNode events =
                json("/api/calls/call-1/events?role=customer&from=1&limit=1").get("events");
        assertThat(events).hasSize(1);
        assertThat(names(events.get(0))).isEqualTo(names(EmotionEvent.getClassSchema()));
        assertThat(events.get(0).get("votes")).hasSize(6);
        assertThat(events.get(0).get("index").asInt()).isEqualTo(1);

        assertThat(json("/api/calls/call-1/summary").get("summaries")).isEmpty();
        JsonNode summary = json("/api/calls/call-2/summary").get("summaries").get(0);
        assertThat(names(summary)).isEqualTo(names(CallSummary.getClassSchema()));
    }

    @Test
    void shouldFindCallsWhateverTheirIdsAreMadeOf() throws Exception {
        for (String id : List.of("a/b", "50%", "+49 30 1234", "ü?&#", "..", "a;b=c", "sip:x@10.0.0.1")) {
            page.calls.add(Speech.event(id, START, 0, "calm"));
            String encoded =
                    java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            assertThat(json("/api/calls/" + encoded.replace(".", "%2E"))
                            .get("callId")
                            .asText())
                    .isEqualTo(id);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() throws Exception {
        page.calls.add(Speech.event("call-1", START, 0, "calm"));
        assertError(get("/api/calls/unknown"), 404, "no such call");
        assertError(get("/api/calls/unknown/events"), 404, "no such call");
        assertError(get("/api/calls?seconds=soon"), 400, "seconds must be a number from 0 to 86400: seconds=soon");
        assertError(get("/api/calls?live=maybe"), 400, "live must be true or false");
        assertError(get("/api/calls/call-1/events?role=BOSS"), 400, "role must be one of");
        assertError(get("/api/nothing"), 404, "/openapi.json");
        HttpResponse<String> posted = http.send(
                HttpRequest.newBuilder(page.at("/api/calls"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertError(posted, 405, "POST");
        assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(400);
    }

    private static void assertError(HttpResponse<String> answer, int status, String message) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.get("status").asInt()).isEqualTo(status);
        assertThat(body.get("message").asText()).contains(message);
    }

    @Test
    void shouldLetABrowserUseNothingButThisServer() throws Exception {
        for (String path : List.of("/", "/app.js", "/api/calls", "/metrics", "/nowhere")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .contains(WebServer.CONTENT_SECURITY_POLICY);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
        assertThat(WebServer.CONTENT_SECURITY_POLICY)
                .contains("default-src 'none'")
                .doesNotContain("unsafe", "http", "*", "data:");
        assertThat(get("/api/calls").headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldNotSendAFileThatTheBrowserHas() throws Exception {
        HttpResponse<String> first = get("/app.css");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = get("/app.css", "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void shouldRefuseOtherHostNamesWhereNoTokenProtectsThePage() throws Exception {
        assertThat(rawStatus("evil.example")).isEqualTo(403);
        assertThat(rawStatus("localhost")).isEqualTo(200);
        assertThat(rawStatus("127.0.0.1:" + page.port())).isEqualTo(200);
        reopen(Map.of("web.token", TOKEN));
        assertThat(rawStatus("calls.example.com")).as("the token protects it").isEqualTo(401);
    }

    private int rawStatus(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", page.port())) {
            socket.setSoTimeout(20_000);
            String request = "GET /api/calls HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(begin, StandardCharsets.US_ASCII).substring(9));
        }
    }

    @Test
    void shouldAskForTheTokenEverywhereButForHealth() throws Exception {
        reopen(Map.of("web.token", TOKEN));
        page.calls.add(Speech.event("call-1", START, 0, "calm"));
        for (Route route : WebStage.routes(page.registry, HealthProbes.none(), null, new TokenGuard(TOKEN))) {
            assertThat(route.open())
                    .as(route.template())
                    .isEqualTo(route.template().startsWith("/health/"));
        }
        for (String path : List.of("/api/calls", "/api/calls/call-1", "/api/stream", "/metrics")) {
            HttpResponse<String> answer = get(path);
            assertError(answer, 401, "token");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(get(path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
            assertThat(get(path, "Cookie", "undertone=" + TOKEN).statusCode())
                    .as("the cookie is not the token")
                    .isEqualTo(401);
        }
        assertThat(get("/api/calls", "Authorization", "Bearer " + TOKEN).body()).contains("call-1");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> front = get("/");
        assertThat(front.statusCode()).isEqualTo(401);
        assertThat(front.body()).contains("name=\"token\"").doesNotContain("call-1");
    }

    @Test
    void shouldGiveABrowserACookieForTheToken() throws Exception {
        reopen(Map.of("web.token", TOKEN));
        HttpResponse<String> wrong = login("wrong");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(wrong.headers().firstValue("Location").orElseThrow()).endsWith("/?wrong");
        HttpResponse<String> right = login(TOKEN);
        assertThat(right.statusCode()).isEqualTo(303);
        String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        String value = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get("/api/calls", "Cookie", value).statusCode()).isEqualTo(200);
        assertThat(get("/", "Cookie", value).body()).contains("role=\"listbox\"");
        String old = value;
        reopen(Map.of("web.token", "another-token-of-some-length"));
        assertThat(get("/api/calls", "Cookie", old).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> login(String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(page.at("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void shouldStreamEverythingFirstAndThenWhatChangesAndGoOnAfterABreak() throws Exception {
        page.calls.add(Speech.event("call-1", START, 0, "calm"));
        String lastId;
        try (EventStream stream = new EventStream(page.at("/api/stream"), "")) {
            EventStream.Message first = stream.next();
            assertThat(first.type()).isEqualTo("state");
            assertThat(first.data().get("legs")).hasSize(1);
            page.calls.add(Speech.event("call-1", START, 1, "angry"));
            EventStream.Message second = stream.next();
            assertThat(second.type()).isEqualTo("change");
            assertThat(second.data().get("legs").get(0).get("windows")).hasSize(1);
            assertThat(second.data().get("legs").get(0).get("label").asText()).isEqualTo("angry");
            lastId = second.id();
        }
        page.calls.add(Speech.event("call-1", START, 2, "sad"));
        try (EventStream again = new EventStream(page.at("/api/stream"), lastId)) {
            EventStream.Message missed = again.next();
            assertThat(missed.type()).isEqualTo("change");
            assertThat(missed.data().get("legs").get(0).get("windows")).hasSize(1);
        }
        try (EventStream other = new EventStream(page.at("/api/stream"), "otherone-2")) {
            assertThat(other.next().type()).isEqualTo("state");
        }
    }

    @Test
    void shouldSayHowTheProcessIs() throws Exception {
        assertThat(JSON.readTree(get("/health/live").body()).get("status").asText())
                .isEqualTo("UP");
        // No broker in this test: the page is not ready, and says why.
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(ready.body()).get("checks").get("feed").asText())
                .isNotEmpty();
        page.health.set(Health.down("inference", "not running: ERROR"));
        HttpResponse<String> live = get("/health/live");
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("\"inference\":\"not running: ERROR\"");
    }

    @Test
    void shouldShowMetricsToPrometheus() throws Exception {
        page.calls.add(Speech.event("call-1", START, 0, "calm"));
        HttpResponse<String> text = get("/metrics");
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body())
                .contains("undertone_web_legs 1.0", "# TYPE undertone_web_records_skipped_total counter");
        HttpResponse<String> open = get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void shouldDescribeExactlyTheRoutesThereAre() throws Exception {
        JsonNode api = json("/openapi.json");
        Set<String> described = new HashSet<>();
        api.get("paths").fieldNames().forEachRemaining(described::add);
        Set<String> answered = new HashSet<>();
        for (Route route : page.routes()) {
            if (route.template().startsWith("/api/")
                    || route.template().startsWith("/health/")
                    || route.template().equals("/metrics")) {
                answered.add(route.template());
                assertThat(api.at("/paths/" + route.template().replace("/", "~1") + "/get")
                                .isObject())
                        .isTrue();
            }
        }
        assertThat(described).isEqualTo(answered);
        JsonNode schemas = api.at("/components/schemas");
        assertThat(names(schemas.get("EmotionEvent").get("properties")))
                .isEqualTo(names(EmotionEvent.getClassSchema()));
        assertThat(names(schemas.get("CallSummary").get("properties"))).isEqualTo(names(CallSummary.getClassSchema()));
        page.calls.add(Speech.known(Speech.event("call-1", START, 0, "calm"), Map.of("queue", "billing")));
        page.calls.add(Speech.summary("call-1", START, 40_000));
        page.calls.add(Speech.alert("call-1", START, 0));
        page.calls.add(Speech.conversation("call-1", START));
        assertThat(names(schemas.get("EmotionAlert").get("properties")))
                .isEqualTo(names(EmotionAlert.getClassSchema()));
        assertThat(names(schemas.get("EmotionFeedback").get("properties")))
                .isEqualTo(names(EmotionFeedback.getClassSchema()));
        assertThat(names(schemas.get("CallConversation").get("properties")))
                .isEqualTo(names(CallConversation.getClassSchema()));
        assertThat(names(json("/api/calls/call-1")
                        .get("legs")
                        .get(0)
                        .get("alerts")
                        .get(0)))
                .isEqualTo(names(schemas.get("AlertInShort").get("properties")));
        assertThat(names(json("/api/calls/call-1/alerts").get("alerts").get(0)))
                .isEqualTo(names(EmotionAlert.getClassSchema()));
        assertThat(names(json("/api/calls/call-1").get("legs").get(0)))
                .isEqualTo(names(schemas.get("Leg").get("properties")));
        api.findValuesAsText("$ref")
                .forEach(ref -> assertThat(api.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void shouldSayThatItsAddressIsTaken() {
        assertThatThrownBy(() -> OpenPage.open(Map.of("web.port", Integer.toString(page.port())))
                        .close())
                .isInstanceOf(WebStartException.class)
                .hasMessageContaining("127.0.0.1:" + page.port())
                .hasMessageContaining("web.port");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> names(Schema schema) {
        Set<String> names = new HashSet<>();
        schema.getFields().forEach(field -> names.add(field.name()));
        return names;
    }

    /** Reads server-sent events as a browser does. */
    private static final class EventStream implements AutoCloseable {
        private final InputStream bytes;
        private final BufferedReader lines;

        EventStream(URI address, String lastId) throws IOException {
            java.net.URLConnection connection = address.toURL().openConnection();
            connection.setReadTimeout(20_000);
            if (!lastId.isEmpty()) {
                connection.setRequestProperty("Last-Event-ID", lastId);
            }
            bytes = connection.getInputStream();
            assertThat(connection.getContentType()).isEqualTo("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        }

        Message next() throws IOException {
            String type = "", id = "", data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Message(type, id, JSON.readTree(data));
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
            throw new AssertionError("the stream ended");
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }

        record Message(String type, String id, JsonNode data) {}
    }
}
