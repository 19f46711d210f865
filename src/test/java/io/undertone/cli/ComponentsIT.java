package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is packaged: the list of components holds what runs, version by version, and the jar allows machine code. */
class ComponentsIT {
    private static final Path LIST = Path.of("target/undertone-sbom.json");
    private static final Path LIB = Path.of("target/lib");
    private static final Path JAR = Path.of("target/undertone.jar");

    /** Made by the build: one names the libraries beside it, the other holds files of libraries that are on the list. */
    private static final Set<String> MADE = Set.of("dl4j-path.jar", "machine-code.jar");

    @Test
    void shouldListEveryLibraryThatRuns() throws Exception {
        assumeThat(Files.isRegularFile(LIST) && Files.isDirectory(LIB))
                .as("a package with its list of components (Maven must be online)")
                .isTrue();
        Set<String> listed = new TreeSet<>();
        for (JsonNode component : new ObjectMapper().readTree(LIST.toFile()).get("components")) {
            listed.add(component.get("name").asText() + "-"
                    + component.get("version").asText());
        }
        try (Stream<Path> jars = Files.walk(LIB)) {
            assertThat(jars.filter(Files::isRegularFile)
                            .map(jar -> jar.getFileName().toString())
                            .filter(jar -> !MADE.contains(jar)))
                    .as("libraries that run")
                    .isNotEmpty()
                    .allMatch(jar -> listed.stream().anyMatch(name -> isOf(jar, name)), "are on the list");
        }
    }

    /** Java 22 and newer warn at each start without it; as an option of Java's, Java 25 finds fault with its archive of classes. */
    @Test
    void shouldAllowMachineCode() throws Exception {
        assumeThat(JAR).as("a package").isRegularFile();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    /** A classifier, such as linux-x86_64, may follow the version. */
    private static boolean isOf(String jar, String component) {
        return jar.equals(component + ".jar") || jar.startsWith(component + "-");
    }
}
