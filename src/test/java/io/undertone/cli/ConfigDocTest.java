package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the table of configuration keys in {@code docs/configuration.md} to the code's. */
class ConfigDocTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGIN = "<!-- config: written by `./undertone config --markdown` -->\n";
    private static final String END = "<!-- config end -->";

    @Test
    void shouldHaveTheCodesKeysInTheTable() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);

        assertThat(begin).as("mark in %s: %s", PAGE, BEGIN).isNotNegative();
        assertThat(page.substring(begin + BEGIN.length(), end))
                .as("table of keys in %s: replace it by what './undertone config --markdown' prints", PAGE)
                .isEqualTo(ConfigReference.markdown());
    }
}
