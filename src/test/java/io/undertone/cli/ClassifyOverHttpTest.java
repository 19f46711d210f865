package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.bundle.BundleFolder;
import io.undertone.config.UndertoneConfig;
import io.undertone.model.LoadedModel;
import io.undertone.web.HealthProbes;
import io.undertone.web.WebStage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifyOverHttpTest {
    private static final Path CALL = Path.of("demo/call.wav");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldSayOfARecordingWhatTheCommandSays() throws Exception {
        DefaultBundle.isNeeded();
        List<JsonNode> printed = new ArrayList<>();
        for (String line :
                new CommandRunner().run("classify", CALL.toString(), "--json").outLines()) {
            printed.add(timeless(JSON.readTree(line)));
        }
        UndertoneConfig config = new UndertoneConfig(Map.of("stages", "web", "web.port", "0", "web.classify", "on"));
        try (LoadedModel model = LoadedModel.open(
                        BundleFolder.find(Path.of("").toAbsolutePath(), config.modelBundle()), config, 1);
                WebStage stage = WebStage.start(
                        config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), HealthProbes.none(), model)) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(stage.address().resolve("/api/classify?callId=call"))
                                    .POST(HttpRequest.BodyPublishers.ofFile(CALL))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            List<JsonNode> said = new ArrayList<>();
            JsonNode recording = JSON.readTree(answer.body());
            recording.withArray("events").forEach(event -> said.add(timeless(event)));
            recording.withArray("summaries").forEach(summary -> said.add(timeless(summary)));
            assertThat(said).as(answer.body()).hasSizeGreaterThan(2).isEqualTo(printed);
        }
    }

    private static JsonNode timeless(JsonNode record) {
        return ((ObjectNode) record).without("producedAt");
    }
}
