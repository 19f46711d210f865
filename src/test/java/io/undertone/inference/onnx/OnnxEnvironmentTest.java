package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OnnxEnvironmentTest {
    @TempDir
    private Path temporary;

    /** With ONNX Runtime's own start this process dies of a segmentation fault. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldStartWhateverTheLengthOfTheCommandLine() throws Exception {
        Path arguments = Files.writeString(temporary.resolve("arguments"), "-cp \"" + classPath() + "\"");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        Process process = new ProcessBuilder(
                        java.toString(), "@" + arguments, Start.class.getName(), "x".repeat(60_000))
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output").toFile())
                .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> read(temporary.resolve("output")))
                .isZero();
    }

    /** Runs in the other process. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            OnnxEnvironment.get();
        }
    }

    private static String classPath() throws URISyntaxException {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : List.of(
                Start.class, OnnxEnvironment.class, ai.onnxruntime.OrtEnvironment.class, org.slf4j.Logger.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
