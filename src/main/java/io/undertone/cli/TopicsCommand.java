package io.undertone.cli;

import io.undertone.config.UndertoneConfig;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone topics}. */
@Command(name = "topics", description = "Creates the topics that are missing, or checks that all are there.")
final class TopicsCommand extends UndertoneSubcommand {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--check", description = "Create nothing; exit with 1 where a topic is missing.")
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
            List<String> missing = states.stream()
                    .filter(Topics.State::missing)
                    .map(Topics.State::name)
                    .toList();
            if (checkOnly && !missing.isEmpty()) {
                throw new Failure("missing: " + String.join(", ", missing) + "; 'undertone topics' creates them");
            }
        }
        return Errors.DONE;
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
