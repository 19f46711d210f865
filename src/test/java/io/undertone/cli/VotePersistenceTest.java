package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The default bundle on the sample call, each window using those before it and each by itself: anger that lasts is found in more windows. */
class VotePersistenceTest {
    private static List<JsonNode> events(String... settings) throws Exception {
        List<String> command = new ArrayList<>(List.of("classify", "demo/call.wav", "--json"));
        command.addAll(List.of(settings));
        CommandRunner.Result result = new CommandRunner().run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : result.outLines()) {
            JsonNode object = new ObjectMapper().readTree(line);
            if (object.has("eventId")) {
                events.add(object);
            }
        }
        return events;
    }

    @Test
    void shouldHeedWhatWasHeardBeforeUnlessToldNotTo() throws Exception {
        List<JsonNode> inContext = events();
        List<JsonNode> alone = events("--set", "vote.persistence=false");

        assertThat(inContext).hasSameSizeAs(alone).hasSizeGreaterThan(20);
        assertThat(inContext.get(0).get("probabilities")).isEqualTo(alone.get(0).get("probabilities"));
        assertThat(angryInAnger(inContext)).isGreaterThan(angryInAnger(alone));
        inContext.forEach(VotePersistenceTest::assertMajority);
        alone.forEach(VotePersistenceTest::assertMajority);
    }

    /** Windows labelled angry of those within the customer's anger, by {@code demo/truth.csv}. */
    private static long angryInAnger(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.get("startMs").asLong() >= 29_683
                        && event.get("endMs").asLong() <= 52_948
                        && event.get("label").asText().equals("angry"))
                .count();
    }

    /** Either way the label is the one with the most votes, and the agreement their share. */
    private static void assertMajority(JsonNode event) {
        Map<String, Integer> counts = new HashMap<>();
        event.get("votes").forEach(vote -> counts.merge(vote.get("label").asText(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
        assertThat(counts).containsEntry(event.get("label").asText(), most);
        assertThat(event.get("agreement").asDouble()).isEqualTo(most / 6.0);
    }
}
