package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.topology.TestModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifyApiTest {
    private static final Path CALL = Path.of("demo/call.wav");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private OpenPage page = OpenPage.open(Map.of(), new TestModel());

    @AfterEach
    void close() {
        page.close();
    }

    private void reopen(Map<String, String> settings) {
        page.close();
        page = OpenPage.open(settings, new TestModel());
    }

    private HttpRequest.Builder post(String query, byte[] body) {
        return HttpRequest.newBuilder(page.at("/api/classify" + query))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode judged(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void assertRefused(HttpRequest.Builder request, int status, String message) throws Exception {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("message").asText()).contains(message);
    }

    private static byte[] form(byte[] file, String boundary) throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--" + boundary
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    @Test
    void shouldJudgeARecordingAsABodyAndAsAForm() throws Exception {
        byte[] wav = Files.readAllBytes(CALL);
        JsonNode raw = judged(post("?callId=a%2Fb", wav));
        assertThat(raw.get("callId").asText()).isEqualTo("a/b");
        assertThat(raw.get("events")).isNotEmpty();
        assertThat(raw.get("summaries")).hasSize(1);
        JsonNode summary = raw.get("summaries").get(0);
        assertThat(summary.get("windows").asInt()).isEqualTo(raw.get("events").size());
        assertThat(summary.get("role").asText()).isEqualTo("CUSTOMER");

        JsonNode inForm =
                judged(post("", form(wav, "xyz")).header("Content-Type", "multipart/form-data; boundary=xyz"));
        assertThat(inForm.get("callId").asText()).isEqualTo("recording");
        assertThat(labels(inForm)).isEqualTo(labels(raw));
        assertThat(page.registry
                        .get("undertone.web.recordings")
                        .tag("result", "judged")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private static List<String> labels(JsonNode recording) {
        List<String> labels = new ArrayList<>();
        recording
                .get("events")
                .forEach(event -> labels.add(
                        event.get("startMs") + " " + event.get("label").asText()));
        return labels;
    }

    @Test
    void shouldSayWhyARecordingIsNotJudged() throws Exception {
        byte[] wav = Files.readAllBytes(CALL);
        assertRefused(
                post("", "no audio at all, but long enough to be one".getBytes(StandardCharsets.UTF_8)),
                400,
                "recording");
        assertRefused(post("", new byte[0]), 400, "recording");
        assertRefused(post("?roles=boss", wav), 400, "roles must be customer, agent, unknown or -");
        assertRefused(post("?roles=customer", wav), 400, "the parameter roles names 1");
        assertRefused(post("?roles=agent,-", wav), 400, "analysis.roles allows only [CUSTOMER]");
        assertRefused(post("?callId=", wav), 400, "call id must have 1 to 256 characters");
        assertRefused(
                post("", Arrays.copyOf(form(wav, "xyz"), 5_000))
                        .header("Content-Type", "multipart/form-data; boundary=xyz"),
                400,
                "cut off");
        assertRefused(
                post("", "--xyz--\r\n".getBytes(StandardCharsets.US_ASCII))
                        .header("Content-Type", "multipart/form-data; boundary=xyz"),
                400,
                "must hold a file");
        reopen(Map.of("web.classify.max.bytes", "1000"));
        assertRefusedAtOnce(413, "web.classify.max.bytes=1000", "Content-Length: 1001");
        HttpRequest.Builder chunked = HttpRequest.newBuilder(page.at("/api/classify"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(wav, 0, 1_100)));
        assertRefused(chunked, 413, "web.classify.max.bytes=1000");
        reopen(Map.of("web.classify", "off"));
        assertRefusedAtOnce(404, "web.classify=on", "Content-Length: 1000");
        assertThat(JSON.readTree(send(HttpRequest.newBuilder(page.at("/api/classify")))
                                .body())
                        .get("available")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void shouldJudgeOneAtATimeAndTurnAwayWhenManyWait() throws Exception {
        List<Socket> sending = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sending.add(head("", "Content-Length: 1000"));
            }
            // None of them says anything more: one is listened to, three wait, and one, whichever it is, finds no
            // place.
            await().atMost(Duration.ofSeconds(20)).until(() -> answered(sending).size() == 1);
            String answer =
                    new String(answered(sending).get(0).getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 10");
        } finally {
            for (Socket socket : sending) {
                socket.close();
            }
        }
        byte[] wav = Files.readAllBytes(CALL);
        // A place is free again only when the server has seen that a connection is closed: until then the answer is
        // "send it again".
        await().atMost(Duration.ofSeconds(60)).until(() -> send(post("", wav)).statusCode() == 200);
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(http.sendAsync(post("", wav).build(), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : sent) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    /** Those to which something came. */
    private static List<Socket> answered(List<Socket> sockets) throws IOException {
        List<Socket> answered = new ArrayList<>();
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                answered.add(socket);
            }
        }
        return answered;
    }

    /** Begins to send a recording: says its length and sends nothing of it. */
    private Socket head(String query, String... headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", page.port());
        socket.getOutputStream()
                .write(("POST /api/classify" + query + " HTTP/1.1\r\nHost: localhost:" + page.port() + "\r\n"
                                + String.join("\r\n", headers) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Asserts an answer that does not wait for the recording. */
    private void assertRefusedAtOnce(int status, String message, String... headers) throws IOException {
        try (Socket socket = head("", headers)) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status).contains(message);
        }
    }

    @Test
    void shouldAskForTheTokenAndRefusePagesOfOthers() throws Exception {
        byte[] wav = Files.readAllBytes(CALL);
        assertRefusedAtOnce(403, "web.token", "Content-Length: 1000", "Origin: https://elsewhere.example");
        assertRefusedAtOnce(403, "web.token", "Content-Length: 1000", "Origin: http://127.0.0.1:1");
        String own = page.at("/").toString();
        judged(post("", wav).header("Origin", own.substring(0, own.length() - 1)));
        reopen(Map.of("web.token", "a-token-of-some-length"));
        assertRefusedAtOnce(401, "web.token", "Content-Length: 1000");
        judged(post("", wav).header("Authorization", "Bearer a-token-of-some-length"));
    }

    @Test
    void shouldNotWaitForeverForARecording() throws Exception {
        page.close();
        // A millisecond passes with each look at the clock: too much for any recording, however fast the machine.
        page = OpenPage.open(
                Map.of("web.classify.timeout.ms", "1"), new TestModel(), new AtomicLong()::incrementAndGet);
        byte[] wav = Files.readAllBytes(CALL);
        try (Socket slow = new Socket("127.0.0.1", page.port())) {
            slow.getOutputStream()
                    .write(("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + wav.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().write(wav, 0, 100_000);
            String answer = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            // The rest of it never comes.
            assertThat(answer).isEqualTo("HTTP/1.1 408");
        }
    }
}
