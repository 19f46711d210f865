package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Judgement;
import io.undertone.Role;
import io.undertone.publish.RecordJson;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedbackApiTest {
    private static final long START = System.currentTimeMillis() - 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private OpenPage page = OpenPage.open();

    @AfterEach
    void close() {
        page.close();
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(page.at("/api/feedback"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void say(String callId, int windows, String label) {
        for (int i = 0; i < windows; i++) {
            page.calls.add(Speech.event(callId, START, i, label));
        }
    }

    @Test
    void shouldWriteWhatIsSaidWithTheLabelAndProbabilitiesThatWereGiven() throws Exception {
        say("call-1", 3, "sad");
        HttpResponse<String> answer =
                post("{\"callId\": \"call-1\", \"index\": 1, \"verdict\": \"label\", \"trueLabel\": \"neutral\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        EmotionFeedback written = page.feedback.get(0);
        assertThat(answer.body()).isEqualTo(RecordJson.line(written));
        EmotionEvent event = Speech.event("call-1", START, 1, "sad");
        assertThat(written.getFeedbackId()).isEqualTo(event.getEventId());
        assertThat(written.getRole()).isEqualTo(Role.CUSTOMER);
        assertThat(written.getLabel()).isEqualTo("sad");
        assertThat(written.getProbabilities()).isEqualTo(event.getProbabilities());
        assertThat(written.getEndMs()).isEqualTo(event.getEndMs());
        assertThat(written.getVerdict()).isEqualTo(Judgement.LABEL);
        assertThat(written.getTrueLabel()).isEqualTo("neutral");
    }

    @Test
    void shouldTakeTheExampleOfItsPage() throws Exception {
        say("call", 40, "angry");
        Matcher example = Pattern.compile("-d '([^']+)' http://127.0.0.1:8080/api/feedback")
                .matcher(Files.readString(Path.of("docs/http-api.md")));
        assertThat(example.find()).isTrue();
        assertThat(post(example.group(1)).statusCode()).isEqualTo(200);
        assertThat(page.feedback).extracting(EmotionFeedback::getTrueLabel).containsExactly("neutral");
    }

    @Test
    void shouldTakeACallAsAWholeByTheLabelOfMostOfItsWindows() throws Exception {
        say("call-1", 3, "sad");
        page.calls.add(Speech.event("call-1", START, 3, "angry"));
        assertThat(post("{\"callId\": \"call-1\", \"role\": \"CUSTOMER\", \"verdict\": \"WRONG\"}")
                        .statusCode())
                .isEqualTo(200);
        EmotionFeedback written = page.feedback.get(0);
        assertThat(written.getFeedbackId()).isEqualTo("call-1/CUSTOMER");
        assertThat(written.getLabel()).isEqualTo("sad");
        assertThat(written.getIndex()).isNull();
        assertThat(written.getEndMs()).isNull();
        assertThat(written.getTrueLabel()).isNull();
    }

    @Test
    void shouldSayWhatIsWrongWithFeedback() throws Exception {
        say("call-1", 3, "sad");
        assertRefused(400, "must be a JSON object", "right");
        assertRefused(400, "callId must name a call", "{\"verdict\": \"RIGHT\"}");
        assertRefused(400, "verdict must be one of RIGHT, WRONG, LABEL", "{\"callId\": \"call-1\"}");
        assertRefused(
                400,
                "trueLabel must be one of [angry, calm",
                "{\"callId\": \"call-1\", \"index\": 0, \"verdict\": \"LABEL\", \"trueLabel\": \"bored\"}");
        assertRefused(400, "index must be", "{\"callId\": \"call-1\", \"index\": \"x\", \"verdict\": \"RIGHT\"}");
        assertRefused(
                400, "role must be one of", "{\"callId\": \"call-1\", \"role\": \"BOSS\", \"verdict\": \"RIGHT\"}");
        assertRefused(404, "no such call or window", "{\"callId\": \"other\", \"verdict\": \"RIGHT\"}");
        assertRefused(404, "no such call or window", "{\"callId\": \"call-1\", \"index\": 9, \"verdict\": \"RIGHT\"}");
        assertRefused(400, "at most 4096 bytes", " ".repeat(4_097));
        assertThat(page.feedback).isEmpty();
        assertThat(page.registry
                        .get("undertone.web.feedback")
                        .tag("result", "refused")
                        .counter()
                        .count())
                .isEqualTo(9);
    }

    private void assertRefused(int status, String message, String body) throws Exception {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode said = JSON.readTree(answer.body());
        assertThat(said.get("message").asText()).contains(message);
    }

    @Test
    void shouldTakeNothingFromOtherPagesOrWithoutTheToken() throws Exception {
        String right = "{\"callId\": \"call-1\", \"verdict\": \"RIGHT\"}";
        say("call-1", 1, "sad");
        assertThat(post(right, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
        page.close();
        page = OpenPage.open(Map.of("web.token", "a-token-of-some-length"));
        say("call-1", 1, "sad");
        assertThat(post(right).statusCode()).isEqualTo(401);
        assertThat(page.feedback).isEmpty();
        assertThat(post(right, "Authorization", "Bearer a-token-of-some-length").statusCode())
                .isEqualTo(200);
        assertThat(page.feedback).hasSize(1);
    }

    @Test
    void shouldTakeNoneWhereItIsSwitchedOff() throws Exception {
        page.close();
        page = OpenPage.open(Map.of("web.feedback", "false"));
        say("call-1", 1, "sad");
        assertRefused(404, "web.feedback=true", "{\"callId\": \"call-1\", \"verdict\": \"RIGHT\"}");
    }
}
