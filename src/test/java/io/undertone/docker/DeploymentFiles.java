package io.undertone.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what stands under {@code docker/}. */
final class DeploymentFiles {
    static final Path FOLDER = Path.of("docker");

    static final Path KUBERNETES = FOLDER.resolve("kubernetes");

    /** Strict where people err: a key that stands twice is refused. */
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private DeploymentFiles() {}

    /** All files under a folder whose names end so, in order. */
    static List<Path> ending(Path folder, String... ends) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** The documents of a YAML file. */
    static List<JsonNode> yaml(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    /** All objects of Kubernetes in the base and in the example of secrets. */
    static List<JsonNode> kubernetes() throws IOException {
        List<JsonNode> objects = new ArrayList<>(yaml(KUBERNETES.resolve("secrets.example.yaml")));
        for (Path file : ending(KUBERNETES.resolve("base"), ".yaml")) {
            if (!file.endsWith("kustomization.yaml")) {
                objects.addAll(yaml(file));
            }
        }
        return objects;
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return items(array).map(JsonNode::asText).toList();
    }

    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Lines of a Dockerfile with what is continued joined, comments left out. */
    static List<String> instructions(Path dockerfile) throws IOException {
        String joined =
                Files.readString(dockerfile).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        return joined.lines().filter(line -> !line.isBlank()).toList();
    }
}
