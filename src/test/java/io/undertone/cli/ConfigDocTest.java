package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.ConfigReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the README's table of configuration keys to the code's. */
class ConfigDocTest {
    private static final String BEGIN = "<!-- config: written by `./undertone config --markdown` -->\n";
    private static final String END = "<!-- config end -->";

    @Test
    void shouldHaveTheCodesKeysInTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);

        assertThat(begin).as("mark in README.md: %s", BEGIN).isNotNegative();
        assertThat(readme.substring(begin + BEGIN.length(), end))
                .as("README.md's table of keys: replace it by what './undertone config --markdown' prints")
                .isEqualTo(ConfigReference.markdown());
    }
}
