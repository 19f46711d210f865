package io.undertone.cli;

import io.undertone.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code undertone broker}. */
@Command(
        name = "broker",
        description = "Runs a Kafka broker on this machine's loopback, for trying things out; not for production.")
final class BrokerCommand extends UndertoneSubcommand {
    @Option(names = "--port", paramLabel = "N", defaultValue = "9092", description = "Port; 0: any free one.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for topics and records. Default: a temporary folder, deleted at the end.")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw wrongUsage("--port must be 0 to 65535: " + port);
        }
        Logging.quietBroker(debug());
        StopSignal stop = StopSignal.install(() -> {});
        say("starting a Kafka broker ...");
        try (EmbeddedBroker broker = EmbeddedBroker.start(port, data, Map.of())) {
            say("ready at " + broker.bootstrapServers()
                    + (data == null ? ", data kept until it ends" : ", data in " + data) + "; Ctrl-C ends it");
            stop.await();
            say("stopping ...");
        }
        return Errors.DONE;
    }
}
