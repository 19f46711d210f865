package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.docs.Pages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** Parses each command that a page shows or a container runs as the program would. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:sh|console)[^\n]*\n(.*?)```");

    /** Every {@code ./undertone ...} in a fenced block of a page. */
    static List<String> onPages() throws IOException {
        return allOnPages().stream()
                .filter(line -> line.startsWith("./undertone "))
                // What stands in quotes is one word, whatever is in it.
                .map(line -> line.replaceAll("\"[^\"]* [^\"]*\"", "quoted"))
                .map(line -> line.replaceFirst("\\s*(?:\\||>|&(?!\\S)).*$", ""))
                .toList();
    }

    /** Every command in a fenced block of shell on a page, on one line and without its comment. */
    static List<String> allOnPages() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : Pages.ofUse()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                block.group(1)
                        .replaceAll("\\\\\n\\s*", "")
                        .lines()
                        .map(line -> line.replaceFirst("^\\$ ", "")
                                .replaceFirst("\\s+#.*$", "")
                                .strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(commands::add);
            }
        }
        return commands;
    }

    /** Commands of the containers in the compose file and in the manifests. */
    static List<String> inContainers() throws IOException {
        List<String> commands = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(Path.of("docker/compose.yaml")));
        try (Stream<Path> manifests = Files.list(Path.of("docker/kubernetes/base"))) {
            manifests.sorted().forEach(files::add);
        }
        for (Path file : files) {
            new Yaml().loadAll(Files.readString(file)).forEach(document -> {
                JsonNode tree = new ObjectMapper().valueToTree(document);
                Stream.concat(tree.findValues("command").stream(), tree.findValues("args").stream())
                        .filter(JsonNode::isArray)
                        .forEach(words -> commands.add("./undertone "
                                + String.join(
                                        " ",
                                        StreamSupport.stream(words.spliterator(), false)
                                                .map(JsonNode::asText)
                                                .toList())));
            });
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource({"onPages", "inContainers"})
    void shouldParse(String command) {
        StringWriter silent = new StringWriter();
        CommandLine undertone = Commands.parser(new UndertoneCommand(new Surroundings(
                        new PrintWriter(silent), new PrintWriter(silent), false, false, Map.of(), Path.of(""))))
                .setCaseInsensitiveEnumValuesAllowed(true);
        String[] words = command.substring("./undertone ".length()).split("\\s+");
        assertThatCode(() -> undertone.parseArgs(words)).as(command).doesNotThrowAnyException();
    }

    /**
     * Each command is run by the test that {@code documented-commands.txt} names, by {@code .ci/run}, or the file says why it
     * isn't.
     */
    @Test
    void shouldRunEachCommandSomewhere() throws Exception {
        List<String[]> runs = Files.readAllLines(Path.of("src/test/resources/documented-commands.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s*<=\\s*", 2))
                .toList();
        String ci = Files.readString(Path.of(".ci/run"));
        for (String command : allOnPages()) {
            List<String> by = runs.stream()
                    .filter(run -> glob(run[0]).matcher(command).matches())
                    .map(run -> run[1])
                    .limit(1)
                    .toList();
            assertThat(by)
                    .as("who runs '%s', in src/test/resources/documented-commands.txt", command)
                    .hasSize(1);
            String who = by.get(0);
            if (who.equals(".ci/run")) {
                assertThat(ci).contains(command);
            } else if (!who.startsWith("not run: ")) {
                try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
                    assertThat(tests.map(test -> test.getFileName().toString())).contains(who + ".java");
                }
            }
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E");
    }

    @Test
    void shouldFindCommands() throws Exception {
        assertThat(onPages()).hasSizeGreaterThan(5);
        assertThat(inContainers())
                .contains("./undertone serve --stages web", "./undertone topics")
                .hasSize(14);
    }
}
