package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertone.config.ConfigSources;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the manifests to their rules, to each other and to the program. */
class KubernetesTest {
    private final List<JsonNode> objects = read();

    private static List<JsonNode> read() {
        try {
            return DeploymentFiles.kubernetes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldListEveryFile() throws Exception {
        Path folder = DeploymentFiles.KUBERNETES.resolve("base");
        Set<String> listed =
                new TreeSet<>(DeploymentFiles.texts(DeploymentFiles.yaml(folder.resolve("kustomization.yaml"))
                        .get(0)
                        .get("resources")));
        Set<String> there = DeploymentFiles.ending(folder, ".yaml").stream()
                .filter(file -> file.getParent().equals(folder))
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("kustomization.yaml"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(there);
    }

    @Test
    void shouldRunAStageInEachDeployment() {
        assertThat(objects("Deployment").map(KubernetesTest::name).toList())
                .containsExactlyInAnyOrder(Stream.of(Stage.values())
                        .map(stage -> "undertone-" + stage.configName())
                        .toArray(String[]::new));
        objects("Deployment").forEach(deployment -> {
            String stage = name(deployment).substring("undertone-".length());
            assertThat(DeploymentFiles.texts(container(deployment).get("args")))
                    .containsExactly("serve", "--stages", Stage.of(stage).configName());
        });
    }

    @Test
    void shouldRunWithNoMoreRightsThanNeeded() {
        withPods().forEach(object -> {
            JsonNode pod = pod(object);
            JsonNode container = container(object);

            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(DeploymentFiles.texts(container.at("/securityContext/capabilities/drop")))
                    .containsExactly("ALL");
            assertThat(Pinned.is(container.get("image").asText())).isTrue();
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
            // Else the service undertone-web sets UNDERTONE_WEB_PORT=tcp://..., which is a key.
            assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(mounts(container)).contains("/tmp", "/var/lib/undertone");
        });
        assertThat(objects("ServiceAccount"))
                .allSatisfy(account -> assertThat(
                                account.get("automountServiceAccountToken").asBoolean(true))
                        .isFalse());
    }

    @Test
    void shouldProbeWhatIsServed() {
        objects("Deployment").forEach(deployment -> {
            JsonNode container = container(deployment);

            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/started");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
            assertThat(container.at("/ports/0/containerPort").asText())
                    .isEqualTo(object("ConfigMap", "undertone")
                            .at("/data/UNDERTONE_WEB_PORT")
                            .asText());
        });
    }

    @Test
    void shouldNameOnlyWhatIsThere() {
        Set<String> secrets = objects("Secret").map(KubernetesTest::name).collect(Collectors.toSet());
        Set<String> maps = objects("ConfigMap").map(KubernetesTest::name).collect(Collectors.toSet());
        withPods().forEach(object -> {
            for (JsonNode from : container(object).get("envFrom")) {
                assertThat(from.has("secretRef") ? secrets : maps)
                        .contains(from.findValue("name").asText());
            }
            for (JsonNode reference : container(object).get("env").findValues("secretKeyRef")) {
                assertThat(DeploymentFiles.names(
                                object("Secret", reference.get("name").asText()).get("stringData")))
                        .contains(reference.get("key").asText());
            }
            pod(object)
                    .findValues("secretName")
                    .forEach(name -> assertThat(secrets).contains(name.asText()));
            Set<String> volumes = DeploymentFiles.items(pod(object).get("volumes"))
                    .map(volume -> volume.get("name").asText())
                    .collect(Collectors.toSet());
            container(object)
                    .get("volumeMounts")
                    .forEach(mount ->
                            assertThat(volumes).contains(mount.get("name").asText()));
        });
        for (JsonNode parameter :
                object("TriggerAuthentication", "undertone-lag").at("/spec/secretTargetRef")) {
            JsonNode secret = object("Secret", parameter.get("name").asText());
            assertThat(DeploymentFiles.names(secret.get("stringData")))
                    .contains(parameter.get("key").asText());
        }
    }

    @Test
    void shouldSetKeysThatExist() {
        objects.stream()
                .filter(object -> Set.of("ConfigMap", "Secret")
                        .contains(object.get("kind").asText()))
                .forEach(object -> {
                    Map<String, String> environment = new TreeMap<>();
                    object.path(object.has("data") ? "data" : "stringData")
                            .fields()
                            .forEachRemaining(entry -> environment.put(
                                    entry.getKey(), entry.getValue().asText()));
                    assertThat(Environment.unknownKeys(environment))
                            .as(name(object))
                            .isEmpty();
                });
        withPods().forEach(object -> {
            Map<String, String> environment = new TreeMap<>();
            container(object)
                    .path("env")
                    .forEach(variable -> environment.put(
                            variable.get("name").asText(),
                            variable.path("value").asText()));
            assertThat(Environment.unknownKeys(environment)).as(name(object)).isEmpty();
        });
    }

    /** What each stage is told, put together, must be a configuration that it starts with. */
    @Test
    void shouldConfigureEachStageSoThatItStarts() {
        objects("Deployment").forEach(deployment -> {
            Map<String, String> environment = new TreeMap<>();
            for (JsonNode from : container(deployment).get("envFrom")) {
                String kind = from.has("secretRef") ? "Secret" : "ConfigMap";
                JsonNode source = object(kind, from.findValue("name").asText());
                source.path(kind.equals("Secret") ? "stringData" : "data")
                        .fields()
                        .forEachRemaining(entry ->
                                environment.put(entry.getKey(), entry.getValue().asText()));
            }
            for (JsonNode variable : container(deployment).get("env")) {
                JsonNode secret = variable.at("/valueFrom/secretKeyRef");
                environment.put(
                        variable.get("name").asText(),
                        secret.isMissingNode()
                                ? variable.get("value").asText()
                                : object("Secret", secret.get("name").asText())
                                        .at("/stringData/" + secret.get("key").asText())
                                        .asText());
            }
            environment.replaceAll((name, value) -> value.replace("whsec_CHANGE-ME", "whsec_" + "c".repeat(32)));
            String stage = name(deployment).substring("undertone-".length());
            ConfigSources sources = new ConfigSources().environment(environment);

            assertThat(sources.set("stages", stage).load().stages()).containsExactly(Stage.of(stage));
            assertThat(sources.warnings()).as(stage).isEmpty();
        });
    }

    @Test
    void shouldScaleByTheLagOfTheApplicationsGroup() {
        UndertoneConfig config = UndertoneConfig.defaults();
        int partitions = Integer.parseInt(DeploymentFiles.items(
                        container(object("Job", "undertone-topics")).get("env"))
                .filter(variable -> variable.get("name").asText().equals("UNDERTONE_TOPIC_PARTITIONS"))
                .findFirst()
                .orElseThrow()
                .get("value")
                .asText());
        Map<Stage, String> topics =
                Map.of(Stage.FEATURES, config.audioChunksTopic(), Stage.INFERENCE, config.mfccWindowsTopic());

        topics.forEach((stage, topic) -> {
            JsonNode spec =
                    object("ScaledObject", "undertone-" + stage.configName()).get("spec");
            JsonNode trigger = spec.at("/triggers/0/metadata");

            assertThat(object("Deployment", spec.at("/scaleTargetRef/name").asText()))
                    .isNotNull();
            assertThat(trigger.get("consumerGroup").asText()).isEqualTo(config.applicationId(stage));
            assertThat(trigger.get("topic").asText()).isEqualTo(topic);
            assertThat(spec.get("maxReplicaCount").asInt()).isEqualTo(partitions);
            assertThat(DeploymentFiles.names(object("ConfigMap", "undertone").get("data")))
                    .contains(trigger.get("bootstrapServersFromEnv").asText());
        });
    }

    @Test
    void shouldSelectPodsThatExist() {
        List<JsonNode> labels = withPods()
                .map(object -> object.at("/spec/template/metadata/labels"))
                .toList();
        Stream<JsonNode> selectors = objects.stream()
                .flatMap(object -> Stream.of(
                        object.at("/spec/selector/matchLabels"),
                        object.at("/spec/podSelector/matchLabels"),
                        object.get("kind").asText().equals("Service")
                                ? object.at("/spec/selector")
                                : object.at("/none")))
                .filter(selector -> !selector.isMissingNode());

        assertThat(selectors)
                .hasSizeGreaterThan(6)
                .allSatisfy(selector -> assertThat(labels)
                        .as(selector.toString())
                        .anySatisfy(label -> DeploymentFiles.names(selector)
                                .forEach(key -> assertThat(label.get(key)).isEqualTo(selector.get(key)))));
        objects("Deployment")
                .forEach(deployment -> assertThat(deployment.at("/spec/selector/matchLabels"))
                        .isEqualTo(deployment.at("/spec/template/metadata/labels")));
    }

    @Test
    void shouldPatchOnlyWhatExistsForCuda() throws Exception {
        JsonNode patch = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("cuda/inference.yaml"))
                .get(0);

        JsonNode patched = object("Deployment", name(patch));
        assertThat(container(patch).get("name")).isEqualTo(container(patched).get("name"));
        assertThat(Pinned.is(container(patch).get("image").asText())).isTrue();
        assertThat(container(patch).at("/resources/limits").has("nvidia.com/gpu"))
                .isTrue();
    }

    private Stream<JsonNode> objects(String kind) {
        return objects.stream().filter(object -> object.get("kind").asText().equals(kind));
    }

    private JsonNode object(String kind, String name) {
        return objects(kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    private Stream<JsonNode> withPods() {
        return Stream.concat(objects("Deployment"), objects("Job"));
    }

    private static JsonNode pod(JsonNode object) {
        return object.at("/spec/template/spec");
    }

    private static JsonNode container(JsonNode object) {
        return pod(object).at("/containers/0");
    }

    private static List<String> mounts(JsonNode container) {
        return DeploymentFiles.items(container.get("volumeMounts"))
                .map(mount -> mount.get("mountPath").asText())
                .toList();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
