package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertone.docs.Headings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the dashboard and the alert rules to what the program measures and the pages explain. */
class MonitoringTest {
    private static final Path DASHBOARD = DeploymentFiles.FOLDER.resolve("grafana/dashboard.json");
    private static final Path ALERTS = DeploymentFiles.FOLDER.resolve("prometheus/alerts.yml");

    /** Kafka's own are held to a running Kafka Streams by KafkaMetricNamesIT. */
    @Test
    void shouldAskOnlyForMetricsThatExist() throws Exception {
        Set<String> asked = askedFor();
        asked.removeIf(name -> name.startsWith("kafka_"));

        assertThat(asked).hasSizeGreaterThan(20);
        asked.removeAll(MetricNames.ofProgram());
        assertThat(asked).isEmpty();
        assertThat(expressions())
                .allSatisfy(expression ->
                        assertThat(MetricNames.in(expression)).as(expression).isNotEmpty());
    }

    @Test
    void shouldBalanceParentheses() throws Exception {
        assertThat(expressions()).allSatisfy(expression -> {
            for (String pair : List.of("()", "{}", "[]")) {
                assertThat(expression.chars().filter(c -> c == pair.charAt(0)).count())
                        .as(expression)
                        .isEqualTo(expression
                                .chars()
                                .filter(c -> c == pair.charAt(1))
                                .count());
            }
        });
    }

    @Test
    void shouldGiveEachPanelAnIdATitleAndItsPlace() throws Exception {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : DeploymentFiles.json(DASHBOARD).get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            assertThat(panel.get("title").asText()).isNotBlank();
            JsonNode grid = panel.get("gridPos");
            assertThat(grid.get("x").asInt() + grid.get("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(places.add(grid.get("x") + "," + grid.get("y"))).isTrue();
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText()).endsWith(".");
            }
        }
    }

    @Test
    void shouldSayOfEachAlertWhatToDo() throws Exception {
        List<String> anchors = Headings.anchors(Path.of("docs/operators.md"));
        for (JsonNode rule : rules()) {
            String runbook = rule.at("/annotations/runbook").asText();

            assertThat(runbook).as(rule.get("alert").asText()).startsWith("docs/operators.md#");
            assertThat(anchors).contains(runbook.substring(runbook.indexOf('#') + 1));
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(DeploymentFiles.FOLDER.resolveSibling("docs/operators.md"))
                    .content()
                    .contains("`" + rule.get("alert").asText() + "`");
        }
    }

    @Test
    void shouldNameNoAlertThatIsNotThere() throws Exception {
        List<String> alerts =
                rules().stream().map(rule -> rule.get("alert").asText()).toList();
        Matcher named =
                Pattern.compile("`(Undertone[A-Z]\\w+)`").matcher(Files.readString(Path.of("docs/operators.md")));
        while (named.find()) {
            assertThat(alerts).contains(named.group(1));
        }
    }

    @Test
    void shouldGiveThePrometheusOperatorTheSameRules() throws Exception {
        JsonNode resource = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("monitoring/alerts.yaml"))
                .get(0);

        assertThat(resource.get("kind").asText()).isEqualTo("PrometheusRule");
        assertThat(resource.at("/spec/groups"))
                .isEqualTo(DeploymentFiles.yaml(ALERTS).get(0).get("groups"));
    }

    @Test
    void shouldLetThePrometheusOperatorScrapeUnderTheJobOfTheRules() throws Exception {
        JsonNode monitor = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("monitoring/pods.yaml"))
                .get(0)
                .get("spec");
        JsonNode deployment = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("base/web.yaml"))
                .get(0);
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        JsonNode endpoint = monitor.at("/podMetricsEndpoints/0");

        assertThat(labels.get(monitor.get("jobLabel").asText()).asText()).isEqualTo("undertone");
        assertThat(DeploymentFiles.names(monitor.at("/selector/matchLabels")))
                .allSatisfy(label -> assertThat(labels.get(label))
                        .isEqualTo(monitor.at("/selector/matchLabels").get(label)));
        assertThat(deployment.at("/spec/template/spec/containers/0/ports/0/name"))
                .isEqualTo(endpoint.get("port"));
        assertThat(DeploymentFiles.kubernetes()).anySatisfy(object -> {
            assertThat(object.get("kind").asText()).isEqualTo("Secret");
            assertThat(object.at("/metadata/name")).isEqualTo(endpoint.at("/authorization/credentials/name"));
            assertThat(DeploymentFiles.names(object.get("stringData")))
                    .contains(endpoint.at("/authorization/credentials/key").asText());
        });
    }

    /** Every name in a panel or a rule. */
    static Set<String> askedFor() throws IOException {
        Set<String> names = new TreeSet<>();
        expressions().forEach(expression -> names.addAll(MetricNames.in(expression)));
        return names;
    }

    private static List<JsonNode> rules() throws IOException {
        return DeploymentFiles.items(DeploymentFiles.yaml(ALERTS).get(0).at("/groups/0/rules"))
                .toList();
    }

    private static List<String> expressions() throws IOException {
        Stream<String> panels =
                DeploymentFiles.json(DASHBOARD).findValues("expr").stream().map(JsonNode::asText);
        Stream<String> alerts = rules().stream().map(rule -> rule.get("expr").asText());
        return Stream.concat(panels, alerts).toList();
    }
}
