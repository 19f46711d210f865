package io.undertone.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import io.undertone.docs.AccessRights;
import io.undertone.kafka.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Holds the resources of Strimzi to the topics that the program wants and to the rights that the operators' page lists. */
class StrimziTest {
    private static final Set<String> API = Set.of("kafka.strimzi.io/v1");

    @Test
    void shouldDeclareTheTopicsThatTheProgramWants() throws Exception {
        Map<String, JsonNode> declared = new TreeMap<>();
        resources("topics.yaml", "KafkaTopic").forEach(topic -> declared.put(name(topic), topic.get("spec")));
        UndertoneConfig config = asTheJobCreatesThem();

        List<NewTopic> wanted = Topics.wanted(config);

        assertThat(declared).hasSameSizeAs(wanted);
        for (NewTopic topic : wanted) {
            JsonNode spec = declared.get(topic.name());
            assertThat(spec).as(topic.name()).isNotNull();
            assertThat(spec.get("partitions").asInt()).isEqualTo(topic.numPartitions());
            assertThat(spec.get("replicas").asInt()).isEqualTo(topic.replicationFactor());
            Map<String, String> settings = new TreeMap<>(topic.configs());
            settings.put("min.insync.replicas", "2");
            assertThat(texts(spec.get("config"))).as(topic.name()).isEqualTo(settings);
        }
    }

    @Test
    void shouldGiveEachUserTheRightsOfTheOperatorsPage() throws Exception {
        List<JsonNode> users = resources("users.yaml", "KafkaUser");

        assertThat(users.stream().map(StrimziTest::name).toList())
                .containsExactlyInAnyOrder(
                        "undertone-gateway",
                        "undertone-features",
                        "undertone-inference",
                        "undertone-alerts",
                        "undertone-webhooks",
                        "undertone-web",
                        "undertone-publisher",
                        "undertone-lag");
        for (JsonNode user : users) {
            assertThat(user.at("/spec/authentication/type").asText()).isEqualTo("scram-sha-512");
            assertThat(user.at("/spec/authorization/type").asText()).isEqualTo("simple");
            assertThat(rights(user)).as(name(user)).isNotEmpty().isEqualTo(AccessRights.of(name(user)));
        }
    }

    /** The job's environment holds what it creates topics with. */
    private static UndertoneConfig asTheJobCreatesThem() throws IOException {
        JsonNode job = DeploymentFiles.yaml(DeploymentFiles.KUBERNETES.resolve("base/topics.yaml"))
                .get(0);
        Map<String, String> environment = new TreeMap<>();
        job.at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.get("name").asText(), variable.path("value").asText()));
        return new ConfigSources().environment(environment).load();
    }

    private static List<JsonNode> resources(String file, String kind) throws IOException {
        List<JsonNode> resources = DeploymentFiles.yaml(
                DeploymentFiles.KUBERNETES.resolve("strimzi").resolve(file));
        assertThat(resources).allSatisfy(resource -> {
            assertThat(resource.get("kind").asText()).isEqualTo(kind);
            assertThat(API).contains(resource.get("apiVersion").asText());
            assertThat(resource.at("/metadata/labels").get("strimzi.io/cluster").asText())
                    .isEqualTo("my-cluster");
        });
        return resources;
    }

    private static Set<String> rights(JsonNode user) {
        Set<String> rights = new TreeSet<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            JsonNode resource = acl.get("resource");
            String kind = resource.get("type").asText().equals("transactionalId")
                    ? "transactional-id"
                    : resource.get("type").asText();
            String pattern = resource.get("patternType").asText();
            assertThat(pattern).isIn("literal", "prefix");
            for (String operation : DeploymentFiles.texts(acl.get("operations"))) {
                rights.add(operation + " " + kind + " " + resource.get("name").asText()
                        + (pattern.equals("prefix") ? "*" : ""));
            }
        }
        return rights;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.fields()
                .forEachRemaining(
                        entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }
}
