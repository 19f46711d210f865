package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.DeadLetterReason;
import io.undertone.config.ConfigReference;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the pages to what is there. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([a-z]+(?:\\.[a-z]+)+)(?:=[^`]*)?`");
    private static final Pattern FENCE = Pattern.compile("(?m)^ *```(.*)$");
    private static final Set<String> LANGUAGES =
            Set.of("sh", "console", "text", "json", "java", "python", "properties", "yaml", "xml", "sql");
    private static final int README_LINES = 200;
    private static final Path INTEGRATORS = Path.of("docs/integrators.md");

    static List<Path> pages() throws IOException {
        return Pages.all();
    }

    static List<Path> pagesOfUse() throws IOException {
        return Pages.ofUse();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatIsThere(Path page) throws Exception {
        Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""));
        while (link.find()) {
            if (link.group(1).startsWith("http")) {
                continue;
            }
            String[] parts = link.group(1).split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page
                    : page.getParent().resolve(parts[0]).normalize();
            assertThat(target).as(link.group()).exists();
            if (parts.length == 2) {
                assertThat(Headings.anchors(target)).as(link.group()).contains(parts[1]);
            }
        }
    }

    /** Dotted words in code that begin as a key does, such as leg.idle.ms, are keys. */
    @ParameterizedTest
    @MethodSource("pagesOfUse")
    void shouldNameKeysThatExist(Path page) throws Exception {
        Set<String> keys =
                ConfigReference.rows().stream().map(ConfigReference.Row::key).collect(Collectors.toSet());
        Set<String> beginnings =
                keys.stream().map(key -> key.substring(0, key.indexOf('.') + 1)).collect(Collectors.toSet());
        beginnings.remove("");
        beginnings.remove("kafka."); // passes through
        Matcher code = CODE.matcher(Files.readString(page));
        while (code.find()) {
            String word = code.group(1);
            if (beginnings.stream().anyMatch(word::startsWith)) {
                assertThat(keys).contains(word);
            }
        }
    }

    /** Commands are found by the mark of their fence: one without a mark would go unchecked. */
    @ParameterizedTest
    @MethodSource("pagesOfUse")
    void shouldMarkEveryFence(Path page) throws Exception {
        boolean inside = false;
        Matcher fence = FENCE.matcher(Files.readString(page));
        while (fence.find()) {
            if (!inside) {
                assertThat(fence.group(1).strip())
                        .as("mark of a fence in %s", page)
                        .isIn(LANGUAGES);
            }
            inside = !inside;
        }
        assertThat(inside).as("a fence without an end in %s", page).isFalse();
    }

    @Test
    void shouldKeepTheReadmeShort() throws Exception {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @Test
    void shouldLinkEveryPageFromTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            assertThat(files.map(Path::toString).filter(file -> file.endsWith(".md")))
                    .allSatisfy(file -> assertThat(readme).contains("(" + file + ")"));
        }
    }

    @Test
    void shouldListEveryMeasurement() throws Exception {
        Path folder = Path.of("docs/measurements");
        String list = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> !file.equals("README.md")))
                    .allSatisfy(file -> assertThat(list).contains("(" + file + ")"));
        }
    }

    @Test
    void shouldShowTheSchemasHeaders() throws Exception {
        String page = Files.readString(INTEGRATORS);
        for (String record : List.of(
                "AudioChunk",
                "MfccWindow",
                "EmotionEvent",
                "CallSummary",
                "CallConversation",
                "EmotionAlert",
                "EmotionFeedback")) {
            Schema schema = new Schema.Parser().parse(new File("schemas/" + record + ".avsc"));
            byte[] fingerprint = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema);
            String header = "c3 01 " + HexFormat.ofDelimiter(" ").formatHex(fingerprint);

            assertThat(page).contains("| `" + record + "` | `" + header + "` |");
        }
    }

    @Test
    void shouldMapEveryFieldOfAChunk() throws Exception {
        String page = Files.readString(INTEGRATORS);
        Schema schema = new Schema.Parser().parse(new File("schemas/AudioChunk.avsc"));

        assertThat(schema.getFields()).allSatisfy(field -> assertThat(page).contains("\n| `" + field.name() + "` | "));
    }

    @Test
    void shouldExplainEveryReasonThatAChunkIsRefusedFor() throws Exception {
        List<String> explained = new ArrayList<>();
        Matcher row = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|").matcher(Files.readString(INTEGRATORS));
        while (row.find()) {
            explained.add(row.group(1));
        }
        Set<String> notOfChunks =
                Set.of("SPEC_MISMATCH", "BAD_WINDOW", "INFERENCE_FAILED", "UNKNOWN", "WEBHOOK_FAILED");

        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DeadLetterReason.values())
                        .map(Enum::name)
                        .filter(reason -> !notOfChunks.contains(reason))
                        .toList());
    }
}
