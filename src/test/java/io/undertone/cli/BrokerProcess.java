package io.undertone.cli;

import io.undertone.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** {@code undertone broker} in a process of its own, which keeps its port and its data over a restart. */
final class BrokerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private ProgramProcess program;
    private int starts;

    BrokerProcess(Path folder) {
        this.folder = folder;
        try (EmbeddedBroker finder = EmbeddedBroker.start()) {
            port = finder.port();
        }
        start();
    }

    /** Starts it and waits until it serves. */
    void start() {
        program = ProgramProcess.start(
                folder,
                "broker-" + starts++,
                List.of(
                        "broker",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.resolve("broker").toString()));
        Awaitility.await().atMost(PATIENCE).until(() -> program.says("ready at") || !program.isAlive());
        if (!program.isAlive()) {
            throw new IllegalStateException("the broker did not start: " + program.err());
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    ProgramProcess program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
