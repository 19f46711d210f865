package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever has the present schemas reads what earlier releases wrote. The schemas of each release are kept under
 * {@code src/test/resources/schemas}; when a release changes one, its present form is added there as the next version.
 */
class SchemaCompatibilityTest {
    private static final Path PRESENT = Path.of("schemas");
    private static final Path KEPT = Path.of("src/test/resources/schemas");

    static List<Path> kept() throws IOException {
        try (Stream<Path> paths = Files.walk(KEPT)) {
            return paths.filter(path -> path.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void shouldReadWhatEarlierReleasesWrote(Path kept) throws IOException {
        Schema writer = new Schema.Parser().parse(Files.readString(kept));
        Schema reader = new Schema.Parser().parse(Files.readString(PRESENT.resolve(kept.getFileName())));
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void shouldExplainEveryField(Path kept) throws IOException {
        Schema schema = new Schema.Parser().parse(Files.readString(PRESENT.resolve(kept.getFileName())));
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }
}
