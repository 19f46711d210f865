package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Holds the compose file to its rules. */
class ComposeTest {
    private static final List<String> OWN =
            List.of("topics", "gateway", "features", "inference", "alerts", "webhooks", "web");

    private final JsonNode compose = resolved();

    /** With anchors and merges put in their places, as compose sees it. */
    private static JsonNode resolved() {
        try {
            Object tree = new Yaml().load(Files.readString(DeploymentFiles.FOLDER.resolve("compose.yaml")));
            return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(tree);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldPinImages() {
        assertThat(compose.get("services"))
                .allSatisfy(service -> assertThat(Pinned.is(service.get("image").asText()))
                        .as(service.get("image").asText())
                        .isTrue());
    }

    @Test
    void shouldRunUndertoneWithNoMoreRightsThanItNeeds() {
        for (String name : OWN) {
            JsonNode service = compose.at("/services/" + name);

            assertThat(service.get("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.get("user").asText()).as(name).isEqualTo("10001:10001");
            assertThat(DeploymentFiles.texts(service.get("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(DeploymentFiles.texts(service.get("security_opt")))
                    .as(name)
                    .containsExactly("no-new-privileges:true");
            // Native libraries are loaded from /tmp, and Docker mounts a tmpfs noexec unless told otherwise.
            assertThat(service.get("tmpfs").get(0).asText()).as(name).startsWith("/tmp:exec");
        }
    }

    @Test
    void shouldSetKeysThatExist() {
        for (String name : OWN) {
            Map<String, String> environment = new TreeMap<>();
            compose.at("/services/" + name + "/environment")
                    .fields()
                    .forEachRemaining(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));

            assertThat(environment).as(name).isNotEmpty();
            assertThat(Environment.unknownKeys(environment)).as(name).isEmpty();
        }
    }

    @Test
    void shouldPublishPortsOnLoopbackAlone() {
        compose.get("services")
                .forEach(service -> DeploymentFiles.items(service.path("ports"))
                        .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void shouldNameOnlyWhatIsThere() {
        List<String> services = DeploymentFiles.names(compose.get("services"));
        List<String> volumes = DeploymentFiles.names(compose.get("volumes"));
        for (JsonNode service : compose.get("services")) {
            JsonNode after = service.path("depends_on");
            assertThat(services)
                    .containsAll(after.isArray() ? DeploymentFiles.texts(after) : DeploymentFiles.names(after));
            for (String mount : DeploymentFiles.texts(service.path("volumes"))) {
                String source = mount.substring(0, mount.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(DeploymentFiles.FOLDER.resolve(source)).exists();
                } else {
                    assertThat(volumes).contains(source);
                }
            }
        }
    }

    @Test
    void shouldProvisionGrafanaWithTheDashboard() throws Exception {
        Path provisioning = DeploymentFiles.FOLDER.resolve("grafana/provisioning");
        JsonNode source = DeploymentFiles.yaml(provisioning.resolve("datasources/prometheus.yaml"))
                .get(0);
        JsonNode dashboards = DeploymentFiles.yaml(provisioning.resolve("dashboards/undertone.yaml"))
                .get(0);

        assertThat(source.at("/datasources/0/url").asText()).isEqualTo("http://prometheus:9090");
        String folder = dashboards.at("/providers/0/options/path").asText();
        assertThat(DeploymentFiles.texts(compose.at("/services/grafana/volumes")))
                .contains("./grafana/dashboard.json:" + folder + "/dashboard.json:ro");
    }

    @Test
    void shouldLetPrometheusReadEveryStage() throws Exception {
        JsonNode prometheus = DeploymentFiles.yaml(DeploymentFiles.FOLDER.resolve("prometheus/prometheus.yml"))
                .get(0);
        JsonNode job = prometheus.at("/scrape_configs/0");

        assertThat(DeploymentFiles.texts(job.at("/dns_sd_configs/0/names")))
                .containsExactly("gateway", "features", "inference", "alerts", "webhooks", "web");
        assertThat(job.at("/dns_sd_configs/0/port").asText())
                .isEqualTo(compose.at("/services/web/environment/UNDERTONE_WEB_PORT")
                        .asText());
        assertThat(job.at("/authorization/credentials_file").asText()).isEqualTo("/run/secrets/web-token");
        assertThat(DeploymentFiles.texts(compose.at("/services/prometheus/secrets")))
                .containsExactly("web-token");
        DeploymentFiles.texts(prometheus.get("rule_files"))
                .forEach(rules -> assertThat(
                                DeploymentFiles.FOLDER.resolve("prometheus").resolve(rules))
                        .exists());
    }
}
