package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle calibrate} as it is typed, with the shipped bundle: to events in a table, to the sample call, to what can't be used. */
class BundleCalibrateTest {
    private final CommandRunner runner = new CommandRunner();
    private final Path bundle = BundleFolder.find(Path.of("").toAbsolutePath(), "telephone");
    private final Bundle opened = Bundle.open(bundle);

    @TempDir
    Path folder;

    private CommandRunner.Result calibrate(String... more) {
        List<String> command = new java.util.ArrayList<>(List.of(
                "bundle",
                "calibrate",
                bundle.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--threads",
                "1"));
        command.addAll(List.of(more));
        return runner.run(command.toArray(String[]::new));
    }

    @Test
    void shouldCalibrateToEventsThatPeopleJudged() throws IOException {
        Path events = events(120);

        CommandRunner.Result done = calibrate("--events", events.toString());

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("6 calls, 120 windows, 120 labelled", "held-out calls, before:", "held-out calls, after:");
        String version = opened.content().version() + "-site.1";
        Path made = folder.resolve("models/telephone").resolve(version);
        assertThat(done.errLines()).anySatisfy(line -> assertThat(line).contains("wrote " + made, "calibration.json"));
        JsonNode report = json(made.resolve("calibration.json"));
        assertThat(report.at("/labelledWindows/neutral").asInt()
                        + report.at("/labelledWindows/angry").asInt())
                .isEqualTo(120);
        // The events say .6 of what is right in nine of ten windows: confidences must rise.
        assertThat(report.at("/after/temperature").asDouble())
                .isLessThan(report.at("/before/temperature").asDouble());
        assertThat(report.at("/heldOutCalls/after/logLoss").asDouble())
                .isLessThan(report.at("/heldOutCalls/before/logLoss").asDouble());
        assertThat(report.at("/helps").asBoolean()).isTrue();
        assertThat(made.resolve("MODEL_CARD.md"))
                .content()
                .startsWith("# telephone " + version + "\n")
                .contains("Calibrated to a site's own calls", "held-out calls, after:", "## Intended use");
        Bundle calibrated = Bundle.open(made);
        assertThat(calibrated.content().temperature())
                .isEqualTo(report.at("/after/temperature").asDouble());
        assertThat(calibrated.content().scores().has("reference")).isFalse();
        assertThat(calibrated.content().provenance().path("calibratedFrom").asText())
                .isEqualTo("telephone " + opened.content().version());
        assertThat(runner.run("bundle", "verify", made.toString()).exitCode()).isZero();
        // A second one does not take its place.
        CommandRunner.Result again = calibrate("--events", events.toString());
        assertThat(again.err()).contains(opened.content().version() + "-site.2");
    }

    @Test
    void shouldCalibratePriorsToCallsWithoutLabels() throws IOException {
        Path calls = Files.createDirectories(folder.resolve("calls"));
        for (int call = 0; call < 3; call++) {
            Files.copy(Path.of("demo/call.wav"), calls.resolve("call-" + call + ".wav"));
        }

        CommandRunner.Result done = calibrate("--calls", calls.toString(), "--bundle-version", "9.0");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("3 calls", "none labelled", "priors alone", "priors: neutral");
        JsonNode report = json(folder.resolve("models/telephone/9.0/calibration.json"));
        assertThat(report.at("/after/temperature")).isEqualTo(report.at("/before/temperature"));
        assertThat(report.at("/after/priors/read")).isNotEqualTo(report.at("/before/priors/read"));
        assertThat(report.at("/after/priors/learned")).isEqualTo(report.at("/before/priors/learned"));
    }

    @Test
    void shouldSayWhatCannotBeUsed() throws IOException {
        assertThat(calibrate().err()).contains("either calls or events");
        assertThat(calibrate("--events", events(30).toString()).err())
                .contains("at least 40 labelled windows", "labelled windows=30");
        Path unknown = Files.writeString(
                folder.resolve("unknown.csv"),
                Files.readString(events(60)).replaceFirst("\n(.*),angry\n", "\n$1,bored\n"));
        assertThat(calibrate("--events", unknown.toString()).err()).contains("labels=[bored]");
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        CommandRunner.Result none = calibrate("--calls", nothing.toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("must hold a WAV or FLAC file");
        Path calls = Files.createDirectories(folder.resolve("calls"));
        Files.writeString(calls.resolve("truth.csv"), "call,role,start_ms,end_ms,label\none,customer,0,1000,bored\n");
        assertThat(calibrate("--calls", calls.toString()).err()).contains("labels=[bored]");
        Files.writeString(calls.resolve("truth.csv"), "call,role,start_ms,end_ms,label\none,customer,0,1000,anger\n");
        assertThat(calibrate("--calls", calls.toString()).err()).contains("must have its recording", "call=one");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    /** Events of six calls, in nine of ten of which the label that has .6 is right. */
    private Path events(int count) throws IOException {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("call,end_ms," + String.join(",", opened.labels()) + ",true_label\n");
        for (int i = 0; i < count; i++) {
            String said = random.nextBoolean() ? "neutral" : "angry";
            String other = said.equals("neutral") ? "angry" : "neutral";
            rows.append("call-").append(i * 6 / count).append(',').append(3_000 + 1_000 * i);
            for (String label : opened.labels()) {
                double probability = label.equals(said) ? 0.6 : label.equals(other) ? 0.22 : 0.03;
                rows.append(String.format(Locale.ROOT, ",%.2f", probability));
            }
            rows.append(',').append(i % 10 == 9 ? other : said).append('\n');
        }
        return Files.writeString(folder.resolve("events-" + count + ".csv"), rows);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
