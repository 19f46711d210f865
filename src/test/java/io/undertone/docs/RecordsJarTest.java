package io.undertone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.AudioChunk;
import io.undertone.EmotionEvent;
import io.undertone.MfccWindow;
import io.undertone.codec.AvroCodec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.testkit.SampleRecords;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.w3c.dom.NodeList;

/** The jar of records, as pom.xml fills it, with what it needs and nothing else: the examples compile against it and run on it. */
class RecordsJarTest {
    @TempDir
    static Path folder;

    private static final List<Class<?>> NEEDED = List.of(
            // Avro, and what it needs.
            Schema.class, ObjectMapper.class, JsonParser.class, JsonProperty.class, Logger.class);

    private static Path records;

    @BeforeAll
    static void fill() throws Exception {
        records = folder.resolve("records");
        Path classes = location(AvroCodec.class);
        List<PathMatcher> included = includes().stream()
                .map(pattern -> classes.getFileSystem().getPathMatcher("glob:" + pattern))
                .toList();
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> included.stream().anyMatch(pattern -> pattern.matches(classes.relativize(file))))
                    .toList();
        }
        for (Path file : files) {
            Path copy = records.resolve(classes.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static List<String> includes() throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "//execution[id='records']/configuration/includes/include",
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new File("pom.xml")),
                        XPathConstants.NODESET);
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            patterns.add(found.item(i).getTextContent().strip());
        }
        return patterns;
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<Path> classPath(Class<?>... besides) throws Exception {
        List<Path> path = new ArrayList<>(List.of(records));
        for (Class<?> type : Stream.concat(NEEDED.stream(), Stream.of(besides)).toList()) {
            path.add(location(type));
        }
        return path;
    }

    @Test
    void shouldBeWhatTheExamplesCompileAgainst() throws Exception {
        Path compiled = Files.createDirectories(folder.resolve("examples"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-d",
                compiled.toString(),
                "-cp",
                classPath(ProducerRecord.class).stream().map(Path::toString).collect(Collectors.joining(":")),
                "--release",
                "17"));
        try (Stream<Path> files = Files.list(Path.of("docs/examples"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int exitCode = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));

        assertThat(exitCode).as(said.toString(StandardCharsets.UTF_8)).isZero();
        shouldHandOutEachEventOnce(compiled);
    }

    /** In a class loader that has the jar, Avro and the example, and none of the program. */
    private static void shouldHandOutEachEventOnce(Path example) throws Exception {
        List<URL> urls = new ArrayList<>(List.of(example.toUri().toURL()));
        for (Path entry : classPath()) {
            urls.add(entry.toUri().toURL());
        }
        EmotionEvent event = SampleRecords.event("call-1", 4, "angry");
        byte[] value = new AvroCodec<>(EmotionEvent.class).encode(event);
        try (URLClassLoader alone =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            List<String> read = new ArrayList<>();
            Consumer<Object> keep = record -> read.add(record.toString());
            Object reader =
                    alone.loadClass("ReadEvents").getConstructor(Consumer.class).newInstance(keep);
            for (int copy = 0; copy < 2; copy++) {
                reader.getClass().getMethod("onRecord", byte[].class).invoke(reader, (Object) value);
            }

            assertThat(read).singleElement().asString().startsWith("{\"eventId\": \"" + event.getEventId() + "\"");
            assertThatThrownBy(() -> reader.getClass()
                            .getMethod("onRecord", byte[].class)
                            .invoke(reader, (Object) new byte[] {1, 2, 3}))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("value must begin with C3 01");
            assertThatThrownBy(() -> alone.loadClass("io.undertone.config.UndertoneConfig"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void shouldHoldSamplesThatTheProgramTakes() throws Exception {
        AudioChunk chunk = SampleRecords.chunk("call-1", 3, true);
        AudioChunkReader reader = new AudioChunkReader(1_600);
        byte[] value = new AvroCodec<>(AudioChunk.class).encode(chunk);
        assertThat(reader.check("call-1".getBytes(StandardCharsets.UTF_8), reader.parse(value))
                        .chunk()
                        .end())
                .isEqualTo(6_400);

        MfccWindow window = SampleRecords.window("call-1", 4);
        AvroCodec<MfccWindow> windows = new AvroCodec<>(MfccWindow.class);
        assertThat(windows.decode(windows.encode(window))).isEqualTo(window);
        assertThat(window.getEndMs()).isEqualTo(7_000);

        EmotionEvent event = SampleRecords.event("call-1", 4, "angry");
        assertThat(event.getProbabilities().values().stream()
                        .mapToDouble(p -> p)
                        .sum())
                .isEqualTo(1);
        assertThat(event.getProbabilities()).containsEntry(event.getLabel(), event.getConfidence());
        assertThat(SampleRecords.event("call-1", 4, "angry")).isEqualTo(event);
    }
}
