package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Parsing, exit codes, and what goes to which stream. */
class MainTest {
    @TempDir
    private Path folder;

    private static String[] commands() {
        return Commands.parser(new UndertoneCommand(Surroundings.ofProcess()))
                .getSubcommands()
                .keySet()
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainEveryCommand(String command) {
        CommandRunner.Result result = new CommandRunner().run(command, "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Usage: undertone " + command, "--debug");
        assertThat(result.err()).isEmpty();
    }

    /** Picocli formats help texts, and warns on standard error, past the command's own, of those that it cannot. */
    @ParameterizedTest
    @MethodSource("commands")
    void shouldHaveHelpThatCanBeFormatted(String command) {
        CommandLine.Model.CommandSpec spec = Commands.parser(new UndertoneCommand(Surroundings.ofProcess()))
                .getSubcommands()
                .get(command)
                .getCommandSpec();
        List<String> texts = new ArrayList<>(List.of(spec.usageMessage().description()));
        spec.options().forEach(option -> texts.addAll(List.of(option.description())));
        spec.positionalParameters().forEach(parameter -> texts.addAll(List.of(parameter.description())));
        assertThat(texts)
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThatCode(() -> String.format(Locale.ROOT, text)).doesNotThrowAnyException());
    }

    @Test
    void shouldListCommandsWhenAskedForHelp() {
        CommandRunner.Result result = new CommandRunner().run("--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains(commands());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; which command?",
                "frobnicate; Unmatched argument at index 0: 'frobnicate'",
                "topics --frobnicate; Unknown option: '--frobnicate'",
                "config --set colour=blue; Unknown configuration key: colour",
                "config --set inference.threads=many; Invalid value many for configuration inference.threads",
                "config --set nonsense; must be KEY=VALUE: --set nonsense",
                "publish; Missing required parameter: 'AUDIO'",
                "publish a.wav --speed 0; must be a number over 0",
                "publish a.wav --speed fast; must be a number over 0",
                "publish a.wav --encoding mp3; must be mulaw, alaw, s16 or f32: mp3",
                "publish a.wav --roles boss; must be customer, agent, unknown or - (leave out)",
                "publish a.wav --call-id caf\uFFFD; U+FFFD",
                "publish a.wav --attribute queue; should be in KEY=VALUE format but was queue",
                "publish a.wav --attribute spül=1; --attribute: an attribute's name must be 1 to 64 letters",
                "publish a.wav --chunk-ms 0; --chunk-ms must be 1 to 30000: 0",
                "publish a.wav b.wav --call-id x; --call-id is for a single file",
                "broker --port 70000; --port must be 0 to 65535: 70000",
            })
    void shouldRefuseWrongUsageWithCodeTwo(String line, String expected) {
        CommandRunner.Result result = new CommandRunner().run(line == null ? new String[0] : line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(expected).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void shouldExplainACommandByTheCommandHelp() {
        CommandRunner.Result result = new CommandRunner().run("help", "classify");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Usage: undertone classify");
    }

    /** Those below others, too: {@code bundle calibrate}. */
    private static List<String> commandsAtAnyDepth() {
        List<String> all = new ArrayList<>();
        Commands.parser(new UndertoneCommand(Surroundings.ofProcess()))
                .getSubcommands()
                .forEach((name, command) -> {
                    all.add(name);
                    command.getSubcommands().keySet().forEach(below -> all.add(name + " " + below));
                });
        return all;
    }

    @Test
    void shouldKnowCommandsBelowOthers() {
        assertThat(commandsAtAnyDepth()).contains("bundle calibrate", "bundle inspect", "publish");
    }

    @ParameterizedTest
    @MethodSource("commandsAtAnyDepth")
    void shouldShowNoEmptyDefaults(String command) {
        assertThat(new CommandRunner().run((command + " --help").split(" ")).out())
                .contains("Usage: undertone " + command)
                // What follows on the next line is the next option, or nothing: text that is wrapped stands further
                // right.
                .doesNotContainPattern("Default: *(\\[\\]|\\{\\})? *(\\R {2,6}-|\\R\\S|\\R?\\z)");
    }

    @Test
    void shouldTakeAFileThatBeginsWithADash() throws Exception {
        Path file = Path.of("-begins-with-a-dash.wav");
        Files.writeString(file, "no audio");
        try {
            assertThat(new CommandRunner().run("classify", file.toString()).err())
                    .contains("must be a WAV, FLAC, AIFF or AU file");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldFailWithOneLineWhenAFileIsMissing() {
        CommandRunner.Result result =
                new CommandRunner().run("publish", folder.resolve("no.wav").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).containsExactly("undertone: there is no file " + folder.resolve("no.wav"));
    }

    @Test
    void shouldFailWithOneLineWhenAConfigFileIsMissing() {
        CommandRunner.Result result = new CommandRunner().run("config", "--config", "no.properties");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines()).singleElement().asString().contains("no.properties");
    }

    @Test
    void shouldShowTheStackTraceOnlyWhenDebugging() {
        CommandRunner.Result result = new CommandRunner()
                .run("publish", "--debug", folder.resolve("no.wav").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("\tat io.undertone.cli");
    }

    @Test
    void shouldSayWhereEachValueComesFrom() throws Exception {
        Path file = Files.writeString(folder.resolve("u.properties"), "legs.max=7\nspeech.min.ratio=0.3\n");

        CommandRunner.Result result = new CommandRunner()
                .environment("UNDERTONE_SPEECH_MIN_RATIO", "0.4")
                .run("config", "--json", "--config", file.toString(), "--set", "web.port=1234");

        assertThat(result.exitCode()).isZero();
        assertThat(origin(result, "legs.max")).isEqualTo("7 from file");
        assertThat(origin(result, "speech.min.ratio"))
                .isEqualTo("0.4 from environment variable UNDERTONE_SPEECH_MIN_RATIO");
        assertThat(origin(result, "web.port")).isEqualTo("1234 from --set");
        assertThat(origin(result, "inference.engine")).isEqualTo("auto from default");
    }

    private static String origin(CommandRunner.Result result, String key) throws Exception {
        for (String line : result.outLines()) {
            JsonNode object = new ObjectMapper().readTree(line);
            if (object.get("key").asText().equals(key)) {
                return object.get("value").asText() + " from "
                        + object.get("from").asText();
            }
        }
        throw new AssertionError("no line for " + key);
    }

    @Test
    void shouldHideSecrets() {
        CommandRunner.Result result = new CommandRunner()
                .run("config", "--set", "web.token=sesame", "--set", "kafka.ssl.key.password=swordfish");

        assertThat(result.out()).contains("web.token", "kafka.ssl.key.password").doesNotContain("sesame", "swordfish");
    }
}
