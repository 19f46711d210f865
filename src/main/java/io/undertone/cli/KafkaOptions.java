package io.undertone.cli;

import io.undertone.config.ConfigSources;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach Kafka, named as in Kafka's own tools. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Where the cluster is first reached. Default: kafka.bootstrap.servers, localhost:9092.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties file of Kafka client settings (TLS, SASL, ...).")
    private @Nullable Path commandConfig;

    void addTo(ConfigSources sources) {
        if (commandConfig != null) {
            sources.commandConfig(commandConfig);
        }
        if (bootstrapServer != null) {
            sources.bootstrapServers(bootstrapServer);
        }
    }

    /** Whether a cluster was named. */
    boolean namesCluster() {
        return bootstrapServer != null;
    }

    /** The settings of Kafka's clients as they were given, for another command; not where the cluster is. */
    List<String> arguments() {
        return commandConfig == null
                ? List.of()
                : List.of("--command-config", commandConfig.toAbsolutePath().toString());
    }
}
