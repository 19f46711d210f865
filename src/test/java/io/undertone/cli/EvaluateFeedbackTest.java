package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --feedback} as it is typed, on what people marked on the page. */
class EvaluateFeedbackTest {
    private final CommandRunner runner = new CommandRunner();
    private final Path bundle = BundleFolder.find(Path.of("").toAbsolutePath(), "telephone");
    private final String version = Bundle.open(bundle).content().version();

    @TempDir
    Path folder;

    @Test
    void shouldCountWhatPeopleMarked() throws IOException {
        Path feedback = Files.writeString(
                folder.resolve("feedback.jsonl"),
                window(1, "angry", "RIGHT", "", version)
                        + window(2, "angry", "WRONG", "", version)
                        + window(3, "angry", "LABEL", "happy", version)
                        + window(4, "neutral", "LABEL", "neutral", version)
                        + window(5, "neutral", "RIGHT", "", "0.0.1")
                        + "{\"feedbackId\":\"a/CUSTOMER\",\"callId\":\"a\",\"index\":null,\"startMs\":null,\"endMs\":null,"
                        + "\"label\":\"angry\",\"probabilities\":{},\"verdict\":\"WRONG\",\"trueLabel\":null}\n");
        Path report = folder.resolve("report");

        CommandRunner.Result done = runner.run(
                "evaluate",
                "--bundle",
                bundle.toString(),
                "--feedback",
                feedback.toString(),
                "--report",
                report.toString());

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .contains(
                        "4 windows marked  0.500 right",
                        "3 marked, 0.333 right",
                        "whole legs   1 marked, 0.000 right",
                        "1 marks on labels of other bundles");
        JsonNode json =
                new ObjectMapper().readTree(report.resolve("feedback.json").toFile());
        assertThat(json.at("/share").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/byLabelGiven/angry/right").asInt()).isEqualTo(1);
        assertThat(json.at("/wholeLegs/marked").asInt()).isEqualTo(1);
        // What is right is known of three; true happy (2) was called angry (4) once.
        assertThat(json.at("/known/clips").asInt()).isEqualTo(3);
        assertThat(json.at("/known/confusion/2/4").asInt()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatFeedbackCannotBeUsed() throws IOException {
        Path feedback =
                Files.writeString(folder.resolve("feedback.jsonl"), window(1, "angry", "LABEL", "bored", version));

        CommandRunner.Result unknown = runner.run(
                "evaluate", "--bundle", bundle.toString(), "--feedback", feedback.toString(), "--report", "r");

        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("labels=[bored]");
    }

    private static String window(int index, String label, String verdict, String truth, String version) {
        return "{\"feedbackId\":\"a/CUSTOMER/" + index + "\",\"callId\":\"a\",\"role\":\"CUSTOMER\",\"index\":" + index
                + ",\"startMs\":" + 1_000 * index + ",\"endMs\":" + (1_000 * index + 3_000) + ",\"label\":\"" + label
                + "\",\"probabilities\":{\"" + label + "\":0.7},\"verdict\":\"" + verdict + "\",\"trueLabel\":"
                + (truth.isEmpty() ? "null" : "\"" + truth + "\"")
                + ",\"model\":{\"name\":\"telephone\",\"version\":\"" + version + "\"},\"producedAt\":1}\n";
    }
}
