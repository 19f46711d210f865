package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code kubectl kustomize} makes of base and components, where it is there; their patches are held to the base without it. */
class KustomizeTest {
    private static final List<String> COMPONENTS = List.of("strimzi", "stateful", "cuda", "monitoring");

    @Test
    void shouldOfferEveryComponent() throws Exception {
        String offered = Files.readString(DeploymentFiles.KUBERNETES.resolve("kustomization.yaml"));
        try (Stream<Path> folders = Files.list(DeploymentFiles.KUBERNETES)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> !name.equals("base")))
                    .containsExactlyInAnyOrderElementsOf(COMPONENTS);
        }
        for (String component : COMPONENTS) {
            JsonNode file = DeploymentFiles.yaml(
                            DeploymentFiles.KUBERNETES.resolve(component).resolve("kustomization.yaml"))
                    .get(0);
            assertThat(file.get("kind").asText()).isEqualTo("Component");
            assertThat(offered).contains("# - " + component + " ");
        }
    }

    /** Paths of JSON patches lead to something, and what is added to a list is added to one. */
    @Test
    void shouldPatchWhatIsThere() throws Exception {
        for (String stage : List.of("features", "inference")) {
            JsonNode deployment = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("base/" + stage + ".yaml"))
                    .get(0);
            for (JsonNode step :
                    DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("stateful/" + stage + ".yaml"))) {
                String path = step.get("path").asText();
                JsonNode there = deployment.at(path);
                if (step.get("op").asText().equals("add")) {
                    JsonNode parent = deployment.at(path.substring(0, path.lastIndexOf('/')));
                    assertThat(parent.isMissingNode()).as(path).isFalse();
                    assertThat(there.isMissingNode()).as(path).isTrue();
                    assertThat(parent.isArray()).as(path).isEqualTo(path.endsWith("/-"));
                } else {
                    assertThat(there.isMissingNode()).as(path).isFalse();
                }
                if (step.get("op").asText().equals("test")) {
                    assertThat(there).isEqualTo(step.get("value"));
                }
            }
        }
    }

    @Test
    void shouldPutTheBaseTogether() throws Exception {
        List<JsonNode> objects = built(List.of());

        assertThat(names(objects, "Deployment")).hasSize(6);
        assertThat(names(objects, "Job")).containsExactly("undertone-topics");
        assertThat(objects)
                .filteredOn(object -> !object.get("kind").asText().equals("Namespace"))
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/namespace").asText()).isEqualTo("undertone"));
    }

    @Test
    void shouldCombineAllComponents() throws Exception {
        List<JsonNode> objects = built(COMPONENTS);

        assertThat(names(objects, "StatefulSet"))
                .containsExactlyInAnyOrder("undertone-features", "undertone-inference");
        assertThat(names(objects, "Deployment")).hasSize(4);
        assertThat(names(objects, "Job")).isEmpty();
        assertThat(names(objects, "KafkaTopic")).hasSize(8);
        assertThat(names(objects, "PrometheusRule")).containsExactly("undertone");
        for (JsonNode set : of(objects, "StatefulSet")) {
            JsonNode pod = set.at("/spec/template/spec");
            Set<String> volumes = DeploymentFiles.items(pod.get("volumes"))
                    .map(volume -> volume.get("name").asText())
                    .collect(Collectors.toSet());
            assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                    .isEqualTo("work")
                    .isNotIn(volumes);
            assertThat(names(objects, "Service"))
                    .contains(set.at("/spec/serviceName").asText());
            assertThat(set.at("/spec").has("strategy")).isFalse();
        }
        assertThat(of(objects, "ScaledObject"))
                .hasSize(2)
                .allSatisfy(scaled -> assertThat(names(
                                objects, scaled.at("/spec/scaleTargetRef/kind").asText()))
                        .contains(scaled.at("/spec/scaleTargetRef/name").asText()));
        // The operator makes secrets of its users' names: the pods' credentials are among them.
        for (JsonNode credentials : objects.stream()
                .flatMap(object -> object.findValues("secretKeyRef").stream())
                .filter(reference -> reference.get("key").asText().equals("sasl.jaas.config"))
                .toList()) {
            assertThat(names(objects, "KafkaUser"))
                    .contains(credentials.get("name").asText());
        }
    }

    private static List<JsonNode> of(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .toList();
    }

    private static List<String> names(List<JsonNode> objects, String kind) {
        return of(objects, kind).stream()
                .map(object -> object.at("/metadata/name").asText())
                .toList();
    }

    private static List<JsonNode> built(List<String> components) throws Exception {
        Path folder = Files.createDirectories(
                Path.of("target/kustomize/" + (components.isEmpty() ? "base" : String.join("-", components))));
        Path up = folder.toAbsolutePath().relativize(DeploymentFiles.KUBERNETES.toAbsolutePath());
        List<String> lines = new ArrayList<>(List.of("resources:", "  - " + up.resolve("base")));
        if (!components.isEmpty()) {
            lines.add("components:");
            components.forEach(component -> lines.add("  - " + up.resolve(component)));
        }
        Files.write(folder.resolve("kustomization.yaml"), lines);
        Path built = folder.resolve("built.yml");
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectOutput(built.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: no kubectl here");
            throw e;
        }
        kubectl.getOutputStream().close();
        String said = new String(kubectl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(said).isZero();
        return DeploymentFiles.yaml(built);
    }
}
