package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class ProgramTest {
    private static final String SERVING_OPTIONS = "undertone.serving.options";

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void shouldLetTheEnvironmentHaveTheLastWord() {
        System.setProperty(SERVING_OPTIONS, "-Xmx1g  -XX:MaxInlineLevel=7");
        try {
            Program program = Program.of(ProgramTest.class, Path.of("home"), Map.of("UNDERTONE_JVM_OPTS", " -Xmx2g "));
            assertThat(program.jvmOptions()).containsExactly("-Xmx1g", "-XX:MaxInlineLevel=7", "-Xmx2g");
        } finally {
            System.clearProperty(SERVING_OPTIONS);
        }
    }

    @Test
    void shouldGiveJavaNothingWhereNothingIsSaid() {
        assertThat(Program.of(ProgramTest.class, Path.of("home"), Map.of()).jvmOptions())
                .isEmpty();
    }
}
