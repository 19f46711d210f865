package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each message in the operators' section "When something is wrong" is one that the code says. */
class MessagesTest {
    private static final Path PAGE = Path.of("docs/operators.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+?`) \\| (.+) \\|$");
    private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void shouldNameMessagesThatTheCodeSays() throws IOException {
        String code = code();
        List<String> messages = messages();
        assertThat(messages).hasSizeGreaterThan(20).allSatisfy(message -> {
            for (String part : message.split("…", -1)) {
                assertThat(code).as("code that says: " + message).contains(part.strip());
            }
        });
    }

    private static List<String> messages() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("## When something is wrong");
        String section = page.substring(begin, page.indexOf("\n## ", begin + 1));
        List<String> messages = new ArrayList<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            Matcher message = MESSAGE.matcher(row.group(1));
            while (message.find()) {
                messages.add(message.group(1));
            }
        }
        return messages;
    }

    /** All text that the code holds, in one piece where it is put together. */
    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            String text = files.filter(file -> file.toString().endsWith(".java"))
                    .map(MessagesTest::read)
                    .collect(Collectors.joining("\n"));
            return JOINED.matcher(text).replaceAll("");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
