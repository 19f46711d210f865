package io.undertone.cli;

import io.undertone.config.ConfigSources;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the connection to Kafka, named as in Kafka's own tools. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Bootstrap servers of the cluster. Default: kafka.bootstrap.servers, localhost:9092.")
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

    /** Whether {@code --bootstrap-server} was given. */
    boolean namesCluster() {
        return bootstrapServer != null;
    }

    /** The client settings as given, for another command; without the cluster's address. */
    List<String> arguments() {
        return commandConfig == null
                ? List.of()
                : List.of("--command-config", commandConfig.toAbsolutePath().toString());
    }
}
