package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.kafka.Cluster;
import io.undertone.kafka.Topics;
import io.undertone.registry.RecordFormats;
import io.undertone.registry.SubjectState;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone topics}. */
@Command(
        name = "topics",
        description = {
            "Creates the topics that are missing, or checks that all are there.",
            "With schema.registry.url, also registers the schemas of their records, or checks them."
        })
final class TopicsCommand extends UndertoneSubcommand {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--check",
            description =
                    "Create nothing; exit with 1 where a topic or schema is missing, or a topic's settings lose records.")
    private boolean checkOnly;

    @Option(names = "--json", description = "One JSON object for each topic on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quietKafka(debug());
        UndertoneConfig config = options.load(surroundings());
        try (Cluster cluster = Cluster.reach(config, this::say)) {
            List<Topics.State> states = checkOnly ? Topics.check(cluster, config) : Topics.ensure(cluster, config);
            states.forEach(this::print);
            List<String> absent = states.stream()
                    .filter(Topics.State::missing)
                    .map(Topics.State::name)
                    .toList();
            if (checkOnly && !absent.isEmpty()) {
                throw new Failure("missing: " + String.join(", ", absent) + "; 'undertone topics' creates them");
            }
            List<String> problems = Topics.problems(cluster, config);
            problems.forEach(this::say);
            if (checkOnly && !problems.isEmpty()) {
                throw new Failure("settings of topics must be changed: " + problems.size() + ", each said above");
            }
        }
        List<SubjectState> subjects = checkOnly ? RecordFormats.check(config) : RecordFormats.ensure(config);
        subjects.forEach(this::print);
        List<String> missing = subjects.stream()
                .filter(SubjectState::missing)
                .map(SubjectState::subject)
                .toList();
        if (!missing.isEmpty()) {
            throw new Failure("missing in the schema registry: " + String.join(", ", missing)
                    + "; 'undertone topics' registers them");
        }
        return Errors.DONE;
    }

    private void print(SubjectState subject) {
        if (json) {
            JsonLine.print(out(), "subject", subject.subject(), "state", subject.state(), "id", subject.id());
        } else {
            out().println(String.format(
                    Locale.ROOT, "%-8s %-22s schema %d", subject.state(), subject.subject(), subject.id()));
        }
    }

    private void print(Topics.State topic) {
        if (json) {
            JsonLine.print(
                    out(),
                    "topic",
                    topic.name(),
                    "state",
                    topic.state(),
                    "partitions",
                    topic.partitions(),
                    "replicas",
                    topic.replicas());
        } else {
            out().println(String.format(
                    Locale.ROOT,
                    "%-8s %-16s %d partitions, %d replicas",
                    topic.state(),
                    topic.name(),
                    topic.partitions(),
                    topic.replicas()));
        }
    }
}
